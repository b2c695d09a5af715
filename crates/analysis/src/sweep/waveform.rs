//! Elementary measures on one sweep: baseline, peak, slopes, area.
//!
//! Conventions. `y[i]` is the potential of sample `i` and
//! `t_i = (i − stimulus) · 1000 / rate` its time in ms after the stimulus. A
//! window `[a, b]` holds every sample with `a − ε ≤ t_i ≤ b + ε`,
//! ε = 10⁻⁹ ms: both ends belong to it. The slope of a set of samples is the
//! ordinary least-squares line,
//!
//! ```text
//! slope = Σ (t − t̄)(y − ȳ) / Σ (t − t̄)²          unit of y per ms
//! ```
//!
//! The three ways to take an fEPSP slope are those of Anderson and Collingridge
//! 2007 (J Neurosci Methods 162:346, WinLTP): between fixed times, the steepest
//! stretch of fixed length, and between two fractions of the peak amplitude.

use std::ops::Range;

/// Relative difference of slopes that is rounding, not steepness.
const TIE: f64 = 1e-12;
/// Slack of window bounds, ms.
const EDGE_MS: f64 = 1e-9;

/// Direction of a deflection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polarity {
    /// Negative-going, as the fEPSP of stratum radiatum.
    Negative,
    /// Positive-going, as seen from the cell layer or inside a cell.
    Positive,
}

impl Polarity {
    /// −1 or +1.
    pub fn sign(self) -> f64 {
        match self {
            Self::Negative => -1.0,
            Self::Positive => 1.0,
        }
    }
}

/// A sweep seen from its stimulus.
#[derive(Clone, Copy, Debug)]
pub struct Trace<'a> {
    /// Potential, mV.
    pub mv: &'a [f64],
    /// Sampling rate, Hz.
    pub rate_hz: f64,
    /// Position of the stimulus in samples; may lie between two.
    pub stimulus: f64,
}

/// An extreme of the sweep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peak {
    /// Sample.
    pub index: usize,
    /// Potential there, mV.
    pub mv: f64,
}

/// Crossings of two fractions of the peak amplitude on the rising phase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossings {
    /// Time at which the lower level is crossed, ms after the stimulus.
    pub low_ms: f64,
    /// Time at which the upper level is crossed, ms after the stimulus.
    pub high_ms: f64,
}

/// The steepest stretch of a sweep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MaximumSlope {
    /// Least-squares slope, mV/ms, with its sign.
    pub slope: f64,
    /// First sample of the stretch.
    pub start: usize,
    /// Middle of the stretch, ms after the stimulus.
    pub centre_ms: f64,
}

impl<'a> Trace<'a> {
    /// Sampling interval, ms.
    pub fn dt_ms(&self) -> f64 {
        1000.0 / self.rate_hz
    }

    /// Time of sample `i`, ms after the stimulus.
    pub fn time_ms(&self, i: usize) -> f64 {
        (i as f64 - self.stimulus) * self.dt_ms()
    }

    /// Samples of the window `[from_ms, to_ms]`; empty if the sweep has none there.
    pub fn window(&self, from_ms: f64, to_ms: f64) -> Range<usize> {
        let dt = self.dt_ms();
        let first = ((from_ms - EDGE_MS) / dt + self.stimulus).ceil().max(0.0);
        let last = ((to_ms + EDGE_MS) / dt + self.stimulus).floor();
        // The casts saturate, so a wild bound ends at an end of the sweep.
        let end = if last < 0.0 { 0 } else { (last as usize).saturating_add(1).min(self.mv.len()) };
        let start = (first as usize).min(end);
        start..end
    }

    /// Arithmetic mean of a window, mV; `None` if the window is empty.
    pub fn mean(&self, window: Range<usize>) -> Option<f64> {
        let part = self.mv.get(window)?;
        (!part.is_empty()).then(|| part.iter().sum::<f64>() / part.len() as f64)
    }

    /// Least-squares slope over a set of neighbouring samples, mV/ms; `None`
    /// for fewer than two.
    pub fn slope(&self, window: Range<usize>) -> Option<f64> {
        let part = self.mv.get(window)?;
        if part.len() < 2 {
            return None;
        }
        let n = part.len() as f64;
        let middle = (n - 1.0) / 2.0;
        let mean = part.iter().sum::<f64>() / n;
        let (mut sxy, mut sxx) = (0.0, 0.0);
        for (i, y) in part.iter().enumerate() {
            let x = i as f64 - middle;
            sxy += x * (y - mean);
            sxx += x * x;
        }
        Some(sxy / sxx / self.dt_ms())
    }

    /// Least-squares slope between two fixed times, mV/ms.
    pub fn window_slope(&self, from_ms: f64, to_ms: f64) -> Option<f64> {
        self.slope(self.window(from_ms, to_ms))
    }

