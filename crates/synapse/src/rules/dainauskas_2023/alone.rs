//! The rule alone, in its own cell on the published grid.

use crate::kernel::lanes::exp;
use crate::kinetics::destexhe_1998::{GLUN2A, GLUN2B};
use crate::kinetics::magnesium::{JAHR_STEVENS_MM, JAHR_STEVENS_PER_MV};
use crate::rules::dainauskas_2023::neuron::Neuron;
use crate::rules::dainauskas_2023::parameters::{
    ABOVE_MV, Dainauskas2023, N1_MS, N2_MS, POTENTIAL_MS, PRESYNAPTIC_MS, STEP_MS, THETA_MS,
};
use crate::rules::dainauskas_2023::receptor::Receptor;
use crate::rules::error::RuleError;
use crate::rules::outcome::Outcome;
use crate::rules::protocol::{Anchor, Protocol};

/// Weights at the end of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EndWeight {
    /// Weight.
    pub weight: f64,
    /// Potentiation summed over the run.
    pub potentiation: f64,
    /// Depression summed over the run.
    pub depression: f64,
}

/// Spikes in steps of 0.1 ms.
#[derive(Clone, Debug, PartialEq)]
struct Grid {
    pre: Vec<i64>,
    post: Vec<i64>,
    steps: i64,
}

/// Traces of the rule.
#[derive(Clone, Copy, Debug, Default)]
struct Traces {
    x1: f64,
    x2: f64,
    y: f64,
    n1: f64,
    n2: f64,
    theta1: f64,
    theta2: f64,
}

/// Runs spikes on the grid. A somatic pulse lasts 50 steps; `held_mv` holds the dendrite.
fn run(p: &Dainauskas2023, grid: &Grid, held_mv: Option<f64>) -> EndWeight {
    const D: f64 = STEP_MS;
    let mut neuron = Neuron::at_rest();
    let mut ampa = Receptor::ampa();
    let mut nr2a = Receptor::nmda(&GLUN2A);
    let mut nr2b = Receptor::nmda(&GLUN2B);
    let mut t = Traces::default();
    let mut end = EndWeight { weight: p.start_weight, potentiation: 0.0, depression: 0.0 };
    // The synapse sees the dendrite of the step before; it starts at −70 mV.
    let (mut v, mut synaptic, mut nmda_current) = (-70.0, 0.0, 0.0);
    let (mut next_pre, mut next_post) = (0, 0);
    let ltp_fourth = libm::pow(p.ltp_half, 4.0);
    let mut pulse_until = i64::MIN;
    for i in 0..grid.steps {
        while next_post < grid.post.len() && grid.post[next_post] <= i {
            pulse_until = grid.post[next_post] + 50;
            next_post += 1;
        }
        let injected = if i < pulse_until { 20.0 } else { -0.5 };
        neuron.step(D, injected, synaptic, nmda_current);
        let mut spiked = false;
        while next_pre < grid.pre.len() && grid.pre[next_pre] <= i {
            spiked |= grid.pre[next_pre] == i;
            next_pre += 1;
        }
        for receptor in [&mut ampa, &mut nr2a, &mut nr2b] {
            receptor.step(i, spiked);
        }
        let unblocked = 1.0 / (1.0 + p.magnesium_mm / JAHR_STEVENS_MM * exp(-JAHR_STEVENS_PER_MV * v));
        let g2a = 1e-3 * p.nr2a_scale * unblocked * nr2a.open();
        let g2b = 1e-3 * p.nr2b_scale * unblocked * nr2b.open();
        let g_ampa = p.ampa_ms_cm2 * ampa.open() * end.weight;
        v = held_mv.unwrap_or(neuron.dendrite_mv());
        t.x1 += D * ((v - ABOVE_MV[0]).max(0.0) - t.x1) / POTENTIAL_MS;
        t.x2 += D * ((v - ABOVE_MV[1]).max(0.0) - t.x2) / POTENTIAL_MS;
        t.y += D * (f64::from(u8::from(spiked)) - t.y) / PRESYNAPTIC_MS;
        t.n1 += D * (0.2 * g2a + 0.8 * g2b - t.n1) / N1_MS;
        t.n2 += D * (0.8 * g2a + 0.2 * g2b - t.n2) / N2_MS;
        nmda_current = 1e-3 * (g2a + g2b) * v;
        synaptic = g_ampa * v + nmda_current;
        let (fourth, second) = (t.n1 * t.n1 * t.n1 * t.n1, t.n2 * t.n2);
        let h1 = (fourth / (fourth + ltp_fourth) - t.theta1).max(0.0);
        let h2 = (second / (second + p.ltd_half * p.ltd_half) - t.theta2).max(0.0);
        let (up, down) = (h1 * t.x1, p.ltd_gain * h2 * t.x2 * t.y);
        t.theta1 += D * (10.0 * h2 - t.theta1) / THETA_MS;
        t.theta2 += D * (1000.0 * h1 - t.theta2) / THETA_MS;
        let (gain, loss) = (D * up * (p.weight_high - end.weight), D * down * (end.weight - p.weight_low));
        end.potentiation += gain;
        end.depression += loss;
        end.weight += gain - loss;
    }
    end
}

