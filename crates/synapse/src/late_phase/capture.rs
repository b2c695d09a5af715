//! The late phase attached to any rule: the strength that induction leaves is an
//! early weight that decays; tag, proteins and capture decide what stays.
//!
//!   h' = −(h − h_0)/τ_e, τ_e = τ_h/0.1 (the early decay of the published model)
//!   τ_p p' = α a_s S − p,  τ_z z' as published, times the share of PKA that is active
//!
//! S is 1 while proteins are made: because the change of the synapse itself exceeds
//! θ_pro (as published for a single synapse), or because the PKA/CREB drive of the
//! cell exceeds its threshold. The drive answers to trains: each adds a response
//! with a rise of 10 min and a decay of 2 h, smaller if the train before it was
//! recent (recovery 5 min), so that spaced trains sum and massed ones do not
//! (Huang & Kandel 1994 Learn Mem 1:74: one train gives 1–3 h of potentiation,
//! three spaced trains more than 6 h that needs PKA and protein synthesis).

use crate::late_phase::luboeinski_2021::{SET, Stc};
use crate::receptors::voltage::peak_factor;

/// What lets proteins be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProteinSource {
    /// The change of the synapse itself.
    OwnChange,
    /// The PKA/CREB drive of the cell.
    Drive,
}

/// The PKA/CREB drive; model choices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drive {
    /// Rise of the response to a train, s.
    pub rise_s: f64,
    /// Decay of the response, s.
    pub decay_s: f64,
    /// Recovery after a train, s.
    pub recovery_s: f64,
    /// Drive that starts protein synthesis, in peaks of one train.
    pub threshold: f64,
}

impl Default for Drive {
    fn default() -> Self {
        Self { rise_s: 600.0, decay_s: 7200.0, recovery_s: 300.0, threshold: 1.5 }
    }
}

/// Pharmacology of the late phase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conditions {
    /// Share of protein synthesis that works: 0 under anisomycin.
    pub protein_synthesis: f64,
    /// Share of PKA that works: 0 under its block.
    pub pka: f64,
}

impl Default for Conditions {
    fn default() -> Self {
        Self { protein_synthesis: 1.0, pka: 1.0 }
    }
}

/// Late phase of one synapse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LatePhase {
    /// Early change relative to rest, (h − h_0)/h_0.
    pub early: f64,
    /// Protein.
    pub protein: f64,
    /// Late-phase weight.
    pub late: f64,
    source: ProteinSource,
    rise: f64,
    decay: f64,
    since_train_s: f64,
}

/// Stretch over which the switches hold, s.
const STRETCH_S: f64 = 30.0;

impl LatePhase {
    /// A synapse at rest.
    pub fn new(source: ProteinSource) -> Self {
        Self { early: 0.0, protein: 0.0, late: 0.0, source, rise: 0.0, decay: 0.0, since_train_s: f64::INFINITY }
    }

    /// A train that takes a resting synapse to `ratio` (what a rule yields). On a
    /// synapse that has changed already it restores that strength: inductions
    /// saturate rather than add.
    pub fn train(&mut self, ratio: f64, drive: &Drive, conditions: &Conditions) {
        let change = ratio - 1.0;
        if change.abs() > self.early.abs() || change * self.early < 0.0 {
            self.early = change;
        }
        let recovered = -libm::expm1(-self.since_train_s / drive.recovery_s);
        let response = peak_factor(drive.rise_s, drive.decay_s) * recovered * conditions.pka;
        self.rise += response;
        self.decay += response;
        self.since_train_s = 0.0;
    }

    /// Strength relative to rest, early and late.
    pub fn strength(&self) -> f64 {
        1.0 + self.early + self.late
    }

    /// Passes `length_s` without stimulation.
    pub fn pass(&mut self, s: &Stc, drive: &Drive, conditions: &Conditions, length_s: f64) {
        let parts = libm::ceil(length_s / STRETCH_S).max(1.0);
        let step = length_s / parts;
        let early_decay = libm::exp(-0.1 * step / s.tau_h_s);
        let (rise, decay) = (libm::exp(-step / drive.rise_s), libm::exp(-step / drive.decay_s));
        let half = (libm::sqrt(rise), libm::sqrt(decay));
        let fade = libm::exp(-step / s.tau_p_s);
        let (tag, needed) = (s.theta_tag_mv / s.h0_mv, s.theta_pro_mv / s.h0_mv);
        for _ in 0..parts as u64 {
            let early = self.early * libm::sqrt(early_decay);
            let making = match self.source {
                ProteinSource::OwnChange => early.abs() > needed,
                ProteinSource::Drive => self.decay * half.1 - self.rise * half.0 > drive.threshold,
            };
            let goal = if making { s.alpha * conditions.protein_synthesis } else { 0.0 };
            // Integral of the protein over the stretch.
            let dose = goal * step - (goal - self.protein) * s.tau_p_s * (1.0 - fade);
            let captured = libm::exp(-dose * conditions.pka / s.tau_z_s);
            if early > tag {
                self.late = 1.0 + (self.late - 1.0) * captured;
            } else if -early > tag {
                self.late = -0.5 + (self.late + 0.5) * captured;
            }
            self.protein = goal + (self.protein - goal) * fade;
            self.early *= early_decay;
            self.rise *= rise;
            self.decay *= decay;
        }
        self.since_train_s += length_s;
    }
}

