//! The default rule of the synapse: effective calcium with two absolute thresholds and
//! bistable drift (form of Chindemi et al. 2022, constants calibrated to CA1).
//!
//! `pulses` runs a slice: test pulses at 0.05 Hz before and after, response by the
//! depth of the fEPSP; no variation between animals and slices, no recording
//! noise. The other protocols, which need the cell's spikes or its potential in
//! hand, run one spine under a prescribed potential (`ca1_spine`), with thresholds at the
//! same multiple of its test pulse as in the slice.

use crate::kernel::random::SliceIdentity;
use crate::modulation::Modulation;
use crate::outcome::RawSweep;
use crate::parameters::table::Parameters;
use crate::pulse::{Pulse, PulseKind, SweepWindow};
use crate::rules::ca1_spine::Ca1Spine;
use crate::rules::error::RuleError;
use crate::rules::outcome::{Outcome, Prepared};
use crate::rules::protocol::Protocol;
use crate::rules::spine::relaxation::{relaxed, share_above};
use crate::slice::engine::reference_effective_um_ms;
use crate::slice::simulate::simulate_slice;

/// Test pulses before the protocol, and after it (10 min).
const TEST_PULSES: (u32, u32) = (10, 30);
const TEST_INTERVAL_MS: f64 = 20_000.0;
/// Sweeps averaged at either end.
const AVERAGED: usize = 10;

/// The rule prepared.
pub(crate) fn prepare() -> Result<Prepared, RuleError> {
    let mut parameters = Parameters::default();
    for spec in Parameters::specs().iter().filter(|spec| spec.path.starts_with("variation.")) {
        let set = parameters.set(spec.path, 0.0);
        set.map_err(|error| RuleError::Slice(error.to_string()))?;
    }
    for path in ["field.noise", "field.sweep_cv", "field.drift"] {
        parameters.set(path, 0.0).map_err(|error| RuleError::Slice(error.to_string()))?;
    }
    let unit = Ca1Spine::test_pulse(&parameters).1 / reference_effective_um_ms();
    Ok(Box::new(move |protocol| match protocol {
        Protocol::Pulses { .. } => in_slice(&parameters, protocol),
        _ => in_spine(&parameters, unit, protocol),
    }))
}

fn in_spine(p: &Parameters, unit: f64, protocol: &Protocol) -> Result<Outcome, RuleError> {
    let pattern = protocol.pattern()?;
    let course = Ca1Spine::new(p, pattern.held_mv).course(&pattern);
    let (low, high) = (p.theta_depression_um_ms * unit, p.theta_potentiation_um_ms * unit);
    let end = |start: f64| {
        let mut rho = start;
        course.each(|s| {
            let up = p.gamma_potentiation * share_above(s.effective.0, s.effective.1, high);
            let down = p.gamma_depression * share_above(s.effective.0, s.effective.1, low);
            rho = relaxed(rho, up, down, 0.5, s.dt_ms / p.rho_time_ms);
        });
        rho
    };
    let (from_0, from_1) = (end(0.0), end(1.0));
    let rho = |from_0: f64, from_1: f64| (1.0 - p.rho_up) * from_0 + p.rho_up * from_1;
    let strength = |rho: f64| 1.0 + (p.weight_ratio - 1.0) * rho;
    let (calcium, effective) = course.peaks();
    Ok(Outcome::new(strength(rho(from_0, from_1)) / strength(rho(0.0, 1.0)))
        .with("rho_from_0", "1", from_0)
        .with("rho_from_1", "1", from_1)
        .with("calcium_max", "uM", calcium)
        .with("effective_max", "uM ms", effective)
        .with("theta_d", "uM ms", low)
        .with("theta_p", "uM ms", high))
}

fn in_slice(p: &Parameters, protocol: &Protocol) -> Result<Outcome, RuleError> {
    let pattern = protocol.pattern()?;
    let test = |t_ms: f64| Pulse { t_ms, kind: PulseKind::Test };
    let (before, after) = TEST_PULSES;
    let mut pulses: Vec<Pulse> = (0..before).map(|k| test(100.0 + TEST_INTERVAL_MS * f64::from(k))).collect();
    let start = 100.0 + TEST_INTERVAL_MS * f64::from(before);
    let induction = pattern.pre_spikes(start);
    pulses.extend(induction.iter().map(|&t_ms| Pulse { t_ms, kind: PulseKind::Induction }));
    let end = induction.last().copied().unwrap_or(start);
    pulses.extend((1..=after).map(|k| test(end + TEST_INTERVAL_MS * f64::from(k))));
    let window = SweepWindow { before_ms: 5.0, after_ms: 25.0, rate_hz: 20_000.0 };
    let identity = SliceIdentity { seed: 1, animal: 1, slice: 1 };
    let mut depths = Vec::new();
    let mut note = |sweep: RawSweep| {
        if sweep.kind == PulseKind::Test {
            depths.push(depth_mv(&sweep, window.rate_hz));
        }
    };
    let outcome = simulate_slice(p, identity, &pulses, &|_| Modulation::default(), &window, &mut note)
        .map_err(|failure| RuleError::Slice(failure.to_string()))?;
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len().max(1) as f64;
    let reference = mean(&depths[(before as usize - AVERAGED).min(depths.len())..(before as usize).min(depths.len())]);
    let potentiated = mean(&depths[depths.len().saturating_sub(AVERAGED)..]);
    let mut found = Outcome::new(potentiated / reference).with("fepsp_before", "mV", reference);
    // What the slice tells about its inside, under the names of details.
    for (told, name) in [
        ("peak dendritic potential", "dendrite_max"),
        ("spikes during induction", "spikes"),
        ("spines above the potentiation threshold", "spines_above_theta_p"),
        ("potentiated spines before", "potentiated_before"),
        ("potentiated spines at the end", "potentiated_after"),
    ] {
        if let Some(value) = outcome.mechanism.iter().find(|value| value.name == told) {
            found = found.with(name, value.unit, value.value);
        }
    }
    Ok(found)
}

/// Depth of the fEPSP, mV: the most negative sample 3 to 20 ms after the stimulus.
fn depth_mv(sweep: &RawSweep, rate_hz: f64) -> f64 {
    let at = |ms: f64| ((sweep.stimulus_ms.first().copied().unwrap_or(0.0) + ms) * 1e-3 * rate_hz) as usize;
    let part = sweep.field_mv.iter().skip(at(3.0)).take(at(20.0) - at(3.0));
    -part.copied().fold(f64::INFINITY, f64::min)
}
