//! Parts of the kernel, B1, and one slice through a whole experiment: 20 min of baseline, 15 min of wash-in,
//! induction, 60 min of follow-up at 0.05 Hz, 100 spines, stochastic release.
#![allow(missing_docs, reason = "a bench has no public items")]

use synapse::published::b1::{self as comparison, Trajectory};
use synapse::{Modulation, Parameters, Pulse, PulseKind, SliceIdentity, SliceOutcome, SweepWindow, simulate_slice};

fn main() {
    divan::main();
}

fn slice(induction: impl Iterator<Item = f64>) -> Option<SliceOutcome> {
    recording(induction, 105, 180)
}

/// A recording with so many test pulses before and after the induction.
fn recording(induction: impl Iterator<Item = f64>, before: u32, after: u32) -> Option<SliceOutcome> {
    let start = 20_000.0 * f64::from(before);
    let mut pulses: Vec<Pulse> =
        (0..before).map(|k| Pulse { t_ms: 20_000.0 * f64::from(k) + 100.0, kind: PulseKind::Test }).collect();
    pulses.extend(induction.map(|t| Pulse { t_ms: start + t, kind: PulseKind::Induction }));
    let end = pulses.last().map_or(start, |pulse| pulse.t_ms);
    pulses.extend((1..=after).map(|k| Pulse { t_ms: end + 20_000.0 * f64::from(k), kind: PulseKind::Test }));
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

/// 1 440 test pulses: eight hours at 0.05 Hz, with a theta burst after the first.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn eight_hours() -> Option<SliceOutcome> {
    recording((0..40).map(|k| 200.0 * f64::from(k / 4) + 10.0 * f64::from(k % 4)), 60, 1_380)
}

#[divan::bench]
fn spine_steps() -> f64 {
    synapse::parts::spine_steps(divan::black_box(1_000))
}

#[divan::bench]
fn gaps() -> f64 {
    synapse::parts::gaps(divan::black_box(100))
}

#[divan::bench]
fn rule_steps() -> f64 {
    synapse::parts::rule_steps(divan::black_box(1_000))
}

#[divan::bench]
fn b1_100_synapses() -> Vec<Trajectory> {
    let synapses: Vec<_> = (0..divan::black_box(100)).map(comparison::synapse).collect();
    comparison::simulate(&synapses)
}
