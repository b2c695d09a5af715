//! Concentration at the receptors over time, in closed form.
//!
//! The bath, the tissue and, for lipophilic compounds, the membrane pool that
//! the receptors see follow each other as first-order steps:
//!
//! db/dt = k_b·(C − b),  dc/dt = k_t·(b − c),  dm/dt = k_m·(c − m)
//!
//! with C the concentration in the reservoir: the nominal one while the drug
//! flows, zero before and after. k_t is 1/(wash-in constant) while the drug flows
//! and 1/(wash-out constant) afterwards. m is expressed as the bath concentration
//! it would be in equilibrium with.
//!
//! A chain of stages with rates k₁…kₙ answers a unit in stage s (all else empty)
//! with  Πᵢ₍ᵢ>ₛ₎ kᵢ · Σⱼ₍ⱼ≥ₛ₎ e^(−kⱼt) / Πᵢ₍ᵢ≥ₛ,ᵢ≠ⱼ₎ (kᵢ − kⱼ)  in its last stage, and an empty
//! chain answers a constant unit inflow with  1 − Σⱼ e^(−kⱼt) · Πᵢ₍ᵢ≠ⱼ₎ kᵢ/(kᵢ − kⱼ).

use crate::compound::Kinetics;

/// Exchange of the recording chamber, ms: 1 ml at 2–3 ml/min (slice rigs
/// commonly run at this rate), V/Q = 0.4 min. A choice of the model.
const BATH_EXCHANGE_MS: f64 = 24_000.0;

/// Rates closer than this (relative) are moved apart, because the partial
/// fractions need distinct rates; the concentration changes by less than 1e-3 of it.
const DISTINCT: f64 = 1e-3;

/// A sum of up to three exponentials, a_j · e^(−k_j t).
#[derive(Clone, Copy, Debug, PartialEq)]
struct Exponentials {
    rates: [f64; 3],
    weights: [f64; 3],
}

impl Exponentials {
    const NONE: Self = Self { rates: [1.0; 3], weights: [0.0; 3] };

    fn at(&self, t_ms: f64) -> f64 {
        let mut sum = 0.0;
        for (rate, weight) in self.rates.iter().zip(self.weights) {
            sum += weight * libm::exp(-rate * t_ms);
        }
        sum
    }

    /// Answer of the last stage to a constant unit inflow, less its final value of 1.
    fn of_inflow(rates: &[f64]) -> Self {
        let mut answer = Self::NONE;
        for (j, own) in rates.iter().enumerate() {
            let mut weight = -1.0;
            for (i, other) in rates.iter().enumerate() {
                if i != j {
                    weight *= other / (other - own);
                }
            }
            answer.rates[j] = *own;
            answer.weights[j] = weight;
        }
        answer
    }

    /// Answer of the last stage to what the stages hold at the start.
    fn of_content(rates: &[f64], content: &[f64]) -> Self {
        let mut answer = Self::NONE;
        for (j, own) in rates.iter().enumerate() {
            answer.rates[j] = *own;
            for (s, held) in content.iter().enumerate().take(j + 1) {
                let passed_on: f64 = rates[s + 1..].iter().product();
                let spread: f64 = (s..rates.len()).filter(|i| *i != j).map(|i| rates[i] - own).product();
                answer.weights[j] += held * passed_on / spread;
            }
        }
        answer
    }
}

/// The course of one compound at the receptors.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Course {
    reservoir_um: f64,
    on_ms: f64,
    off_ms: f64,
    rising: Exponentials,
    falling: Exponentials,
}

impl Course {
    /// `on_ms` may be −∞ (in equilibrium from the start); no `off_ms`: never washed out.
    pub(crate) fn new(reservoir_um: f64, kinetics: &Kinetics, on_ms: f64, off_ms: Option<f64>) -> Self {
        let membrane_ms = kinetics.membrane.as_ref().map(|m| m.value.ms());
        let inward = stage_rates(kinetics.wash_in.value.ms(), membrane_ms);
        let outward = stage_rates(kinetics.wash_out.value.ms(), membrane_ms);
        let off_ms = off_ms.unwrap_or(f64::INFINITY);
        let flow_ms = off_ms - on_ms;
        let content: Vec<f64> =
            (1..=inward.len()).map(|stages| 1.0 + Exponentials::of_inflow(&inward[..stages]).at(flow_ms)).collect();
        let falling = if flow_ms > 0.0 && off_ms.is_finite() {
            Exponentials::of_content(&outward, &content)
        } else {
            Exponentials::NONE
        };
        Self { reservoir_um, on_ms, off_ms, rising: Exponentials::of_inflow(&inward), falling }
    }

    /// Concentration at the receptors, µM, at `t_ms`.
    pub(crate) fn at(&self, t_ms: f64) -> f64 {
        if self.off_ms <= self.on_ms || t_ms <= self.on_ms {
            return 0.0;
        }
        let share = if t_ms <= self.off_ms {
            1.0 + self.rising.at(t_ms - self.on_ms)
        } else {
            self.falling.at(t_ms - self.off_ms)
        };
        // Cancellation may leave −1e-17 at the very start.
        self.reservoir_um * share.max(0.0)
    }
}

