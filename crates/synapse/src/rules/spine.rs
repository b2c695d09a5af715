//! Rules attached to the simulated calcium of a spine: one state per spine and a
//! step in closed form while calcium moves linearly.
//!
//! A threshold rule relaxes towards γ_p/(γ_p+γ_d) at the rate of what is crossed;
//! over a step in which its calcium moves linearly from `before` to `after`, the
//! share of time above each threshold is exact, and so is the relaxation at the
//! rates that these shares give. The bistable drift is exact as well and acts half
//! before and half after. Between windows of activity, [`AttachedRule::rest`]
//! passes any gap at once.
//!
//! An engine that attaches a rule
//! 1. builds it once with [`AttachedRule::new`] and keeps one [`SynapticState`] per
//!    spine, `value` 0 or 1 (rules with ρ) or the weight at the start;
//! 2. sets `threshold_scale`: with `gb_calcium` the peak of calcium (µM) after the
//!    spine's own test pulse times the spread of thresholds; with Shouval's rule
//!    that peak over 0.29 µM, the peak of a lone pulse in the synapse of its paper;
//!    with the others the spread alone; for Chindemi's rule also `thresholds` from
//!    [`AttachedRule::calibrated`];
//! 3. at every release calls [`AttachedRule::presynaptic`], at every somatic spike
//!    [`AttachedRule::postsynaptic`] (rules that read spikes; the delay of the
//!    presynaptic calcium is the caller's);
//! 4. in every step calls [`AttachedRule::advance`] with the calcium (above rest) or
//!    the effective calcium at both ends of the step, as [`AttachedRule::reads`] says;
//! 5. passes gaps with [`AttachedRule::rest`], and takes the weight of the spine from
//!    [`AttachedRule::strength`].

use super::RuleKind;
use super::chindemi_2022::{Chindemi2022, Thresholds};
use super::gb_calcium::GbCalcium;
use super::graupner_brunel_2012::GraupnerBrunel2012;
use super::shouval_2002::Shouval2002;
use crate::rule::drift;

/// Share of a step, in which a quantity moves linearly, that it spends above `theta`.
pub(crate) fn share_above(before: f64, after: f64, theta: f64) -> f64 {
    let (low, high) = (before.min(after), before.max(after));
    if high <= theta {
        0.0
    } else if low >= theta {
        1.0
    } else {
        (high - theta) / (high - low)
    }
}

/// ρ after `span` time constants under rates `up` and `down` and the bistable
/// drift about `rho_star`, the drift half before and half after.
pub(crate) fn relaxed(rho: f64, up: f64, down: f64, rho_star: f64, span: f64) -> f64 {
    let rate = up + down;
    if rate <= 0.0 {
        return drifted(rho, rho_star, span);
    }
    let rho = drifted(rho, rho_star, 0.5 * span);
    let target = up / rate;
    drifted(target + (rho - target) * libm::exp(-rate * span), rho_star, 0.5 * span)
}

/// The bistable drift ρ' = −ρ(1−ρ)(ρ*−ρ) over `span` time constants: in closed
/// form for ρ* = 1/2, else by Runge–Kutta of fourth order.
pub(crate) fn drifted(rho: f64, rho_star: f64, span: f64) -> f64 {
    if rho_star == 0.5 {
        return drift(rho, span, 1.0);
    }
    let slope = |r: f64| -r * (1.0 - r) * (rho_star - r);
    let steps = libm::ceil(span / 0.05).clamp(1.0, 10_000.0);
    let h = span / steps;
    let mut rho = rho;
    for _ in 0..steps as u32 {
        let a = slope(rho);
        let b = slope(rho + 0.5 * h * a);
        let c = slope(rho + 0.5 * h * b);
        let d = slope(rho + h * c);
        rho += h * (a + 2.0 * b + 2.0 * c + d) / 6.0;
    }
    rho.clamp(0.0, 1.0)
}

/// What a rule reads in a spine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// Spine calcium above rest, µM.
    Calcium,
    /// Effective calcium (integral of calcium above rest), µM ms.
    EffectiveCalcium,
    /// Spikes only: the rule carries a calcium transient of its own.
    Spikes,
}

