//! Concentration at the receptors over time, in closed form.
//!
//! The bath, the tissue and, for lipophilic compounds, the membrane pool that
//! the receptors see follow each other as first-order steps:
//!
//! db/dt = k_b·(C − b),  dc/dt = k_t·(b − c),  dm/dt = k_m·(c − m)
//!
//! with C the concentration in the reservoir: the nominal one while the drug
//! flows, zero before and after; it may be switched on and off any number of
//! times. k_t is 1/(wash-in constant) while the drug flows and 1/(wash-out
//! constant) otherwise. m is expressed as the bath concentration it would be in
//! equilibrium with. Between two switches the answer is a sum of exponentials.
//!
//! Where the depth of the recorded cells and the diffusion coefficient of the
//! compound are known, the tissue is a plane sheet instead (see `diffusion`): a
//! weighted sum of such first-order steps, so that all of this stays closed.
//!
//! A chain of stages with rates k₁…kₙ answers a unit in stage s (all else empty)
//! with  Πᵢ₍ᵢ>ₛ₎ kᵢ · Σⱼ₍ⱼ≥ₛ₎ e^(−kⱼt) / Πᵢ₍ᵢ≥ₛ,ᵢ≠ⱼ₎ (kᵢ − kⱼ)  in its last stage, and an empty
//! chain answers a constant unit inflow with  1 − Σⱼ e^(−kⱼt) · Πᵢ₍ᵢ≠ⱼ₎ kᵢ/(kᵢ − kⱼ).

use crate::compound::compound::Kinetics;
use crate::exposure::course::chamber::Chamber;

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

/// From one switch of the reservoir to the next.
#[derive(Clone, Debug, PartialEq)]
struct Segment {
    start_ms: f64,
    /// 1 while the drug flows, else 0.
    level: f64,
    /// What the last stage holds above the level, over the time since the start.
    excess: Exponentials,
}

/// One first-order path from the reservoir to the receptors.
#[derive(Clone, Debug, PartialEq)]
struct Path {
    weight: f64,
    segments: Vec<Segment>,
}

/// The course of one compound at the receptors.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Course {
    reservoir_um: f64,
    paths: Vec<Path>,
}

impl Course {
    /// The drug flows during `flows`, pairs of on and off times in ms, ascending
    /// and apart. The first on time may be −∞ (in equilibrium from the start) and
    /// the last off time +∞ (never washed out).
    pub(crate) fn new(reservoir_um: f64, kinetics: &Kinetics, flows: &[[f64; 2]], chamber: &Chamber) -> Self {
        let membrane_ms = kinetics.membrane.as_ref().map(|m| m.value.ms());
        let modes = kinetics.diffusion.as_ref().and_then(|d| chamber.modes(d.value));
        let path = |weight: f64, in_ms: f64, out_ms: f64| {
            let inward = stage_rates(chamber.exchange_ms, in_ms, membrane_ms);
            let outward = stage_rates(chamber.exchange_ms, out_ms, membrane_ms);
            Path { weight, segments: segments(&inward, &outward, flows) }
        };
        let paths = match modes {
            Some(modes) => modes.iter().map(|mode| path(mode.weight, mode.time_ms, mode.time_ms)).collect(),
            None => vec![path(1.0, kinetics.wash_in.value.ms(), kinetics.wash_out.value.ms())],
        };
        Self { reservoir_um, paths }
    }

    /// Concentration at the receptors, µM, at `t_ms`.
    pub(crate) fn at(&self, t_ms: f64) -> f64 {
        let share: f64 = self.paths.iter().map(|path| path.weight * path.at(t_ms)).sum();
        // Cancellation may leave −1e-17 at the very start.
        self.reservoir_um * share.max(0.0)
    }
}

impl Path {
    fn at(&self, t_ms: f64) -> f64 {
        let begun = self.segments.partition_point(|segment| segment.start_ms < t_ms);
        match begun.checked_sub(1) {
            Some(place) => {
                let segment = &self.segments[place];
                segment.level + segment.excess.at(t_ms - segment.start_ms)
            }
            None => 0.0,
        }
    }
}

/// The segments of a path whose stages are empty before the first flow.
fn segments(inward: &[f64], outward: &[f64], flows: &[[f64; 2]]) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut content = vec![0.0; inward.len()];
    let mut since_ms = f64::NEG_INFINITY;
    let flows: Vec<[f64; 2]> = flows.iter().copied().filter(|[on, off]| off > on).collect();
    for [on_ms, off_ms] in flows {
        content = after(outward, &content, 0.0, on_ms - since_ms);
        segments.push(Segment { start_ms: on_ms, level: 1.0, excess: excess(inward, &content, 1.0) });
        if off_ms.is_finite() {
            content = after(inward, &content, 1.0, off_ms - on_ms);
            segments.push(Segment { start_ms: off_ms, level: 0.0, excess: excess(outward, &content, 0.0) });
        }
        since_ms = off_ms;
    }
    segments
}