/// A plan for the hours after induction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Follow {
    /// Inductions.
    pub trains: u32,
    /// Time from one to the next, s.
    pub interval_s: f64,
    /// What lets proteins be made.
    pub source: ProteinSource,
    /// Pharmacology.
    pub conditions: Conditions,
}

/// Times after the last train at which the strength is told.
const TOLD: [(&str, f64); 5] = [
    ("strength_1min", 60.0),
    ("strength_1h", 3_600.0),
    ("strength_2h", 7_200.0),
    ("strength_4h", 14_400.0),
    ("strength_8h", 28_800.0),
];

/// Strength relative to rest at five times after inductions of `ratio` each.
pub fn follow_up(ratio: f64, plan: &Follow) -> Vec<(&'static str, f64)> {
    let (drive, s) = (Drive::default(), SET);
    let mut synapse = LatePhase::new(plan.source);
    for k in 0..plan.trains {
        if k > 0 {
            synapse.pass(&s, &drive, &plan.conditions, plan.interval_s);
        }
        synapse.train(ratio, &drive, &plan.conditions);
    }
    let mut now = 0.0;
    TOLD.iter()
        .map(|&(name, t)| {
            synapse.pass(&s, &drive, &plan.conditions, t - now);
            now = t;
            (name, synapse.strength())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Strength 8 h after `trains` trains `spacing_s` apart, each of ratio 1.5.
    fn after_8_h(trains: u32, spacing_s: f64, conditions: Conditions) -> (f64, f64) {
        let mut synapse = LatePhase::new(ProteinSource::Drive);
        let drive = Drive::default();
        for k in 0..trains {
            if k > 0 {
                synapse.pass(&SET, &drive, &conditions, spacing_s);
            }
            synapse.train(1.6, &drive, &conditions);
        }
        synapse.pass(&SET, &drive, &conditions, 3600.0);
        let first = synapse.strength();
        synapse.pass(&SET, &drive, &conditions, 7.0 * 3600.0);
        (first, synapse.strength())
    }

    #[test]
    fn one_train_fades_and_spaced_trains_last() {
        let control = Conditions::default();
        let one = after_8_h(1, 0.0, control);
        assert!(one.0 > 1.3 && (one.1 - 1.0).abs() < 0.02, "{one:?}");
        let spaced = after_8_h(3, 600.0, control);
        assert!(spaced.0 > 1.4 && spaced.1 > 1.2, "{spaced:?}");
        let massed = after_8_h(3, 1.0, control);
        assert!((massed.1 - 1.0).abs() < 0.02, "{massed:?}");
    }

    #[test]
    fn anisomycin_and_pka_block_leave_the_early_phase_alone() {
        let control = after_8_h(3, 600.0, Conditions::default());
        for blocked in [
            Conditions { protein_synthesis: 0.0, ..Conditions::default() },
            Conditions { pka: 0.0, ..Conditions::default() },
        ] {
            let found = after_8_h(3, 600.0, blocked);
            assert!(found.0 > 1.3, "{found:?}");
            assert!((found.1 - 1.0).abs() < 0.02 && control.1 > 1.2, "{found:?} {control:?}");
        }
    }

    /// A weakly tagged synapse captures proteins that another one's drive made.
    #[test]
    fn depression_is_captured_downwards_and_bounded() {
        let drive = Drive { threshold: 0.1, ..Drive::default() };
        let mut synapse = LatePhase::new(ProteinSource::Drive);
        synapse.train(0.5, &drive, &Conditions::default());
        synapse.pass(&SET, &drive, &Conditions::default(), 8.0 * 3600.0);
        assert!(synapse.late < -0.1 && synapse.late >= -0.5, "{synapse:?}");
    }
}