/// Rates of bath, tissue and membrane, 1/ms, moved apart where they coincide.
fn stage_rates(tissue_ms: f64, membrane_ms: Option<f64>) -> Vec<f64> {
    let mut rates: Vec<f64> = Vec::with_capacity(3);
    for time_ms in [Some(BATH_EXCHANGE_MS), Some(tissue_ms), membrane_ms].into_iter().flatten() {
        let mut rate = 1.0 / time_ms;
        while rates.iter().any(|r| (r / rate - 1.0).abs() < DISTINCT) {
            rate *= 1.0 + 2.0 * DISTINCT;
        }
        rates.push(rate);
    }
    rates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::Number;
    use quantity::Time;
    use synapse::Evidence;

    fn time(minutes: f64) -> Number<Time> {
        Number { value: Time::from_min(minutes), range: None, source: String::new(), evidence: Evidence::ModelChoice }
    }

    /// The stages of the module head, integrated by Runge–Kutta 4 in steps of 0.2 s.
    fn integrated(k_in: &[f64], k_out: &[f64], on: f64, off: f64, until: f64) -> f64 {
        let mut y = vec![0.0; k_in.len()];
        let step = 200.0;
        let steps = (until / step).round() as usize;
        for n in 0..steps {
            let t = n as f64 * step;
            let flowing = t >= on && t < off;
            let k = if flowing { k_in } else { k_out };
            let inflow = f64::from(u8::from(flowing));
            let slope = |y: &[f64]| -> Vec<f64> {
                (0..y.len()).map(|i| k[i] * (if i == 0 { inflow } else { y[i - 1] } - y[i])).collect()
            };
            let moved =
                |y: &[f64], d: &[f64], h: f64| -> Vec<f64> { y.iter().zip(d).map(|(y, d)| y + h * d).collect() };
            let a = slope(&y);
            let b = slope(&moved(&y, &a, step / 2.0));
            let c = slope(&moved(&y, &b, step / 2.0));
            let d = slope(&moved(&y, &c, step));
            for i in 0..y.len() {
                y[i] += step / 6.0 * (a[i] + 2.0 * b[i] + 2.0 * c[i] + d[i]);
            }
        }
        y[y.len() - 1]
    }

    #[test]
    fn closed_form_equals_numeric_integration() {
        let minute = 60_000.0;
        for membrane in [None, Some(time(0.25)), Some(time(0.4))] {
            let kinetics = Kinetics { wash_in: time(5.0), wash_out: time(20.0), membrane };
            let (on, off) = (10.0 * minute, 40.0 * minute);
            let course = Course::new(3.0, &kinetics, on, Some(off));
            let membrane_ms = kinetics.membrane.as_ref().map(|m| m.value.ms());
            let k_in = stage_rates(5.0 * minute, membrane_ms);
            let k_out = stage_rates(20.0 * minute, membrane_ms);
            for until in [5.0, 11.0, 15.0, 39.0, 41.0, 60.0, 120.0] {
                let expected = 3.0 * integrated(&k_in, &k_out, on, off, until * minute);
                let got = course.at(until * minute);
                assert!((got - expected).abs() < 1e-7, "{until} min: {got} vs {expected}");
            }
        }
    }

    #[test]
    fn coinciding_rates_stay_finite_and_close_to_the_limit() {
        // Bath and tissue alike: the exact answer is 1 − (1 + kt)·e^(−kt).
        let kinetics = Kinetics { wash_in: time(0.4), wash_out: time(0.4), membrane: None };
        let course = Course::new(1.0, &kinetics, 0.0, None);
        for t_ms in [1_000.0, 24_000.0, 60_000.0, 300_000.0] {
            let kt = t_ms / BATH_EXCHANGE_MS;
            let exact = 1.0 - (1.0 + kt) * (-kt).exp();
            assert!((course.at(t_ms) - exact).abs() < 1.5e-3, "at {t_ms} ms");
        }
    }

    #[test]
    fn nothing_before_and_equilibrium_from_minus_infinity() {
        let kinetics = Kinetics { wash_in: time(5.0), wash_out: time(20.0), membrane: None };
        assert_eq!(Course::new(1.0, &kinetics, 1e6, None).at(1e6), 0.0);
        let endless = Course::new(2.0, &kinetics, f64::NEG_INFINITY, None);
        assert_eq!(endless.at(0.0), 2.0);
        let ended = Course::new(2.0, &kinetics, f64::NEG_INFINITY, Some(0.0));
        assert!((ended.at(1e-6) - 2.0).abs() < 1e-6);
        assert!(ended.at(1e9) < 1e-12);
        assert_eq!(Course::new(2.0, &kinetics, 10.0, Some(5.0)).at(20.0), 0.0);
    }
}
