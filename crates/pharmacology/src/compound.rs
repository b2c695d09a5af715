//! A compound as the library holds it: identity, actions, kinetics.

use crate::number::{Maximum, Number};
use crate::statement::EvidenceStatement;
use crate::target::{Mode, PotencyKind, Ring, Site, Target};
use quantity::{Concentration, Fraction, Temperature, Time};
use serde::Serialize;

/// One compound with everything the library knows about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compound {
    /// Full name, e.g. `isopregnanolone`; unique.
    pub name: String,
    /// Short label, e.g. `ISO`; unique.
    pub label: String,
    /// Key of the molecule, for pregnane steroids the stereochemistry of C3
    /// and C5, e.g. `3b5a`; unique. Two names with one key are one compound.
    pub stereo_key: String,
    /// Pharmacological class in words.
    pub class: String,
    /// What the compound is, in one or two sentences.
    pub summary: String,
    /// Other names that mean this compound.
    pub synonyms: Vec<String>,
    /// Wrong or loose names that are understood, with a remark.
    pub misnomers: Vec<Misnomer>,
    /// Names that look alike and mean something else.
    pub confusions: Vec<Confusion>,
    /// Numbers of public registers, where they are certain.
    pub identifiers: Identifiers,
    /// What it acts on.
    pub targets: Vec<Action>,
    /// How it enters and leaves the slice.
    pub kinetics: Kinetics,
    /// Fraction of the nominal bath concentration that is free at the tissue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub free_fraction: Option<Number<Fraction>>,
    /// Solubility and handling in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub solubility: Option<String>,
    /// Remarks for every report that uses the compound.
    pub remarks: Vec<String>,
    /// Whether effects on CA1 LTP have been published: `Some(false)` if a search
    /// found none, so that a simulated effect is a prediction; `None` if nobody
    /// searched. Never an input of the model.
    pub published_ltp_data: Option<bool>,
}

/// A wrong or loose name that is understood all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Misnomer {
    /// The name as it is met.
    pub name: String,
    /// What to tell whoever used it.
    pub remark: String,
}

/// A name that must not be taken for this compound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Confusion {
    /// The name of the other thing.
    pub name: String,
    /// What it is.
    pub because: String,
}

/// Numbers of public registers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Identifiers {
    /// Chemical Abstracts Service registry number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cas: Option<String>,
    /// PubChem compound number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pubchem: Option<String>,
    /// ChEBI number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chebi: Option<String>,
}

/// One action of a compound on one target.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Action {
    /// What it acts on.
    pub target: Target,
    /// How.
    pub mode: Mode,
    /// Where it binds; actions at one site compete. `None`: a site of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
    /// For [`Mode::Gamsa`]: potentiation from which sites is antagonised.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub antagonises: Vec<Site>,
    /// For competitors at the steroid site: only steroids of this ring junction
    /// are displaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<Ring>,
    /// Which constant `potency` is.
    pub potency_kind: PotencyKind,
    /// EC50, IC50 or Ki.
    pub potency: Number<Concentration>,
    /// Hill coefficient.
    pub hill: Number<f64>,
    /// Effect at saturation; `None` for a complete block.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Number<Maximum>>,
    /// Preparation of the measurement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preparation: Option<String>,
    /// Species of the measurement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub species: Option<String>,
    /// Temperature of the measurement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<Temperature>,
    /// In force only under this scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// Out of force under any of these scenarios.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<String>,
    /// Doubts and limits in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How a compound enters and leaves the slice, as first-order steps.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Kinetics {
    /// Time constant of tissue wash-in.
    pub wash_in: Number<Time>,
    /// Time constant of tissue wash-out.
    pub wash_out: Number<Time>,
    /// Time constant of the exchange with the membrane pool that the receptors
    /// see, for compounds that reach their site through the membrane.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub membrane: Option<Number<Time>>,
}

impl Action {
    /// Value of the target at saturation: the stated maximum, or 0 for a
    /// complete block (1 for the fraction of a use-dependent block).
    pub(crate) fn saturation(&self) -> f64 {
        match &self.maximum {
            Some(maximum) => maximum.value.bare(),
            None if self.target == Target::GabaAUseDependent => 1.0,
            None => 0.0,
        }
    }

    /// True if the action reaches the synapse: the target is modelled and the
    /// mode can be written as a concentration–response curve.
    pub fn is_applied(&self) -> bool {
        self.target.is_modelled()
            && !matches!(self.mode, Mode::OpenChannelBlock | Mode::EnzymeInhibitor | Mode::Scavenger)
    }
}

impl Compound {
    /// Ring junction of a pregnane steroid, from the key.
    pub(crate) fn ring(&self) -> Option<Ring> {
        Ring::of_key(&self.stereo_key)
    }

    /// True if at least one action reaches the synapse under some scenario.
    pub fn acts_on_the_synapse(&self) -> bool {
        self.targets.iter().any(Action::is_applied)
    }

    /// Every number of the record with its source, in the order of the record,
    /// for all scenarios.
    pub fn evidence(&self) -> Vec<EvidenceStatement> {
        let mut rows = Vec::new();
        for action in &self.targets {
            rows.extend(EvidenceStatement::of_action(&self.label, action));
        }
        rows.extend(EvidenceStatement::of_uptake(self));
        rows
    }
}
