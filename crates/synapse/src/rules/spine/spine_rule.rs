//! Rules attached to the simulated spines of a slice: one state per spine and a
//! step in closed form while what the rule reads moves linearly.
//!
//! A threshold rule relaxes towards γ_p/(γ_p+γ_d) at the rate of what is crossed;
//! over a step in which its calcium moves linearly, the share of time above each
//! threshold is exact, and so is the relaxation at the rates that these shares
//! give. The bistable drift is exact as well and acts half before and half after.
//! Between windows of activity, [`AttachedRule::rest`] passes any gap at once.
//!
//! What the rules read, and where their scale meets that of the slice:
//! - `gb_calcium`: spine calcium in peaks of the spine's own test pulse;
//! - `shouval_2002`: the same peak stands for 0.29 µM, that of a lone pulse in the
//!   synapse of its paper;
//! - `chindemi_2022`: effective calcium; the thresholds of a spine follow from its
//!   test pulse and its back-propagating spike, as published;
//! - `graupner_brunel_2012`, `deperrois_2020`: a calcium transient of their own; a
//!   presynaptic spike counts by the expected release of its terminal, relative to
//!   a rested one, so that short-term plasticity and drugs on release act;
//! - `clopath_2010`: the dendritic potential, thresholds moved by the difference of
//!   the resting potentials; presynaptic spikes as above;
//! - `dainauskas_2023`: the GluN2A and GluN2B conductances of the spine, a release
//!   of one mean vesicle standing for one pulse of its paper, and the dendritic
//!   potential, moved likewise.
//!
//! These correspondences are model choices.

use crate::parameters::table::Parameters;
use crate::rules::chindemi_2022::parameters::{Chindemi2022, Thresholds};
use crate::rules::clopath_2010::parameters::Clopath2010;
use crate::rules::dainauskas_2023::on_spine::{self as voltage, InCell};
use crate::rules::dainauskas_2023::parameters::Dainauskas2023;
use crate::rules::deperrois_2020::{self, Deperrois2020};
use crate::rules::gb_calcium::GbCalcium;
use crate::rules::graupner_brunel_2012::parameters::GraupnerBrunel2012;
use crate::rules::kind::RuleKind;
use crate::rules::shouval_2002::Shouval2002;
use crate::rules::spine::reading::{Peaks, Reading};
use crate::rules::spine::relaxation::{drifted, relaxed, share_above};
use crate::rules::spine::state::SynapticState;

/// Peak of calcium (µM) after a lone pulse in the synapse of Shouval's paper.
const SHOUVAL_PULSE_UM: f64 = 0.29;
/// Strength, relative to the start, from which a synapse of a rule without ρ
/// counts as potentiated.
const POTENTIATED: f64 = 1.05;

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
    /// Deperrois's calcium transient; its short-term depression is the terminal's.
    Deperrois2020(Deperrois2020),
    /// Clopath's voltage rule on the dendritic potential.
    Clopath2010(Clopath2010, InCell),
    /// Dainauskas's rule on the conductances of the spine.
    Dainauskas2023(Dainauskas2023, InCell),
}

impl AttachedRule {
    /// The rule of a kind with values in the order of its parameters (see
    /// [`crate::rules::Rule::set`]). `None`: the synapse runs it already
    /// (`effective_calcium`), or it is a complete model.
    pub fn new(kind: RuleKind, values: &[f64]) -> Option<Self> {
        let cell = InCell::default();
        match kind {
            RuleKind::GbCalcium => Some(Self::GbCalcium(GbCalcium::from_values(values))),
            RuleKind::GraupnerBrunel2012 => Some(Self::GraupnerBrunel2012(GraupnerBrunel2012::from_values(values))),
            RuleKind::Shouval2002 => Some(Self::Shouval2002(Shouval2002::from_values(values))),
            RuleKind::Chindemi2022 => Some(Self::Chindemi2022(Chindemi2022::from_values(values))),
            RuleKind::Deperrois2020 => Some(Self::Deperrois2020(Deperrois2020::from_values(values))),
            RuleKind::Clopath2010 => Some(Self::Clopath2010(Clopath2010::from_values(values), cell)),
            RuleKind::Dainauskas2023 => Some(Self::Dainauskas2023(Dainauskas2023::from_values(values), cell)),
            RuleKind::EffectiveCalcium | RuleKind::StcLuboeinski2021 | RuleKind::NarayananJohnston2010 => None,
        }
    }