/// The spikes of a protocol on the grid. Postsynaptic pulses are 10 ms apart in
/// the public code; any interval is accepted.
fn grid(protocol: &Protocol) -> Result<Grid, RuleError> {
    let pattern = protocol.pattern()?;
    if pattern.period_ms < 5.0 {
        return Err(RuleError::ProtocolValue {
            what: "the frequency",
            found: protocol.frequency_hz(),
            accepted: "up to 200 Hz, a somatic pulse lasts 5 ms",
        });
    }
    let whole_ms = libm::floor(1000.0 / protocol.frequency_hz() + 1e-9) as i64;
    let (period, n) = (10 * whole_ms, i64::from(pattern.n));
    let steps = |ms: f64| libm::round(10.0 * ms) as i64;
    let (dt, post, interval, anchor) = match *protocol {
        Protocol::Pairs { dt_ms, .. } => (steps(dt_ms), 1, 100, Anchor::Last),
        Protocol::Bursts { dt_ms, post, post_interval_ms, anchor, .. } => {
            (steps(dt_ms), i64::from(post), steps(post_interval_ms), anchor)
        }
        Protocol::Pulses { .. } | Protocol::Clamp { .. } => (0, 0, 100, Anchor::First),
    };
    let span = interval * (post - 1).max(0);
    let first_pre = 1020 - dt + if anchor == Anchor::Last { span } else { 0 };
    // Everything moves together if a spike would fall before the recording.
    let shift = (-first_pre.min(990)).max(0);
    let train = |first: i64| (0..n).map(move |k| first + shift + k * period);
    let mut posts: Vec<i64> = (0..post).flat_map(|j| train(990 + interval * j)).collect();
    posts.sort_unstable();
    Ok(Grid {
        pre: train(first_pre).collect(),
        post: posts,
        // 300 ms of presynaptic lag lie within the published length; more is added.
        steps: (whole_ms * (n - 1) + 400) * 10 + shift + (first_pre - 4020).max(0),
    })
}

/// Weights after a protocol.
///
/// # Errors
/// A protocol that does not fit its period.
pub fn simulate(p: &Dainauskas2023, protocol: &Protocol) -> Result<EndWeight, RuleError> {
    let end = run(p, &grid(protocol)?, protocol.pattern()?.held_mv);
    if end.weight.is_finite() {
        return Ok(end);
    }
    let t_ms = f64::from(protocol.n()) * 1000.0 / protocol.frequency_hz();
    Err(RuleError::NotFinite { rule: "dainauskas_2023", variable: "the weight", value: end.weight, t_ms })
}

/// The rule under a protocol.
///
/// # Errors
/// As [`simulate`].
pub(crate) fn outcome(values: &[f64], protocol: &Protocol) -> Result<Outcome, RuleError> {
    let p = Dainauskas2023::from_values(values);
    let end = simulate(&p, protocol)?;
    Ok(Outcome::new(end.weight / p.start_weight)
        .with("weight_end", "1", end.weight)
        .with("weight_ltp", "1", end.potentiation)
        .with("weight_ltd", "1", end.depression))
}