/// A rule as a spine carries it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AttachedRule {
    /// Graupner–Brunel thresholds on simulated calcium.
    GbCalcium(GbCalcium),
    /// Graupner–Brunel with its own calcium transient.
    GraupnerBrunel2012(GraupnerBrunel2012),
    /// Shouval's Ω and η on simulated calcium.
    Shouval2002(Shouval2002),
    /// Chindemi's effective calcium as published.
    Chindemi2022(Chindemi2022),
}

/// State of one synapse under a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SynapticState {
    /// ρ (0–1), or the weight of a rule without ρ.
    pub value: f64,
    /// Calcium transient of a rule that carries its own.
    pub own_calcium: f64,
    /// Factor on the thresholds of this spine.
    pub threshold_scale: f64,
    /// Thresholds of this spine where the rule makes them its own, µM ms.
    pub thresholds: Option<(f64, f64)>,
}

impl SynapticState {
    /// A synapse at `value` whose thresholds are those of the rule.
    pub fn new(value: f64) -> Self {
        Self { value, own_calcium: 0.0, threshold_scale: 1.0, thresholds: None }
    }
}

impl AttachedRule {
    /// The rule of a kind with values in the order of its parameters (see
    /// [`super::Rule::set`]). `None`: the synapse runs it already
    /// (`effective_calcium`), it reads the potential, or it is a complete model.
    pub fn new(kind: RuleKind, values: &[f64]) -> Option<Self> {
        match kind {
            RuleKind::GbCalcium => Some(Self::GbCalcium(GbCalcium::from_values(values))),
            RuleKind::GraupnerBrunel2012 => Some(Self::GraupnerBrunel2012(GraupnerBrunel2012::from_values(values))),
            RuleKind::Shouval2002 => Some(Self::Shouval2002(Shouval2002::from_values(values))),
            RuleKind::Chindemi2022 => Some(Self::Chindemi2022(Chindemi2022::from_values(values))),
            RuleKind::EffectiveCalcium
            | RuleKind::Clopath2010
            | RuleKind::Dainauskas2023
            | RuleKind::Deperrois2020
            | RuleKind::StcLuboeinski2021
            | RuleKind::NarayananJohnston2010 => None,
        }
    }

    /// What [`Self::advance`] is to be given.
    pub fn reads(&self) -> Reads {
        match self {
            Self::GbCalcium(_) | Self::Shouval2002(_) => Reads::Calcium,
            Self::Chindemi2022(_) => Reads::EffectiveCalcium,
            Self::GraupnerBrunel2012(_) => Reads::Spikes,
        }
    }

    /// A vesicle reaches the spine (rules that read spikes only).
    pub fn presynaptic(&self, state: &mut SynapticState) {
        if let Self::GraupnerBrunel2012(p) = self {
            state.own_calcium += p.c_pre;
        }
    }

    /// The cell fires (rules that read spikes only).
    pub fn postsynaptic(&self, state: &mut SynapticState) {
        if let Self::GraupnerBrunel2012(p) = self {
            state.own_calcium += p.c_post;
        }
    }

