//! The thresholds of Graupner & Brunel on the simulated calcium of a CA1 spine:
//! their set for hippocampal slices with its transient replaced by calcium from
//! receptors and channels, in units of the spine's own response to a test pulse
//! (the set has C_pre = θ_d = 1). As Saudargiene & Graham 2015 Biosystems 130:37
//! attach the rule to a CA1 cell.
//!
//! Shares of time above the thresholds enter the closed form of the paper.

use crate::parameters::table::Parameters;
use crate::rules::ca1_spine::Ca1Spine;
use crate::rules::error::RuleError;
use crate::rules::graupner_brunel_2012::analytic::transitions;
use crate::rules::graupner_brunel_2012::parameters::{GraupnerBrunel2012, HIPPOCAMPAL_SLICES};
use crate::rules::outcome::{Outcome, Prepared};
use crate::rules::parameter::{NamedSet, rule_parameters};
use crate::rules::protocol::Protocol;
use crate::rules::spine::reading::{Peaks, Reading};
use crate::rules::spine::relaxation::{drifted, relaxed, share_above};
use crate::rules::spine::spine_rule::SpineRule;
use evidence::Evidence;

rule_parameters! {
    /// Parameters of the rule.
    GbCalcium {
        theta_d "1" in 0.01..100.0, "Depression threshold, in peaks of calcium after a test pulse";
        theta_p "1" in 0.01..100.0, "Potentiation threshold, in peaks of calcium after a test pulse";
        gamma_d "1" in 0.0..100000.0, "Rate of depression";
        gamma_p "1" in 0.0..100000.0, "Rate of potentiation";
        sigma "1" in 0.0..1000.0, "Amplitude of the noise";
        tau_s "s" in 0.01..100000.0, "Time constant of the synaptic state";
        rho_star "1" in 0.01..0.99, "Boundary between the two states";
        beta "1" in 0.0..1.0, "Share of synapses that begin in the low state";
        strength_ratio "1" in 0.001..1000.0, "Strength of the high state relative to the low one";
    }
}

/// Thresholds and rates of the set for hippocampal slices.
pub(crate) const PAPER_THRESHOLDS: GbCalcium = GbCalcium {
    theta_d: HIPPOCAMPAL_SLICES.theta_d,
    theta_p: HIPPOCAMPAL_SLICES.theta_p,
    gamma_d: HIPPOCAMPAL_SLICES.gamma_d,
    gamma_p: HIPPOCAMPAL_SLICES.gamma_p,
    sigma: HIPPOCAMPAL_SLICES.sigma,
    tau_s: HIPPOCAMPAL_SLICES.tau_s,
    rho_star: HIPPOCAMPAL_SLICES.rho_star,
    beta: HIPPOCAMPAL_SLICES.beta,
    strength_ratio: HIPPOCAMPAL_SLICES.strength_ratio,
};

/// The set.
pub const SETS: &[NamedSet] = &[NamedSet {
    name: "hippocampal_slices",
    title: "thresholds and rates of Graupner & Brunel's set for hippocampal slices",
    source: "Graupner & Brunel 2012 PNAS 109:3991, Table S1; unit of calcium: the test pulse of the spine",
    evidence: Evidence::Derived,
    values: || PAPER_THRESHOLDS.values(),
}];

/// The rule prepared: the spine's response to a test pulse is its unit of calcium.
pub(crate) fn prepare(values: &[f64]) -> Result<Prepared, RuleError> {
    let p = GbCalcium::from_values(values);
    let parameters = Parameters::default();
    let (unit, _) = Ca1Spine::test_pulse(&parameters);
    Ok(Box::new(move |protocol| outcome(&p, &parameters, unit, protocol)))
}