    /// First extreme of the given polarity in a window; `None` if it is empty.
    pub fn peak(&self, polarity: Polarity, window: Range<usize>) -> Option<Peak> {
        let sign = polarity.sign();
        let mut best: Option<Peak> = None;
        for i in window {
            let mv = *self.mv.get(i)?;
            if best.is_none_or(|b| sign * mv > sign * b.mv) {
                best = Some(Peak { index: i, mv });
            }
        }
        best
    }

    /// Steepest least-squares slope over `width_ms` that lies wholly within
    /// `[from_ms, to_ms]`; the first one on ties.
    pub fn maximum_slope(&self, polarity: Polarity, from_ms: f64, to_ms: f64, width_ms: f64) -> Option<MaximumSlope> {
        let width = (width_ms / self.dt_ms()).round() as usize;
        let search = self.window(from_ms, to_ms);
        let sign = polarity.sign();
        let mut best: Option<MaximumSlope> = None;
        for start in search.start..search.end.saturating_sub(width) {
            let slope = self.slope(start..start + width + 1)?;
            // Slopes that differ by rounding alone are ties.
            if best.is_none_or(|b| sign * slope > sign * b.slope + TIE * b.slope.abs()) {
                let centre_ms = self.time_ms(start) + width as f64 * self.dt_ms() / 2.0;
                best = Some(MaximumSlope { slope, start, centre_ms });
            }
        }
        best
    }

    /// Crossings of the levels `low_mv` and `high_mv`, walking back from `peak`:
    /// first the nearest sample on the near side of the upper level, from
    /// there on the nearest on the near side of the lower one, each refined by
    /// linear interpolation with the sample after it. `None` if the walk
    /// reaches `from_ms` first.
    pub fn crossings(
        &self,
        polarity: Polarity,
        peak: usize,
        low_mv: f64,
        high_mv: f64,
        from_ms: f64,
    ) -> Option<Crossings> {
        let sign = polarity.sign();
        let first = self.window(from_ms, f64::MAX).start;
        let walk = |from: usize, level: f64| {
            (first..=from).rev().find(|&k| k + 1 < self.mv.len() && sign * (self.mv[k] - level) <= 0.0)
        };
        let refine = |k: usize, level: f64| {
            let (here, next) = (self.mv[k], self.mv[k + 1]);
            let step = if next == here { 0.0 } else { (level - here) / (next - here) };
            self.time_ms(k) + step * self.dt_ms()
        };
        let high = walk(peak.checked_sub(1)?, high_mv)?;
        let low = walk(high, low_mv)?;
        Some(Crossings { low_ms: refine(low, low_mv), high_ms: refine(high, high_mv) })
    }

    /// Samples with `low_ms ≤ t ≤ high_ms`, without slack.
    pub fn between(&self, crossings: Crossings) -> Range<usize> {
        let around = self.window(crossings.low_ms, crossings.high_ms);
        let mut range = around;
        while range.start < range.end && self.time_ms(range.start) < crossings.low_ms {
            range.start += 1;
        }
        while range.start < range.end && self.time_ms(range.end - 1) > crossings.high_ms {
            range.end -= 1;
        }
        range
    }

    /// Least-squares slope of the samples between two crossings, mV/ms.
    pub fn crossing_slope(&self, crossings: Crossings) -> Option<f64> {
        self.slope(self.between(crossings))
    }

    /// Area between the sweep and `baseline_mv` over a window by the trapezoid
    /// rule, mV·ms; `None` for fewer than two samples.
    pub fn area(&self, baseline_mv: f64, window: Range<usize>) -> Option<f64> {
        let part = self.mv.get(window)?;
        let (first, last) = (part.first()?, part.last()?);
        if part.len() < 2 {
            return None;
        }
        let inner: f64 = part.iter().map(|y| y - baseline_mv).sum();
        let ends = (first - baseline_mv + last - baseline_mv) / 2.0;
        Some((inner - ends) * self.dt_ms())
    }

    /// Amplitude of a spike by the tangent method, mV: the distance of
    /// the trough from the line through the two shoulders before and after it,
    /// positive when the trough lies below the line.
    pub fn tangent_amplitude(&self, before: Peak, trough: Peak, after: Peak) -> f64 {
        let span = after.index as f64 - before.index as f64;
        let share = if span == 0.0 { 0.0 } else { (trough.index as f64 - before.index as f64) / span };
        before.mv + share * (after.mv - before.mv) - trough.mv
    }
}

/// Slope between two levels from the crossings alone: the rise of the level
/// over the time it takes, mV/ms.
pub fn two_point_slope(low_mv: f64, high_mv: f64, crossings: Crossings) -> f64 {
    (high_mv - low_mv) / (crossings.high_ms - crossings.low_ms)
}
