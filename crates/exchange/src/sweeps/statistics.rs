//! What a trace looks like in a few numbers.

use serde::Serialize;

/// Samples shown at either end.
const ENDS: usize = 5;

/// One channel of one sweep in numbers, in the unit of the channel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChannelStatistics {
    /// Sweep, from 0.
    pub sweep: usize,
    /// Channel, from 0.
    pub channel: usize,
    /// Number of samples.
    pub n: u64,
    /// The first five.
    pub first5: Vec<f64>,
    /// The last five.
    pub last5: Vec<f64>,
    /// Mean; NaN (`null` in JSON) without samples.
    pub mean: f64,
    /// Standard deviation of the samples as they are (divisor n).
    pub sd: f64,
    /// Smallest.
    pub min: f64,
    /// Largest.
    pub max: f64,
    /// Place of the first smallest sample, from 0.
    pub argmin: u64,
    /// Place of the first largest sample, from 0.
    pub argmax: u64,
}

/// Statistics of a trace that arrives in pieces. Mean and sum of squares are
/// taken piece by piece about the mean of the piece and then joined, so that
/// neither length nor offset costs digits.
#[derive(Debug)]
pub(crate) struct Running {
    squares: f64,
    result: ChannelStatistics,
}

impl Running {
    pub fn new(sweep: usize, channel: usize) -> Self {
        let (first5, last5) = (Vec::new(), Vec::new());
        let (mean, sd, min, max) = (f64::NAN, f64::NAN, f64::NAN, f64::NAN);
        let result =
            ChannelStatistics { sweep, channel, n: 0, first5, last5, mean, sd, min, max, argmin: 0, argmax: 0 };
        Self { squares: 0.0, result }
    }

    /// Takes the next piece.
    pub fn add(&mut self, piece: &[f64]) {
        if piece.is_empty() {
            return;
        }
        let all = &mut self.result;
        for (place, &value) in (all.n..).zip(piece) {
            // `min` is NaN before the first number.
            if value < all.min || all.min.is_nan() && !value.is_nan() {
                (all.min, all.argmin) = (value, place);
            }
            if value > all.max || all.max.is_nan() && !value.is_nan() {
                (all.max, all.argmax) = (value, place);
            }
        }
        let short = ENDS.saturating_sub(all.first5.len());
        all.first5.extend(piece.iter().take(short));
        all.last5.extend(&piece[piece.len().saturating_sub(ENDS)..]);
        all.last5.drain(..all.last5.len().saturating_sub(ENDS));

        let (n, more) = (all.n as f64, piece.len() as f64);
        let mean = piece.iter().sum::<f64>() / more;
        let squares = piece.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
        if all.n == 0 {
            (all.mean, self.squares) = (mean, squares);
        } else {
            let apart = mean - all.mean;
            all.mean += apart * more / (n + more);
            self.squares += squares + apart * apart * n * more / (n + more);
        }
        all.n += piece.len() as u64;
    }

    /// The statistics of all pieces.
    pub fn finish(mut self) -> ChannelStatistics {
        if self.result.n > 0 {
            self.result.sd = (self.squares / self.result.n as f64).sqrt();
        }
        self.result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces of any size give what the whole gives; the numbers by hand.
    #[test]
    fn pieces_make_no_difference() {
        let trace: Vec<f64> = (0..11).map(|k| 1e6 + f64::from(k)).collect();
        for size in [1, 2, 4, 11] {
            let mut running = Running::new(0, 0);
            trace.chunks(size).for_each(|piece| running.add(piece));
            let result = running.finish();
            assert_eq!((result.n, result.argmin, result.argmax), (11, 0, 10));
            assert!((result.mean - 1_000_005.0).abs() < 1e-8);
            assert!((result.sd - 10.0_f64.sqrt()).abs() < 1e-10, "{}", result.sd);
            assert_eq!(result.first5, trace[..5]);
            assert_eq!(result.last5, trace[6..]);
        }
    }

    #[test]
    fn nothing_has_no_mean_and_a_gap_no_extreme() {
        let none = Running::new(2, 1).finish();
        assert!(none.mean.is_nan() && none.sd.is_nan() && none.min.is_nan() && none.n == 0);
        let mut gaps = Running::new(0, 0);
        gaps.add(&[f64::NAN, 2.0, -1.0]);
        let gaps = gaps.finish();
        assert_eq!((gaps.min, gaps.max, gaps.argmax), (-1.0, 2.0, 1));
        assert!(gaps.mean.is_nan());
    }
}