    /// Advances the synapse by `dt_ms`, in which the quantity that the rule reads
    /// moves linearly from `before` to `after`; a rule that reads spikes ignores both.
    pub fn advance(&self, state: &mut SynapticState, before: f64, after: f64, dt_ms: f64) {
        let scale = state.threshold_scale;
        match self {
            Self::GbCalcium(p) => {
                let up = p.gamma_p * share_above(before, after, p.theta_p * scale);
                let down = p.gamma_d * share_above(before, after, p.theta_d * scale);
                state.value = relaxed(state.value, up, down, p.rho_star, dt_ms / (1000.0 * p.tau_s));
            }
            Self::Chindemi2022(p) => {
                // Without thresholds of its own the spine never learns.
                let (low, high) = state.thresholds.unwrap_or((f64::INFINITY, f64::INFINITY));
                let up = p.gamma_p * share_above(before, after, high * scale);
                let down = p.gamma_d * share_above(before, after, low * scale);
                state.value = relaxed(state.value, up, down, p.rho_star, dt_ms / p.tau_ms);
            }
            Self::Shouval2002(p) => {
                // Simpson's rule over the linear course of calcium.
                let middle = 0.5 * (before + after);
                let at = |calcium: f64| {
                    let calcium = calcium.max(0.0) / scale;
                    let rate = p.rate_per_ms(calcium);
                    (rate, rate * p.target(calcium))
                };
                let (first, centre, last) = (at(before), at(middle), at(after));
                let rate = (first.0 + 4.0 * centre.0 + last.0) / 6.0;
                let target = (first.1 + 4.0 * centre.1 + last.1) / (6.0 * rate.max(1e-300));
                state.value = target + (state.value - target) * libm::exp(-rate * dt_ms);
            }
            Self::GraupnerBrunel2012(p) => self.own_transient(p, state, dt_ms),
        }
    }

    /// Exact course of a rule with its own transient: crossings in closed form.
    fn own_transient(&self, p: &GraupnerBrunel2012, state: &mut SynapticState, dt_ms: f64) {
        let calcium = state.own_calcium;
        let above = |theta: f64| {
            let theta = theta * state.threshold_scale;
            if calcium > theta { (p.tau_ca_ms * libm::log(calcium / theta)).min(dt_ms) } else { 0.0 }
        };
        let (low, high) = (above(p.theta_d), above(p.theta_p));
        let span = |length: f64| length / (1000.0 * p.tau_s);
        let (first, second) = (low.min(high), low.max(high));
        for (from, to) in [(0.0, first), (first, second), (second, dt_ms)] {
            if to > from {
                let up = if high > from { p.gamma_p } else { 0.0 };
                let down = if low > from { p.gamma_d } else { 0.0 };
                state.value = relaxed(state.value, up, down, p.rho_star, span(to - from));
            }
        }
        state.own_calcium = calcium * libm::exp(-dt_ms / p.tau_ca_ms);
    }

    /// Passes a gap in which calcium rests, in closed form.
    pub fn rest(&self, state: &mut SynapticState, gap_ms: f64) {
        match self {
            Self::GraupnerBrunel2012(_) | Self::Shouval2002(_) => self.advance(state, 0.0, 0.0, gap_ms),
            Self::GbCalcium(p) => state.value = drifted(state.value, p.rho_star, gap_ms / (1000.0 * p.tau_s)),
            Self::Chindemi2022(p) => state.value = drifted(state.value, p.rho_star, gap_ms / p.tau_ms),
        }
    }

    /// Strength of a synapse relative to one at 0 (rules with ρ), or its weight
    /// relative to the weight before induction.
    pub fn strength(&self, state: &SynapticState) -> f64 {
        match self {
            Self::GbCalcium(p) => 1.0 + (p.strength_ratio - 1.0) * state.value,
            Self::GraupnerBrunel2012(p) => 1.0 + (p.strength_ratio - 1.0) * state.value,
            Self::Chindemi2022(p) => p.strength(state.value) / p.strength(0.0),
            Self::Shouval2002(p) => state.value / p.start_weight,
        }
    }

