//! Stimuli of a record without gaps: hours in which pulses come every few seconds.
//!
//! A single large step (a movement, a switch) must not hide the stimuli, so that the
//! threshold does not come from the largest step of all: the record is cut into blocks
//! of `BLOCK_S`; the largest step of each that stands out from the usual step is a
//! candidate, and stimuli are steps above a share of the median candidate. A digital
//! channel that marks the pulses is read directly.

use crate::sweep::steps::{APART_MS, NOISE_STEPS, SHARE_OF_LARGEST, median_step};

/// Length of a block, s.
const BLOCK_S: f64 = 1.0;
/// Steps that the usual one is taken from at most; evenly spread over the record.
const LOOKED_AT: usize = 1_000_000;
/// Share of the samples of a digital channel that may lie between its two levels.
const BETWEEN: f64 = 0.01;

/// Stimuli by the artefact, samples from the start of the record.
pub fn stimuli(record: &[f64], rate_hz: f64) -> Vec<usize> {
    let step = |i: usize| (record[i + 1] - record[i]).abs();
    let count = record.len().saturating_sub(1);
    let sparse: Vec<f64> = (0..count).step_by(count.div_ceil(LOOKED_AT).max(1)).map(step).collect();
    let Some(usual) = median_step(&sparse) else { return Vec::new() };
    let block = ((BLOCK_S * rate_hz) as usize).max(1);
    let largest = |from: usize| (from..(from + block).min(count)).map(step).fold(0.0, f64::max);
    let mut candidates: Vec<f64> =
        (0..count).step_by(block).map(largest).filter(|largest| *largest >= NOISE_STEPS * usual).collect();
    if candidates.is_empty() {
        return Vec::new();
    }
    let middle = candidates.len() / 2;
    let typical = *candidates.select_nth_unstable_by(middle, f64::total_cmp).1;
    let threshold = (NOISE_STEPS * usual).max(SHARE_OF_LARGEST * typical);
    let apart = APART_MS * rate_hz / 1000.0;
    let mut found: Vec<usize> = Vec::new();
    let mut last: Option<usize> = None;
    for at in (0..count).filter(|&i| step(i) >= threshold) {
        if last.is_none_or(|last| (at - last) as f64 > apart) {
            found.push(at + 1);
        }
        last = Some(at);
    }
    found
}

/// Rising edges of a digital channel, samples; `None` if it is none: it has two levels
/// and rests at one of them.
pub fn edges(record: &[f64]) -> Option<Vec<usize>> {
    let low = record.iter().copied().fold(f64::INFINITY, f64::min);
    let high = record.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let span = high - low;
    if !(span.is_finite() && span > 0.0) {
        return None;
    }
    let [lower, middle, upper] = [0.25, 0.5, 0.75].map(|share| low + share * span);
    let between = record.iter().filter(|y| (lower..upper).contains(*y)).count();
    let up = record.iter().filter(|y| **y >= middle).count();
    if between as f64 > BETWEEN * record.len() as f64 {
        return None;
    }
    let rests_low = 2 * up <= record.len();
    let is_on = |y: f64| if rests_low { y >= middle } else { y < middle };
    let edges: Vec<usize> = (1..record.len()).filter(|&i| is_on(record[i]) && !is_on(record[i - 1])).collect();
    (!edges.is_empty()).then_some(edges)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten minutes at 2 kHz with a pulse every 10 s, noise, and one huge step.
    fn record() -> (Vec<f64>, Vec<usize>) {
        let at: Vec<usize> = (0..60).map(|k| 4000 + k * 20_000).collect();
        let mut record: Vec<f64> =
            (0..1_200_000).map(|i| 0.02 * (((i * 7919 + 13) % 211) as f64 / 211.0 - 0.5)).collect();
        for &at in &at {
            record[at] += 1.5;
            record[at + 1] -= 1.5;
        }
        record[333_333..].iter_mut().for_each(|y| *y += 40.0);
        (record, at)
    }

    #[test]
    fn a_movement_does_not_hide_the_stimuli() {
        let (record, at) = record();
        let found = stimuli(&record, 2000.0);
        let right: Vec<usize> = found.iter().copied().filter(|i| *i != 333_333).collect();
        assert_eq!(right, at);
        assert!(stimuli(&record[..3000], 2000.0).is_empty(), "noise alone");
    }

    #[test]
    fn a_digital_channel_gives_its_rising_edges_and_noise_gives_none() {
        let mut ttl: Vec<f64> = (0..50_000).map(|i| 0.01 * ((i % 7) as f64)).collect();
        for at in [1000, 21_000, 41_000] {
            ttl[at..at + 20].iter_mut().for_each(|y| *y += 5.0);
        }
        assert_eq!(edges(&ttl), Some(vec![1000, 21_000, 41_000]));
        let inverted: Vec<f64> = ttl.iter().map(|y| -y).collect();
        assert_eq!(edges(&inverted), Some(vec![1000, 21_000, 41_000]));
        let (field, _) = record();
        let noise: Vec<f64> = field[5000..20_000].to_vec();
        assert_eq!(edges(&noise), None);
        assert_eq!(edges(&[1.0; 100]), None);
    }
}
