//! Rules alone: a whole curve at a time.
#![allow(missing_docs, reason = "a bench has no public items")]

use synapse::late_phase::{SET, protocol, simulate};
use synapse::published::narayanan_johnston_2010;
use synapse::rules::{Protocol, RULES, Rule, find};

fn main() {
    divan::main();
}

/// Sum of the ratios, so that nothing is optimised away.
fn curve(rule: &Rule, protocols: impl Iterator<Item = Protocol>) -> Option<f64> {
    let (_, values) = rule.set(None).ok()?;
    let run = rule.prepare(&values, None).ok()?;
    protocols.map(|protocol| run(&protocol).map(|outcome| outcome.ratio)).sum::<Result<f64, _>>().ok()
}

/// 60 pairs at 1 Hz, −100 to 100 ms in steps of 1 ms: 201 points, closed forms.
#[divan::bench(args = ["graupner_brunel_2012", "deperrois_2020", "shouval_2002"], sample_count = 10, sample_size = 1)]
fn stdp_curve_of_201_points(name: &str) -> Option<f64> {
    let pairs = (-100..=100).map(|k| Protocol::Pairs { n: 60, frequency_hz: 1.0, dt_ms: f64::from(k) });
    curve(find(name).ok()?, pairs)
}

/// 10 pairs at 1 Hz, one point: rules on a grid, and rules on simulated calcium.
#[divan::bench(
    args = ["clopath_2010", "dainauskas_2023", "chindemi_2022", "gb_calcium", "effective_calcium"],
    sample_count = 10,
    sample_size = 1
)]
fn one_point(name: &str) -> Option<f64> {
    curve(find(name).ok()?, std::iter::once(Protocol::Pairs { n: 10, frequency_hz: 1.0, dt_ms: 10.0 }))
}

/// 900 presynaptic pulses at 1 to 50 Hz: 50 points.
#[divan::bench(args = ["graupner_brunel_2012", "shouval_2002"], sample_count = 10, sample_size = 1)]
fn frequency_curve_of_50_points(name: &str) -> Option<f64> {
    curve(find(name).ok()?, (1..=50).map(|k| Protocol::Pulses { n: 900, frequency_hz: f64::from(k) }))
}

/// Strong tetanus followed for 8 h.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn late_phase_of_8_h() -> Option<f64> {
    let rows = simulate(&SET, &protocol("STET").ok()?.spikes_s(), true);
    rows.last().map(|row| row.weight)
}

/// 900 pulses at 10 Hz through the CA1 dendrite, two step sizes.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn narayanan_johnston_900_pulses() -> Option<f64> {
    narayanan_johnston_2010::simulate(&narayanan_johnston_2010::PAPER, 900, 10.0).ok().map(|run| run.weight)
}

/// The catalogue is complete: every rule can be prepared.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn prepare_every_rule() -> usize {
    RULES.iter().filter(|rule| rule.set(None).is_ok_and(|(_, values)| rule.prepare(&values, None).is_ok())).count()
}
