//! The rule alone, on its two neurons and the time grid of the reference simulation.

use crate::rules::clopath_2010::aeif::Aeif;
use crate::rules::clopath_2010::hh::HodgkinHuxley;
use crate::rules::clopath_2010::neuron::{Neuron, Reading, SLICE_MS};
use crate::rules::clopath_2010::parameters::Clopath2010;
use crate::rules::error::RuleError;
use crate::rules::outcome::{Outcome, Prepared};
use crate::rules::protocol::Protocol;

/// Weight at the last presynaptic spike. Spikes in ms, on the grid of 0.1 ms.
pub fn end_weight(p: &Clopath2010, pre_ms: &[f64], post_ms: &[f64]) -> f64 {
    if p.neuron < 0.5 {
        learn(p, Aeif::new(p), pre_ms, post_ms)
    } else {
        learn(p, HodgkinHuxley::new(p), pre_ms, post_ms)
    }
}

fn learn(p: &Clopath2010, mut neuron: impl Neuron, pre_ms: &[f64], post_ms: &[f64]) -> f64 {
    let slices = |ms: &[f64]| -> Vec<usize> { ms.iter().map(|t| libm::round(t / SLICE_MS) as usize).collect() };
    let (pre, post) = (slices(pre_ms), slices(post_ms));
    let delay = libm::round(p.delay_ms / SLICE_MS) as usize;
    let rest = Reading { volts: p.theta_minus_mv, minus: p.filter_start_mv, plus: p.filter_start_mv };
    // Entry k is the end of slice k − 1, at k × 0.1 ms.
    let mut archive = vec![rest];
    let last = pre.last().copied().unwrap_or(0) + 2;
    let (mut weight, mut trace, mut recorded) = (p.start_weight, 0.0, p.start_weight);
    let mut stamp = 0_usize;
    let delayed = |archive: &[Reading], k: usize| k.checked_sub(delay).map_or(rest, |earlier| archive[earlier]);
    for k in 0..last {
        let mut synaptic = 0.0;
        // A spike acts one slice after it occurs.
        if k > 0 && pre.contains(&(k - 1)) {
            let since = |from: usize| (k - from) as f64 * SLICE_MS;
            for at in stamp.max(1)..k {
                let late = delayed(&archive, at);
                let (over, filtered) = (archive[at].volts - p.theta_plus_mv, late.plus - p.theta_minus_mv);
                if over > 0.0 && filtered > 0.0 {
                    let gain = p.potentiation * over * filtered * SLICE_MS;
                    let aged = (stamp as f64 - at as f64 - 1.0) * SLICE_MS / p.trace_ms;
                    weight += gain * trace * libm::exp(aged);
                }
            }
            weight = weight.min(p.weight_high);
            let late = delayed(&archive, k - 1);
            weight = (weight - p.depression * (late.minus - p.theta_minus_mv).max(0.0)).max(0.0);
            recorded = weight;
            trace = trace * libm::exp(-since(stamp) / p.trace_ms) + 1.0 / p.trace_ms;
            stamp = k;
            synaptic = weight;
        }
        archive.push(neuron.slice(post.contains(&k), synaptic));
    }
    recorded
}

/// The rule prepared for protocols.
pub(crate) fn prepare(values: &[f64]) -> Result<Prepared, RuleError> {
    let p = Clopath2010::from_values(values);
    Ok(Box::new(move |protocol| outcome(&p, protocol)))
}

/// Spikes as the reference simulations place them: the first presynaptic one at
/// 29 ms, or a period later if the postsynaptic one follows it.
fn outcome(p: &Clopath2010, protocol: &Protocol) -> Result<Outcome, RuleError> {
    let pattern = protocol.pattern()?;
    let first = pattern.post_ms.iter().copied().fold(0.0, f64::min);
    let start = if first < 0.0 { 29.0_f64.max(10.0 - first) } else { 29.0 + pattern.period_ms };
    let round = |spikes: Vec<f64>| -> Vec<f64> { spikes.iter().map(|t| libm::round(t * 10.0) / 10.0).collect() };
    let (pre, post) = (round(pattern.pre_spikes(start)), round(pattern.post_spikes(start)));
    let end = end_weight(p, &pre, &post);
    if !end.is_finite() {
        let t_ms = pre.last().copied().unwrap_or(0.0);
        return Err(RuleError::NotFinite { rule: "clopath_2010", variable: "the weight", value: end, t_ms });
    }
    let change = (end - p.start_weight) / p.start_weight;
    Ok(Outcome::new(1.0 + p.repeats * change).with("weight_end", "1", end))
}
