//! A state made ready for slices: steroids of the tissue, parameters that differ,
//! and what both rest on.

use crate::compound::list::CompoundList;
use crate::compound::number::Number;
use crate::compound::rows;
use crate::state::state::PhysiologicalState;
use crate::tissue::chloride::Chloride;
use crate::tissue::endogenous::Endogenous;
use crate::tissue::expression;
use crate::tissue::expression::History;
use evidence::{Evidence, EvidenceRow};
use quantity::Concentration;
use std::fmt::Display;
use synapse::Parameters;

/// Share of δ receptors in the tonic conductance of CA1: what α5 knock-out
/// leaves. Measured, Glykys & Mody 2006 (PMID 16452257).
const DELTA_IN_TONIC: f64 = 0.6;

/// Decay of the fast IPSC where α4 is fully up (× 2.5). 48 h of allopregnanolone
/// speed the mIPSC of CA1 up (PMC2909183); by how much was not found: geometric
/// middle of 0.6–1, a choice of the model.
const DECAY_AT_FULL_ALPHA4: f64 = 0.775;

/// Share of α4βδ in the tonic conductance where α4 is fully up. A choice of the
/// model (0–0.4).
const SHARE_AT_FULL_ALPHA4: f64 = 0.2;

/// Which value of a range takes part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// The lower end.
    Low,
    /// The stated value, or the middle of the range.
    #[default]
    Centre,
    /// The upper end.
    High,
}

/// A parameter with its new value and the reason.
#[derive(Clone, Debug, PartialEq)]
pub struct StateChange {
    /// Path of the parameter.
    pub parameter: String,
    /// New value, in the unit of the parameter.
    pub value: f64,
    /// Why.
    pub reason: String,
}

/// A state ready for use.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prepared {
    /// Steroids of the tissue.
    pub endogenous: Vec<Endogenous>,
    /// Parameters that differ.
    pub changes: Vec<StateChange>,
    /// Share of α4βδ receptors in the tonic conductance.
    pub alpha4_delta: f64,
    /// What it rests on.
    pub evidence: Vec<EvidenceRow>,
}

impl Bound {
    fn of<T: Copy>(self, number: &Number<T>) -> T {
        match (self, number.range) {
            (Self::Low, Some([low, _])) => low,
            (Self::High, Some([_, high])) => high,
            _ => number.value,
        }
    }
}

impl PhysiologicalState {
    /// The state as steroids, parameters and receptor mix on top of `parameters`.
    /// Names were checked when the record was read; compounds that a user's
    /// folder has taken away are left out.
    pub fn prepared(&self, compounds: &impl AsRef<CompoundList>, parameters: &Parameters, bound: Bound) -> Prepared {
        let mut prepared = Prepared::default();
        for level in &self.levels {
            let Ok(compound) = compounds.as_ref().find(&level.compound) else { continue };
            let free_um = bound.of(&level.total).um() * bound.of(&level.effective);
            let free = Concentration::from_um(free_um);
            prepared.endogenous.push(Endogenous { compound: compound.clone(), free });
            let subject = |what: &str| format!("state {}, {} {what}", self.name, compound.label);
            prepared.evidence.push(self.row(subject("in the tissue"), &level.total));
            prepared.evidence.push(self.row(subject("share that counts"), &level.effective));
        }
        for change in &self.receptors {
            let number = bound.of(&change.number);
            let before = parameters.get(&change.parameter).unwrap_or_default();
            let value = if change.is_factor { before * number } else { number };
            let words = if change.is_factor { format!("× {number:.3}") } else { format!("{number:.3}") };
            prepared.change(&change.parameter, value, format!("state {}: {words}", self.name));
            prepared.evidence.push(self.row(format!("state {}, {}", self.name, change.parameter), &change.number));
        }
        if let Some(share) = &self.alpha4_delta {
            prepared.alpha4_delta = bound.of(share);
            prepared.evidence.push(self.row(format!("state {}, α4βδ share of tonic", self.name), share));
        }
        if let Some(age) = self.chloride_age {
            prepared.set_chloride(&Chloride::of_age(age), &format!("state {}: chloride at {age}", self.name));
        }
        if let Some(past) = self.past {
            let history = History { exposed_d: past.exposed_d, withdrawn_d: past.withdrawn_d };
            prepared.add_history(&history, parameters, &format!("state {}", self.name));
        }
        prepared
    }

    fn row<T: Display>(&self, subject: String, number: &Number<T>) -> EvidenceRow {
        rows::number(subject, number, String::new())
    }

    /// Every number of the record.
    pub fn evidence(&self, compounds: &impl AsRef<CompoundList>) -> Vec<EvidenceRow> {
        self.prepared(compounds, &Parameters::default(), Bound::Centre).evidence
    }
}

impl Prepared {
    /// Sets a parameter; a second change of one parameter takes the place of the first.
    pub fn change(&mut self, parameter: &str, value: f64, reason: String) {
        self.changes.retain(|change| change.parameter != parameter);
        self.changes.push(StateChange { parameter: parameter.to_owned(), value, reason });
    }

    /// Sets the reversal potential of GABA-A from chloride transport.
    pub fn set_chloride(&mut self, chloride: &Chloride, reason: &str) {
        let words = format!("{reason}: [Cl]i {:.1} mM", chloride.inside_mm());
        self.change("gaba_a.reversal", chloride.reversal_mv(), words);
        self.evidence.extend(crate::tissue::chloride::evidence());
    }

    /// Adds what steroid exposure over days has done to the receptors: the fast
    /// IPSC decays faster and α4βδ receptors join the tonic conductance while α4
    /// is up; the δ part of the tonic conductance follows δ.
    pub fn add_history(&mut self, history: &History, parameters: &Parameters, reason: &str) {
        let expression = history.expression();
        let up = (expression.alpha4 - 1.0) / 1.5;
        let now = |prepared: &Self, path: &str| {
            let changed = prepared.changes.iter().find(|change| change.parameter == path).map(|change| change.value);
            changed.or_else(|| parameters.get(path)).unwrap_or_default()
        };
        let words = format!("{reason}: α4 × {:.2}, δ × {:.2}", expression.alpha4, expression.delta);
        let decay = now(self, "gaba_a.fast_decay") * (1.0 + (DECAY_AT_FULL_ALPHA4 - 1.0) * up);
        self.change("gaba_a.fast_decay", decay, words.clone());
        let tonic = now(self, "gaba_a.tonic") * (1.0 - DELTA_IN_TONIC + DELTA_IN_TONIC * expression.delta);
        self.change("gaba_a.tonic", tonic, words);
        self.alpha4_delta = (self.alpha4_delta + SHARE_AT_FULL_ALPHA4 * up).min(1.0);
        self.evidence.extend(expression::evidence());
        let row = |subject: &str, value: &str, source: &str, tag| EvidenceRow {
            subject: format!("subunit expression, {subject}"),
            value: value.to_owned(),
            source: source.to_owned(),
            tag,
            note: String::new(),
        };
        self.evidence.extend([
            row(
                "share of δ in the tonic conductance of CA1",
                "0.6",
                "α5 knock-out leaves 60 %, Glykys & Mody 2006 (PMID 16452257)",
                Evidence::Measured,
            ),
            row(
                "fast IPSC decay at full α4",
                "× 0.775 (0.6 to 1)",
                "Faster after 48 h of allopregnanolone (PMC2909183), size not found",
                Evidence::ModelChoice,
            ),
            row("α4βδ share of tonic at full α4", "0.2 (0 to 0.4)", "No number found", Evidence::ModelChoice),
        ]);
    }
}