    /// The rule in a cell whose dendrite rests at `rest_mv`.
    pub fn in_cell(self, p: &Parameters, rest_mv: f64) -> Self {
        match self {
            Self::Clopath2010(rule, _) => Self::Clopath2010(rule, InCell::of_clopath(&rule, rest_mv)),
            Self::Dainauskas2023(rule, _) => Self::Dainauskas2023(rule, InCell::of_dainauskas(&rule, p, rest_mv)),
            other => other,
        }
    }

    /// A synapse before induction: potentiated already or not, its thresholds
    /// scaled by `spread`.
    pub fn start(&self, up: bool, spread: f64, peaks: &Peaks) -> SynapticState {
        let rho = f64::from(u8::from(up));
        let mut state = SynapticState { threshold_scale: spread, ..SynapticState::new(rho) };
        match self {
            Self::GbCalcium(_) => state.threshold_scale = spread * peaks.calcium_um,
            Self::Chindemi2022(p) => {
                let own = p.thresholds_from(peaks.effective_um_ms, peaks.spike_effective_um_ms);
                let Thresholds { depression, potentiation } = own;
                state.thresholds = Some((depression, potentiation));
            }
            Self::Shouval2002(p) => {
                state.threshold_scale = spread * peaks.calcium_um / SHOUVAL_PULSE_UM;
                state.value = p.start_weight;
            }
            Self::Deperrois2020(p) => state.value = p.start_weight,
            Self::Clopath2010(p, _) => state.value = p.start_weight,
            Self::Dainauskas2023(p, _) => state.value = p.start_weight,
            Self::GraupnerBrunel2012(_) => {}
        }
        state
    }

    /// From a presynaptic spike to its effect in the rule, ms.
    pub fn presynaptic_delay_ms(&self) -> f64 {
        match self {
            Self::GraupnerBrunel2012(p) => p.delay_ms,
            Self::Deperrois2020(p) => p.delay_ms,
            _ => 0.0,
        }
    }

    /// A presynaptic spike acts; `release` is the expected release of its terminal
    /// relative to a rested one.
    pub fn presynaptic(&self, state: &mut SynapticState, release: f64, reading: &Reading) {
        match self {
            Self::GraupnerBrunel2012(p) => state.own_calcium += p.c_pre * release,
            Self::Deperrois2020(p) => state.own_calcium += state.value * p.release_use * p.c_pre * release,
            Self::Clopath2010(p, cell) => voltage::clopath_spike(p, cell, state, release, reading),
            Self::Dainauskas2023(..) => state.traces.presynaptic += release * voltage::DAINAUSKAS_JUMP,
            Self::GbCalcium(_) | Self::Shouval2002(_) | Self::Chindemi2022(_) => {}
        }
    }

    /// The cell fires (rules with a transient of their own).
    pub fn postsynaptic(&self, state: &mut SynapticState) {
        match self {
            Self::GraupnerBrunel2012(p) => state.own_calcium += p.c_post,
            Self::Deperrois2020(p) => state.own_calcium += p.c_post,
            _ => {}
        }
    }

    /// Advances the synapse by `dt_ms`, in which all that the rule reads moves
    /// linearly from `before` to `after`.
    pub fn advance(&self, state: &mut SynapticState, before: &Reading, after: &Reading, dt_ms: f64) {
        let scale = state.threshold_scale;
        match self {
            Self::GbCalcium(p) => {
                let share = |theta: f64| share_above(before.calcium_um, after.calcium_um, theta * scale);
                let (up, down) = (p.gamma_p * share(p.theta_p), p.gamma_d * share(p.theta_d));
                state.value = relaxed(state.value, up, down, p.rho_star, dt_ms / (1000.0 * p.tau_s));
            }
            Self::Chindemi2022(p) => {
                // Without thresholds of its own the spine never learns.
                let (low, high) = state.thresholds.unwrap_or((f64::INFINITY, f64::INFINITY));
                let share = |theta: f64| share_above(before.effective_um_ms, after.effective_um_ms, theta * scale);
                let (up, down) = (p.gamma_p * share(high), p.gamma_d * share(low));
                state.value = relaxed(state.value, up, down, p.rho_star, dt_ms / p.tau_ms);
            }
            Self::Shouval2002(p) => {
                // Simpson's rule over the linear course of calcium.
                let at = |calcium: f64| {
                    let calcium = calcium.max(0.0) / scale;
                    let rate = p.rate_per_ms(calcium);
                    (rate, rate * p.target(calcium))
                };
                let middle = 0.5 * (before.calcium_um + after.calcium_um);
                let (first, centre, last) = (at(before.calcium_um), at(middle), at(after.calcium_um));
                let rate = (first.0 + 4.0 * centre.0 + last.0) / 6.0;
                let target = (first.1 + 4.0 * centre.1 + last.1) / (6.0 * rate.max(1e-300));
                state.value = target + (state.value - target) * libm::exp(-rate * dt_ms);
            }
            Self::GraupnerBrunel2012(p) => own_transient(p, state, dt_ms),
            Self::Deperrois2020(p) => {
                state.value = deperrois_2020::passed(p, state.value, state.own_calcium, dt_ms);
                state.own_calcium *= libm::exp(-dt_ms / p.tau_ca_ms);
            }
            Self::Clopath2010(p, cell) => voltage::clopath_step(p, cell, state, before, after, dt_ms),
            Self::Dainauskas2023(p, cell) => voltage::dainauskas_step(p, cell, state, before, after, dt_ms),
        }
    }

