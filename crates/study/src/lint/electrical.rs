//! Faults of the electrical recording: hum of the mains, and stretches without a signal.

use crate::lint::fault::{LintFault, Rule, listed};
use exchange::TraceFile;
use std::f64::consts::TAU;

/// Frequencies of the mains, Hz.
const MAINS_HZ: [f64; 2] = [50.0, 60.0];
/// Responses have ended so long after the last stimulus, ms.
const ENDED_MS: f64 = 25.0;
/// A stretch shorter than this shows no mains, cycles.
const LEAST_CYCLES: f64 = 1.5;
/// Hum from this share of the response on is told.
const SHARE: f64 = 0.05;
/// Hum over the standard error of its own amplitude, at least.
const OVER_ERROR: f64 = 8.0;
/// Equal samples in a row that may be a lost signal, ms and samples.
const DROPPED_MS: f64 = 1.0;
const DROPPED: usize = 20;
/// Such a stretch is this many times as long as the longest that other sweeps have.
const LONGER: usize = 4;

/// Level, slope, curvature, sine and cosine.
const TERMS: usize = 5;

/// Sine and cosine of a frequency over a stretch beside a parabola (the end of a response), and the standard
/// error of each: least squares.
fn sine(values: &[f64], rate_hz: f64, hz: f64) -> Option<([f64; 2], f64)> {
    let n = values.len();
    let phase = |k: usize| TAU * hz * k as f64 / rate_hz;
    let middle = (n as f64 - 1.0) / 2.0;
    let terms = |k: usize| {
        let along = (k as f64 - middle) / n as f64;
        [1.0, along, along * along, libm::sin(phase(k)), libm::cos(phase(k))]
    };
    let (mut matrix, mut right) = ([[0.0; TERMS]; TERMS], [0.0; TERMS]);
    for (k, value) in values.iter().enumerate() {
        let own = terms(k);
        for i in 0..TERMS {
            right[i] += own[i] * value;
            for j in 0..TERMS {
                matrix[i][j] += own[i] * own[j];
            }
        }
    }
    let solved = solve(matrix, right)?;
    let fit = |k: usize| terms(k).iter().zip(&solved).map(|(term, factor)| term * factor).sum::<f64>();
    let rest: f64 = values.iter().enumerate().map(|(k, value)| (value - fit(k)) * (value - fit(k))).sum();
    let error = (rest / (n as f64 - TERMS as f64).max(1.0) * 2.0 / n as f64).sqrt();
    Some(([solved[3], solved[4]], error))
}

/// Gauss–Jordan with pivots.
fn solve(mut a: [[f64; TERMS]; TERMS], mut b: [f64; TERMS]) -> Option<[f64; TERMS]> {
    for column in 0..TERMS {
        let pivot = (column..TERMS).max_by(|&i, &j| a[i][column].abs().total_cmp(&a[j][column].abs()))?;
        if a[pivot][column].abs() < 1e-12 {
            return None;
        }
        a.swap(column, pivot);
        b.swap(column, pivot);
        for row in (0..TERMS).filter(|row| *row != column) {
            let factor = a[row][column] / a[column][column];
            let pivots = a[column];
            for (own, pivot) in a[row].iter_mut().zip(pivots).skip(column) {
                *own -= factor * pivot;
            }
            b[row] -= factor * b[column];
        }
    }
    Some(std::array::from_fn(|k| b[k] / a[k][k]))
}

