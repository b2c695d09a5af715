//! Deperrois & Graupner 2020 PLoS Comput Biol 16:e1008265: short-term depression
//! of release in front of a calcium rule with a flat potential.
//!
//!   x ← 1 − (1 − x(1−U)) e^{−Δ/τ_rec} at every presynaptic spike after the first,
//!   presynaptic calcium jump w U C_pre x, postsynaptic jump C_post,
//!   calcium decays with τ_Ca, and
//!   τ w' = γ_p (1−w) − γ_d w  above θ_p,   τ w' = −γ_d w  between θ_d = 1 and θ_p.
//!
//! Several pairs make a presentation, and presentations follow each other at a
//! fixed period. The presynaptic calcium comes D after its spike. Every stretch
//! between events and threshold crossings is passed in closed form.

use crate::rules::error::RuleError;
use crate::rules::outcome::Outcome;
use crate::rules::parameter::{NamedSet, rule_parameters};
use crate::rules::protocol::{Pattern, Protocol};
use crate::rules::spine::reading::{Peaks, Reading};
use crate::rules::spine::spine_rule::SpineRule;
use evidence::Evidence;

rule_parameters! {
    /// Parameters of the rule.
    Deperrois2020 {
        tau_ca_ms "ms" in 0.1..1000.0, "Decay of the calcium transient";
        c_pre "1" in 0.0..100.0, "Calcium of a presynaptic spike at full resources, use 1 and weight 1";
        c_post "1" in 0.0..100.0, "Calcium that a postsynaptic spike adds";
        theta_d "1" in 0.01..100.0, "Depression threshold";
        theta_p "1" in 0.01..100.0, "Potentiation threshold";
        gamma_d "1" in 0.0..100000.0, "Rate of depression";
        gamma_p "1" in 0.0..100000.0, "Rate of potentiation";
        tau_ms "ms" in 1.0..1.0e8, "Time constant of the weight";
        delay_ms "ms" in 0.0..1000.0, "Delay of the calcium of a presynaptic spike";
        recovery_ms "ms" in 0.1..100000.0, "Recovery of the resources";
        release_use "1" in 0.0..1.0, "Share of the resources that a spike uses";
        presentations "1" in 1.0..10000.0, "Number of presentations";
        presentation_period_ms "ms" in 1.0..1.0e7, "Time from one presentation to the next";
        start_weight "1" in 0.001..1.0, "Weight before the protocol";
    }
}

/// Fit to Markram et al. 1997.
pub const MARKRAM: Deperrois2020 = Deperrois2020 {
    tau_ca_ms: 48.9774484,
    c_pre: 2.41618557,
    c_post: 1.38836494,
    theta_d: 1.0,
    theta_p: 1.38843434,
    gamma_d: 176.541097,
    gamma_p: 579.578738,
    tau_ms: 143_096.29,
    delay_ms: 10.070054,
    recovery_ms: 525.0,
    release_use: 0.46,
    presentations: 10.0,
    presentation_period_ms: 4000.0,
    start_weight: 0.5,
};

/// Fit to Sjöström et al. 2001.
const SJOSTROM: Deperrois2020 = Deperrois2020 {
    tau_ca_ms: 38.3492083,
    c_pre: 3.99132241,
    c_post: 1.12940834,
    theta_d: 1.0,
    theta_p: 1.63069609,
    gamma_d: 111.320539,
    gamma_p: 564.392975,
    tau_ms: 299_877.8,
    delay_ms: 9.23545841,
    recovery_ms: 148.9192,
    release_use: 0.383753,
    presentations: 15.0,
    presentation_period_ms: 10_000.0,
    start_weight: 0.5,
};

const PAPER: &str = "Deperrois & Graupner 2020 PLoS Comput Biol 16:e1008265, public parameter files";

/// The published sets.
pub const SETS: &[NamedSet] = &[
    NamedSet {
        name: "sHFullSim1",
        title: "fit to Markram et al. 1997",
        source: PAPER,
        evidence: Evidence::Measured,
        values: || MARKRAM.values(),
    },
    NamedSet {
        name: "sJFullSim0",
        title: "fit to Sjöström et al. 2001",
        source: PAPER,
        evidence: Evidence::Measured,
        values: || SJOSTROM.values(),
    },
];

/// What a spike does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Event {
    /// Calcium of a presynaptic spike.
    Pre,
    /// Calcium of a postsynaptic spike.
    Post,
}