    /// Thresholds of a spine from the peaks of effective calcium (µM ms) after a
    /// test pulse and after a back-propagating spike; only Chindemi's rule makes
    /// thresholds a spine's own.
    pub fn calibrated(&self, peak_pre: f64, peak_post: f64) -> Option<(f64, f64)> {
        match self {
            Self::Chindemi2022(p) => {
                let Thresholds { depression, potentiation } = p.thresholds_from(peak_pre, peak_post);
                Some((depression, potentiation))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::graupner_brunel_2012::{DP, segment_exact};
    use super::super::shouval_2002::PAPER_SET;
    use super::super::{Protocol, chindemi_2022, gb_calcium};
    use super::*;

    #[test]
    fn shares_of_a_linear_course() {
        assert_eq!(share_above(0.0, 2.0, 1.0), 0.5);
        assert_eq!(share_above(2.0, 0.0, 0.5), 0.75);
        assert_eq!(share_above(1.0, 1.0, 1.0), 0.0);
        assert_eq!(share_above(1.5, 1.5, 1.0), 1.0);
        assert_eq!(share_above(0.0, 5.0, f64::INFINITY), 0.0);
    }

    /// With its own transient the attached rule is the event-exact one, whatever
    /// the steps between the spikes (the drift is what the exact mean leaves out,
    /// so it is slowed down to nothing here by starting from 0 with strong rates).
    #[test]
    fn an_attached_graupner_brunel_rule_is_the_event_exact_one() {
        let p = GraupnerBrunel2012 { delay_ms: 0.0, ..DP };
        let expected = segment_exact(&p, &Protocol::Pairs { n: 60, frequency_hz: 1.0, dt_ms: 10.0 }, 0.0).unwrap();
        let rule = AttachedRule::GraupnerBrunel2012(p);
        for parts in [1_u32, 7] {
            let mut state = SynapticState::new(0.0);
            let pass = |state: &mut SynapticState, length: f64| {
                for _ in 0..parts {
                    rule.advance(state, 0.0, 0.0, length / f64::from(parts));
                }
            };
            for _ in 0..60 {
                rule.presynaptic(&mut state);
                pass(&mut state, 10.0);
                rule.postsynaptic(&mut state);
                pass(&mut state, 190.0);
            }
            // 12 s at τ = 150 s: the drift changes ρ by less than a hundredth.
            assert!((state.value - expected).abs() < 0.01, "{parts}: {} {expected}", state.value);
        }
    }

    /// Fourth-order Runge–Kutta in steps far below a crossing, calcium a triangle.
    #[test]
    fn threshold_rules_agree_with_fine_integration() {
        let p = gb_calcium::PAPER_THRESHOLDS;
        let rule = AttachedRule::GbCalcium(p);
        let calcium = |t: f64| if t < 40.0 { 0.05 * t } else { (2.0 - 0.02 * (t - 40.0)).max(0.0) };
        let slope = |t: f64, r: f64| {
            let c = calcium(t);
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
        let mut state = SynapticState::new(0.4);
        for k in 0..70 {
            let t = 2.0 * f64::from(k);
            rule.advance(&mut state, calcium(t), calcium(t + 2.0), 2.0);
        }
        assert!((state.value - rho).abs() < 1e-5, "{} {rho}", state.value);
        assert!((state.value - 0.4).abs() > 0.05);
    }

    #[test]
    fn a_gap_passes_at_once() {
        for rule in [
            AttachedRule::GbCalcium(gb_calcium::PAPER_THRESHOLDS),
            AttachedRule::GraupnerBrunel2012(DP),
            AttachedRule::Chindemi2022(chindemi_2022::BASAL),
            AttachedRule::Shouval2002(PAPER_SET),
        ] {
            let start = SynapticState { own_calcium: 3.0, ..SynapticState::new(0.3) };
            let (mut once, mut parts) = (start, start);
            rule.rest(&mut once, 60_000.0);
            for _ in 0..600 {
                rule.rest(&mut parts, 100.0);
            }
            // A rule with its own transient sees it fall within the first part.
            assert!((once.value - parts.value).abs() < 1e-6, "{rule:?}: {} {}", once.value, parts.value);
        }
    }

    #[test]
    fn the_state_stays_between_0_and_1() {
        let rule = AttachedRule::Chindemi2022(chindemi_2022::BASAL);
        let mut state = SynapticState { thresholds: Some((50.0, 80.0)), ..SynapticState::new(0.0) };
        for k in 0..100_000 {
            let e = 100.0 * (0.5 + 0.5 * libm::sin(f64::from(k) * 0.01));
            rule.advance(&mut state, e, e + 0.5, 1.0);
            assert!((0.0..=1.0).contains(&state.value));
        }
        assert!(state.value > 0.4 && rule.strength(&state) > 1.0);
    }
}