/// What the last stage holds above the inflow `level` (1 or 0).
fn excess(rates: &[f64], content: &[f64], level: f64) -> Exponentials {
    let held = Exponentials::of_content(rates, content);
    let inflow = Exponentials::of_inflow(rates);
    Exponentials { rates: held.rates, weights: std::array::from_fn(|j| held.weights[j] + level * inflow.weights[j]) }
}

/// What every stage holds after `gap_ms` of inflow `level`.
fn after(rates: &[f64], content: &[f64], level: f64, gap_ms: f64) -> Vec<f64> {
    // Of nothing nothing is left, however long the gap (∞ − ∞ included).
    if level == 0.0 && content.iter().all(|held| *held == 0.0) {
        return content.to_vec();
    }
    (1..=rates.len()).map(|stages| level + excess(&rates[..stages], &content[..stages], level).at(gap_ms)).collect()
}

/// Rates of bath, tissue and membrane, 1/ms, moved apart where they coincide.
fn stage_rates(bath_ms: f64, tissue_ms: f64, membrane_ms: Option<f64>) -> Vec<f64> {
    let mut rates: Vec<f64> = Vec::with_capacity(3);
    for time_ms in [Some(bath_ms), Some(tissue_ms), membrane_ms].into_iter().flatten() {
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
    use crate::compound::number::Number;
    use crate::exposure::course::chamber::EXCHANGE_MS;
    use evidence::Evidence;
    use quantity::Time;

    fn course(um: f64, kinetics: &Kinetics, on_ms: f64, off_ms: Option<f64>) -> Course {
        Course::new(um, kinetics, &[[on_ms, off_ms.unwrap_or(f64::INFINITY)]], &Chamber::default())
    }

    fn stage_rates(tissue_ms: f64, membrane_ms: Option<f64>) -> Vec<f64> {
        super::stage_rates(EXCHANGE_MS, tissue_ms, membrane_ms)
    }

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
            let kinetics = Kinetics { wash_in: time(5.0), wash_out: time(20.0), membrane, diffusion: None };
            let (on, off) = (10.0 * minute, 40.0 * minute);
            let course = course(3.0, &kinetics, on, Some(off));
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
        let kinetics = Kinetics { wash_in: time(0.4), wash_out: time(0.4), membrane: None, diffusion: None };
        let course = course(1.0, &kinetics, 0.0, None);
        for t_ms in [1_000.0, 24_000.0, 60_000.0, 300_000.0] {
            let kt = t_ms / EXCHANGE_MS;
            let exact = 1.0 - (1.0 + kt) * (-kt).exp();
            assert!((course.at(t_ms) - exact).abs() < 1.5e-3, "at {t_ms} ms");
        }
    }

    #[test]
    fn nothing_before_and_equilibrium_from_minus_infinity() {
        let kinetics = Kinetics { wash_in: time(5.0), wash_out: time(20.0), membrane: None, diffusion: None };
        assert_eq!(course(1.0, &kinetics, 1e6, None).at(1e6), 0.0);
        let endless = course(2.0, &kinetics, f64::NEG_INFINITY, None);
        assert_eq!(endless.at(0.0), 2.0);
        let ended = course(2.0, &kinetics, f64::NEG_INFINITY, Some(0.0));
        assert!((ended.at(1e-6) - 2.0).abs() < 1e-6);
        assert!(ended.at(1e9) < 1e-12);
        assert_eq!(course(2.0, &kinetics, 10.0, Some(5.0)).at(20.0), 0.0);
    }

    #[test]
    fn repeated_pulses_equal_the_sum_of_single_ones_where_uptake_and_release_are_alike() {
        let kinetics =
            Kinetics { wash_in: time(5.0), wash_out: time(5.0), membrane: Some(time(0.25)), diffusion: None };
        let minute = 60_000.0;
        let flows = [[10.0 * minute, 12.0 * minute], [20.0 * minute, 22.0 * minute], [30.0 * minute, 35.0 * minute]];
        let together = Course::new(2.0, &kinetics, &flows, &Chamber::default());
        for at in [5.0, 11.0, 15.0, 21.0, 25.0, 33.0, 50.0] {
            let single = flows.map(|flow| Course::new(2.0, &kinetics, &[flow], &Chamber::default()).at(at * minute));
            let sum: f64 = single.iter().sum();
            assert!((together.at(at * minute) - sum).abs() < 1e-9, "{at} min");
        }
    }
}
