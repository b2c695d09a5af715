//! One slice through a whole experiment: 20 min of baseline, 15 min of wash-in,
//! induction, 60 min of follow-up at 0.05 Hz, 100 spines, stochastic release.
#![allow(missing_docs, reason = "a bench has no public items")]

use synapse::{Modulation, Parameters, Pulse, PulseKind, SliceIdentity, SliceOutcome, SweepWindow, simulate_slice};

fn main() {
    divan::main();
}

fn slice(induction: impl Iterator<Item = f64>) -> Option<SliceOutcome> {
    let start = 105.0 * 20_000.0;
    let mut pulses: Vec<Pulse> =
        (0..105).map(|k| Pulse { t_ms: 20_000.0 * f64::from(k) + 100.0, kind: PulseKind::Test }).collect();
    pulses.extend(induction.map(|t| Pulse { t_ms: start + t, kind: PulseKind::Induction }));
    let end = pulses.last().map_or(start, |pulse| pulse.t_ms);
    pulses.extend((1..=180).map(|k| Pulse { t_ms: end + 20_000.0 * f64::from(k), kind: PulseKind::Test }));
    let window = SweepWindow { before_ms: 5.0, after_ms: 45.0, rate_hz: 10_000.0 };
    let identity = SliceIdentity { seed: 1, animal: 2, slice: 3 };
    simulate_slice(&Parameters::default(), identity, &pulses, &|_| Modulation::default(), &window, &mut |_| ()).ok()
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn two_tetani() -> Option<SliceOutcome> {
    slice((0..200).map(|k| 10.0 * f64::from(k % 100) + 20_000.0 * f64::from(k / 100)))
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn theta_burst() -> Option<SliceOutcome> {
    slice((0..40).map(|k| 200.0 * f64::from(k / 4) + 10.0 * f64::from(k % 4)))
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn low_frequency_900() -> Option<SliceOutcome> {
    slice((0..900).map(|k| 1_000.0 * f64::from(k)))
}
