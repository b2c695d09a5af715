//! The protocol of B1 and what is noted on the way.

use crate::kernel::lanes::Lanes;
use crate::rules::spine::drift::Drift;

/// Test pulses of the protocol.
pub const TEST_PULSES: usize = 240;
/// Marks at which ρ is noted: minutes 0 to 80.
pub const MINUTES: usize = 81;
/// End of the protocol, ms.
pub(crate) const END_MS: f64 = 4_840_000.0;
/// Time from one test pulse to the next, ms.
const INTERVAL_MS: f64 = 20_000.0;
/// Span after a test pulse in which the peak of the EPSP lies, ms.
const EPSP_MS: f64 = 100.0;

/// One pulse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pulse {
    pub(crate) t_ms: f64,
    /// Whether it belongs to a train.
    pub(crate) train: bool,
}

/// All pulses in the order of time.
pub(crate) fn pulses() -> Vec<Pulse> {
    let test = |first_ms: f64, count: u32| {
        (0..count).map(move |k| Pulse { t_ms: first_ms + INTERVAL_MS * f64::from(k), train: false })
    };
    let train = |first_ms: f64| (0..100).map(move |k| Pulse { t_ms: first_ms + 10.0 * f64::from(k), train: true });
    let before = test(10_000.0, 60);
    let trains = train(1_200_000.0).chain(train(1_220_000.0));
    before.chain(trains).chain(test(1_240_000.0, 180)).collect()
}

/// The part of the protocol that calcium is tallied for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Span {
    Before,
    Trains,
    After,
}

/// What is noted about eight synapses.
pub(crate) struct Notes {
    span: Span,
    /// Largest calcium of the present span.
    pub(crate) peak_um: Lanes,
    /// Time above the thresholds in the present span.
    pub(crate) above_p_ms: Lanes,
    pub(crate) above_d_ms: Lanes,
    pub(crate) peak_baseline_um: Lanes,
    pub(crate) peak_trains_um: Lanes,
    pub(crate) trains_p_ms: Lanes,
    pub(crate) trains_d_ms: Lanes,
    /// Time above the depression threshold outside the trains.
    test_d_ms: Lanes,
    /// Potential at the latest test pulse and the largest since.
    at_pulse_mv: Lanes,
    pub(crate) peak_mv: Lanes,
    peak_until_ms: f64,
    pub(crate) epsp_mv: Vec<Lanes>,
    pub(crate) rho_minutes: Vec<Lanes>,
}

impl Notes {
    pub(crate) fn new() -> Self {
        let zero = Lanes::all(0.0);
        Self {
            span: Span::Before,
            peak_um: zero,
            above_p_ms: zero,
            above_d_ms: zero,
            peak_baseline_um: zero,
            peak_trains_um: zero,
            trains_p_ms: zero,
            trains_d_ms: zero,
            test_d_ms: zero,
            at_pulse_mv: zero,
            peak_mv: zero,
            peak_until_ms: f64::NEG_INFINITY,
            epsp_mv: Vec::with_capacity(TEST_PULSES),
            rho_minutes: Vec::with_capacity(MINUTES),
        }
    }

    /// A pulse is given while the potentials are `v_mv`.
    pub(crate) fn pulse(&mut self, pulse: &Pulse, v_mv: Lanes) {
        self.end_epsp();
        let span = match (self.span, pulse.train) {
            (_, true) => Span::Trains,
            (Span::Trains, false) => Span::After,
            (span, false) => span,
        };
        if span != self.span {
            self.end_span();
            self.span = span;
        }
        if !pulse.train {
            self.at_pulse_mv = v_mv;
            self.peak_mv = v_mv;
            self.peak_until_ms = pulse.t_ms + EPSP_MS;
        }
    }

    /// The recording is over.
    pub(crate) fn end(&mut self) {
        self.end_epsp();
        self.end_span();
    }

    /// Whether the peak of an EPSP may still come at `now_ms`.
    #[inline(always)]
    pub(crate) fn awaits_peak(&self, now_ms: f64) -> bool {
        now_ms <= self.peak_until_ms
    }

    /// Time above the depression threshold outside the trains, ms.
    pub(crate) fn test_d_ms(&self) -> Lanes {
        self.test_d_ms
    }

    /// Notes ρ, which was `rho` at `since_ms`, at the full minutes up to `until_ms`.
    pub(crate) fn minutes_until(&mut self, until_ms: f64, rho: Lanes, since_ms: f64, rho_time_ms: f64) {
        while self.rho_minutes.len() < MINUTES {
            let minute_ms = 60_000.0 * self.rho_minutes.len() as f64;
            if minute_ms > until_ms {
                return;
            }
            let drift = Drift::over(minute_ms - since_ms, rho_time_ms);
            self.rho_minutes.push(rho.map(|rho| drift.of(rho)));
        }
    }

    fn end_epsp(&mut self) {
        if self.peak_until_ms > f64::NEG_INFINITY {
            self.epsp_mv.push(self.peak_mv - self.at_pulse_mv);
            self.peak_until_ms = f64::NEG_INFINITY;
        }
    }

    fn end_span(&mut self) {
        match self.span {
            Span::Before => self.peak_baseline_um = self.peak_um,
            Span::Trains => {
                self.peak_trains_um = self.peak_um;
                self.trains_p_ms = self.above_p_ms;
                self.trains_d_ms = self.above_d_ms;
            }
            Span::After => {}
        }
        if self.span != Span::Trains {
            self.test_d_ms += self.above_d_ms;
        }
        let zero = Lanes::all(0.0);
        (self.peak_um, self.above_p_ms, self.above_d_ms) = (zero, zero, zero);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_protocol_has_440_pulses_in_order() {
        let pulses = pulses();
        assert_eq!(pulses.len(), 440);
        assert_eq!(pulses.iter().filter(|pulse| !pulse.train).count(), TEST_PULSES);
        assert!(pulses.windows(2).all(|pair| pair[0].t_ms < pair[1].t_ms));
        assert_eq!(pulses[439].t_ms, 4_820_000.0);
    }
}