fn outcome(p: &GbCalcium, parameters: &Parameters, unit: f64, protocol: &Protocol) -> Result<Outcome, RuleError> {
    let pattern = protocol.pattern()?;
    let course = Ca1Spine::new(parameters, pattern.held_mv).course(&pattern);
    let (mut low, mut high) = (0.0, 0.0);
    course.each(|s| {
        let (before, after) = (s.calcium.0 / unit, s.calcium.1 / unit);
        low += s.dt_ms * share_above(before, after, p.theta_d);
        high += s.dt_ms * share_above(before, after, p.theta_p);
    });
    let duration_ms = f64::from(pattern.n) * pattern.period_ms;
    let form = GraupnerBrunel2012 {
        gamma_d: p.gamma_d,
        gamma_p: p.gamma_p,
        sigma: p.sigma,
        tau_s: p.tau_s,
        rho_star: p.rho_star,
        beta: p.beta,
        strength_ratio: p.strength_ratio,
        ..HIPPOCAMPAL_SLICES
    };
    let t = transitions(&form, low / duration_ms, high / duration_ms, duration_ms / 1000.0);
    Ok(Outcome::new(t.ratio)
        .with("alpha_d", "1", t.alpha_d)
        .with("alpha_p", "1", t.alpha_p)
        .with("rho_bar", "1", t.rho_bar)
        .with("tau_eff", "s", t.tau_eff_s)
        .with("probability_up", "1", t.up)
        .with("probability_down", "1", t.down)
        .with("calcium_max", "uM", course.peaks().0))
}

/// One spine under the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SpineState {
    pub(crate) rho: f64,
    /// Calcium that counts as 1, µM.
    pub(crate) unit_um: f64,
}

/// On a spine of the slice the rule reads its calcium, in peaks of the spine's own
/// test pulse.
impl SpineRule for GbCalcium {
    type State = SpineState;

    fn start(&self, up: bool, spread: f64, peaks: &Peaks) -> SpineState {
        SpineState { rho: f64::from(u8::from(up)), unit_um: spread * peaks.calcium_um }
    }

    fn advance(&self, state: &mut SpineState, before: &Reading, after: &Reading, dt_ms: f64) {
        let share = |theta: f64| share_above(before.calcium_um, after.calcium_um, theta * state.unit_um);
        let (up, down) = (self.gamma_p * share(self.theta_p), self.gamma_d * share(self.theta_d));
        state.rho = relaxed(state.rho, up, down, self.rho_star, dt_ms / (1000.0 * self.tau_s));
    }

    fn rest(&self, state: &mut SpineState, gap_ms: f64) {
        state.rho = drifted(state.rho, self.rho_star, gap_ms / (1000.0 * self.tau_s));
    }

    fn closeness(&self, state: &SpineState, reading: &Reading) -> f64 {
        reading.calcium_um / (self.theta_d.min(self.theta_p) * state.unit_um)
    }

    fn value(&self, state: &SpineState) -> f64 {
        state.rho
    }

    fn strength(&self, state: &SpineState) -> f64 {
        1.0 + (self.strength_ratio - 1.0) * state.rho
    }

    fn span(&self) -> Option<f64> {
        Some(self.strength_ratio - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fourth-order Runge–Kutta in steps far below a crossing, calcium a triangle.
    #[test]
    fn on_a_spine_it_agrees_with_fine_integration() {
        let p = PAPER_THRESHOLDS;
        let course = |t: f64| if t < 40.0 { 0.05 * t } else { (2.0 - 0.02 * (t - 40.0)).max(0.0) };
        let slope = |t: f64, r: f64| {
            let c = course(t);
            let up = if c > p.theta_p { p.gamma_p * (1.0 - r) } else { 0.0 };
            let down = if c > p.theta_d { p.gamma_d * r } else { 0.0 };
            (-r * (1.0 - r) * (p.rho_star - r) + up - down) / (1000.0 * p.tau_s)
        };
        let (mut rho, h) = (0.4, 0.002);
        for k in 0..70_000 {
            let t = f64::from(k) * h;
            let a = slope(t + 0.5 * h, rho);
            rho += h * slope(t + 0.5 * h, rho + 0.5 * h * a);
        }
        let reading = |t: f64| Reading { calcium_um: course(t), ..Reading::default() };
        let mut state = SpineState { rho: 0.4, unit_um: 1.0 };
        for k in 0..70 {
            let t = 2.0 * f64::from(k);
            p.advance(&mut state, &reading(t), &reading(t + 2.0), 2.0);
        }
        assert!((state.rho - rho).abs() < 1e-5, "{} {rho}", state.rho);
        assert!((state.rho - 0.4).abs() > 0.05);
    }
}