/// Hum in the last part of the sweeps of a channel; `response` is the size of the mean
/// response, `last` the last stimulus, both as seen.
pub(super) fn hum(
    file: &TraceFile,
    channel: usize,
    sweeps: &[Vec<f64>],
    last: usize,
    response: f64,
) -> Option<LintFault> {
    let rate_hz = file.rate_hz();
    let from = last + (ENDED_MS * rate_hz / 1000.0).round() as usize;
    let mut strongest: Option<(f64, f64, bool)> = None;
    for hz in MAINS_HZ {
        let fits: Vec<([f64; 2], f64)> = sweeps
            .iter()
            .filter_map(|values| values.get(from..))
            .filter(|part| part.len() as f64 >= LEAST_CYCLES * rate_hz / hz)
            .filter_map(|part| sine(part, rate_hz, hz))
            .collect();
        if fits.is_empty() {
            continue;
        }
        let n = fits.len() as f64;
        let mean = [0, 1].map(|k| fits.iter().map(|(fit, _)| fit[k]).sum::<f64>() / n);
        let size = |fit: [f64; 2]| (fit[0] * fit[0] + fit[1] * fit[1]).sqrt();
        let usual = (fits.iter().map(|(fit, _)| size(*fit) * size(*fit)).sum::<f64>() / n).sqrt();
        let error = fits.iter().map(|(_, error)| error).sum::<f64>() / n;
        // In step with the stimulus the mean of all sweeps has it, too.
        let locked = size(mean) > 0.7 * usual;
        let told = if locked { size(mean) * n.sqrt() } else { usual };
        if told > OVER_ERROR * error && usual > SHARE * response && strongest.is_none_or(|(most, ..)| usual > most) {
            strongest = Some((usual, hz, locked));
        }
    }
    let (size, hz, locked) = strongest?;
    let unit = file.channels().get(channel).map_or("", |channel| channel.unit.as_str());
    let step = if locked {
        "in step with the stimulus: an average does not remove it"
    } else {
        "not in step with the stimulus"
    };
    let found = format!("hum of {hz} Hz, {} {unit}, {step}", (size * 1e4).round() / 1e4);
    Some(LintFault::new(Rule::Hum, file.path(), format!("channel {channel}, all sweeps"), found))
}

/// Sweeps in which the signal stands still where it does not in others.
pub(super) fn dropped(file: &TraceFile, channel: usize, sweeps: &[Vec<f64>]) -> Option<LintFault> {
    let least = ((DROPPED_MS * file.rate_hz() / 1000.0).round() as usize).max(DROPPED);
    let runs: Vec<(usize, usize)> = sweeps.iter().map(|values| still(values)).collect();
    let mut lengths: Vec<usize> = runs.iter().map(|(_, length)| *length).collect();
    lengths.sort_unstable();
    let usual = *lengths.get(lengths.len() / 2)?;
    // In most sweeps the same: a quiet channel, or a digital one.
    let hit: Vec<usize> = (0..runs.len()).filter(|k| runs[*k].1 >= least && runs[*k].1 > LONGER * usual).collect();
    let (at, length) = *runs.get(*hit.first()?)?;
    let ms = |samples: usize| (1e4 * samples as f64 / file.rate_hz()).round() / 10.0;
    let found = format!("the signal stands still for {} ms from {} ms on: dropped out?", ms(length), ms(at));
    Some(LintFault::new(Rule::DropOut, file.path(), format!("channel {channel}, {}", listed(&hit)), found))
}

/// Begin and length of the longest run of equal samples; a run at an extreme is clipped,
/// not lost, unless it is 0.
fn still(values: &[f64]) -> (usize, usize) {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (mut best, mut from) = ((0, 0), 0);
    for k in 1..=values.len() {
        if k == values.len() || values[k] != values[from] {
            let counts = values[from] == 0.0 || (values[from] != low && values[from] != high);
            if counts && k - from > best.1 {
                best = (from, k - from);
            }
            from = k;
        }
    }
    best
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;

    #[test]
    fn a_sine_is_measured_beside_a_line() {
        let values: Vec<f64> = (0..350)
            .map(|k| 0.3 + 0.001 * f64::from(k) + 0.2 * libm::sin(TAU * 60.0 * f64::from(k) / 10_000.0 + 0.7))
            .collect();
        let (fit, error) = sine(&values, 10_000.0, 60.0).unwrap();
        assert!(((fit[0] * fit[0] + fit[1] * fit[1]).sqrt() - 0.2).abs() < 1e-9 && error < 1e-9);
    }

    #[test]
    fn the_longest_still_stretch() {
        assert_eq!(still(&[1.0, 2.0, 2.0, 2.0, 3.0, 3.0]), (1, 3));
        assert_eq!(still(&[2.0, 2.0, 2.0, 1.0, 0.0, 0.0]), (4, 2));
        assert_eq!(still(&[]), (0, 0));
    }
}