    /// Passes a gap in which calcium and potential rest, in closed form.
    pub fn rest(&self, state: &mut SynapticState, gap_ms: f64) {
        let quiet = Reading::default();
        match self {
            Self::GraupnerBrunel2012(_) | Self::Deperrois2020(_) | Self::Shouval2002(_) => {
                self.advance(state, &quiet, &quiet, gap_ms);
            }
            Self::GbCalcium(p) => state.value = drifted(state.value, p.rho_star, gap_ms / (1000.0 * p.tau_s)),
            Self::Chindemi2022(p) => state.value = drifted(state.value, p.rho_star, gap_ms / p.tau_ms),
            Self::Clopath2010(p, _) => state.traces.presynaptic *= libm::exp(-gap_ms / p.trace_ms),
            Self::Dainauskas2023(p, _) => voltage::dainauskas_gap(p, state, gap_ms),
        }
    }

    /// How near a spine is to its lowest threshold, 1 at the threshold; 0 for rules
    /// that pass any gap exactly.
    pub fn closeness(&self, state: &SynapticState, reading: &Reading) -> f64 {
        match self {
            Self::GbCalcium(p) => reading.calcium_um / (p.theta_d.min(p.theta_p) * state.threshold_scale),
            Self::Shouval2002(p) => reading.calcium_um / (p.alpha_1_um.min(p.alpha_2_um) * state.threshold_scale),
            Self::Chindemi2022(_) => {
                let lowest = state.thresholds.map_or(f64::INFINITY, |(low, high)| low.min(high));
                reading.effective_um_ms / (lowest * state.threshold_scale)
            }
            Self::GraupnerBrunel2012(_) | Self::Deperrois2020(_) | Self::Clopath2010(..) | Self::Dainauskas2023(..) => {
                0.0
            }
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
            Self::Deperrois2020(p) => state.value / p.start_weight,
            Self::Clopath2010(p, _) => state.value / p.start_weight,
            Self::Dainauskas2023(p, _) => state.value / p.start_weight,
        }
    }

    /// Mean strength before induction, with the share `up` of synapses potentiated.
    pub fn mean_strength(&self, up: f64) -> f64 {
        1.0 + self.span().map_or(0.0, |span| span * up)
    }

    /// Strength of a potentiated synapse less that of a depressed one; `None` for
    /// rules without ρ.
    pub fn span(&self) -> Option<f64> {
        match self {
            Self::GbCalcium(p) => Some(p.strength_ratio - 1.0),
            Self::GraupnerBrunel2012(p) => Some(p.strength_ratio - 1.0),
            Self::Chindemi2022(p) => Some(p.strength(1.0) / p.strength(0.0) - 1.0),
            _ => None,
        }
    }

    /// Whether the synapse counts as potentiated: ρ above 1/2, or 5 % above the
    /// weight before induction.
    pub fn potentiated(&self, state: &SynapticState) -> bool {
        match self.span() {
            Some(_) => state.value > 0.5,
            None => self.strength(state) > POTENTIATED,
        }
    }
}

/// Exact course of a rule with its own transient: crossings in closed form.
fn own_transient(p: &GraupnerBrunel2012, state: &mut SynapticState, dt_ms: f64) {
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