/// Weight at the end; `n` of the pattern are the repetitions of one presentation.
///
/// # Errors
/// A presentation that lasts beyond the beginning of the next.
pub fn end_weight(p: &Deperrois2020, pattern: &Pattern) -> Result<f64, RuleError> {
    let length_ms = f64::from(pattern.n - 1) * pattern.period_ms;
    // A presentation may end when the next begins, as it does at 1 Hz.
    if length_ms > p.presentation_period_ms && p.presentations > 1.0 {
        return Err(RuleError::BeyondPeriod {
            what: "a presentation",
            found_ms: length_ms,
            frequency_hz: 1000.0 / p.presentation_period_ms,
            period_ms: p.presentation_period_ms,
        });
    }
    let mut events = Vec::new();
    for presentation in 0..p.presentations.round() as u32 {
        let start_ms = f64::from(presentation) * p.presentation_period_ms;
        events.extend(pattern.pre_spikes(start_ms).into_iter().map(|t| (t, Event::Pre)));
        events.extend(pattern.post_spikes(start_ms).into_iter().map(|t| (t - p.delay_ms, Event::Post)));
    }
    events.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut weight, mut calcium, mut resources) = (p.start_weight, 0.0, 1.0);
    let mut last_pre: Option<f64> = None;
    for (k, &(t, event)) in events.iter().enumerate() {
        match event {
            Event::Pre => {
                if let Some(last) = last_pre {
                    let left = 1.0 - resources * (1.0 - p.release_use);
                    resources = 1.0 - left * libm::exp(-(t - last) / p.recovery_ms);
                }
                last_pre = Some(t);
                calcium += weight * p.release_use * p.c_pre * resources;
            }
            Event::Post => calcium += p.c_post,
        }
        // After the last event calcium decays below both thresholds.
        let length = events.get(k + 1).map_or(f64::INFINITY, |next| next.0 - t);
        weight = passed(p, weight, calcium, length);
        calcium *= libm::exp(-length / p.tau_ca_ms);
    }
    Ok(weight)
}

/// The weight after `length_ms` without events, from a calcium level.
fn passed(p: &Deperrois2020, weight: f64, calcium: f64, length_ms: f64) -> f64 {
    let above = |theta: f64| {
        if calcium > theta { (p.tau_ca_ms * libm::log(calcium / theta)).min(length_ms) } else { 0.0 }
    };
    let high_ms = above(p.theta_p);
    let middle_ms = (above(p.theta_d) - high_ms).max(0.0);
    let rate = p.gamma_p + p.gamma_d;
    let target = if rate > 0.0 { p.gamma_p / rate } else { weight };
    let raised = target + (weight - target) * libm::exp(-rate * high_ms / p.tau_ms);
    raised * libm::exp(-p.gamma_d * middle_ms / p.tau_ms)
}

/// The rule under a protocol.
///
/// # Errors
/// A protocol that does not fit.
pub(crate) fn outcome(values: &[f64], protocol: &Protocol) -> Result<Outcome, RuleError> {
    let p = Deperrois2020::from_values(values);
    let end = end_weight(&p, &protocol.pattern()?)?;
    Ok(Outcome::new(end / p.start_weight).with("weight_end", "1", end))
}

/// One spine under the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SpineState {
    pub(crate) weight: f64,
    /// Calcium transient of the rule.
    pub(crate) calcium: f64,
}

/// On a spine of the slice the rule carries its calcium transient; its short-term
/// depression is that of the terminal.
impl SpineRule for Deperrois2020 {
    type State = SpineState;

    fn start(&self, _up: bool, _spread: f64, _peaks: &Peaks) -> SpineState {
        SpineState { weight: self.start_weight, calcium: 0.0 }
    }

    fn delay_ms(&self) -> f64 {
        self.delay_ms
    }

    fn presynaptic(&self, state: &mut SpineState, release: f64, _reading: &Reading) {
        state.calcium += state.weight * self.release_use * self.c_pre * release;
    }

    fn postsynaptic(&self, state: &mut SpineState) {
        state.calcium += self.c_post;
    }

    fn advance(&self, state: &mut SpineState, _before: &Reading, _after: &Reading, dt_ms: f64) {
        state.weight = passed(self, state.weight, state.calcium, dt_ms);
        state.calcium *= libm::exp(-dt_ms / self.tau_ca_ms);
    }

    fn rest(&self, state: &mut SpineState, gap_ms: f64) {
        self.advance(state, &Reading::default(), &Reading::default(), gap_ms);
    }

    fn value(&self, state: &SpineState) -> f64 {
        state.weight
    }

    fn strength(&self, state: &SpineState) -> f64 {
        state.weight / self.start_weight
    }
}
