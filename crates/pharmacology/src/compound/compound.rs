//! A compound as the library holds it: identity, actions, kinetics.

use crate::compound::number::{Maximum, Number};
use crate::compound::target::{Mode, PotencyKind, Ring, Site, Target};
use quantity::{Concentration, Fraction, Temperature, Time};
use serde::Serialize;

/// Stereochemical key of progesterone.
pub(crate) const PROGESTERONE: &str = "d4-3-oxo-20-oxo";

/// Stereochemical key of 5α-dihydroprogesterone.
pub(crate) const DHP: &str = "5a-3-oxo-20-oxo";

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
    /// Behaviour in the body; `None` if it is not recorded.
    pub systemic: Option<Systemic>,
    /// Constants in the co-agonist law, where the data allow; they then stand
    /// for the gains on tonic and directly gated conductance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allostery: Option<Allostery>,
    /// Fraction of the nominal bath concentration that is free at the tissue. `None` (`null`): not recorded.
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
    /// Chemical Abstracts Service registry number. `None` (`null`): not recorded.
    pub cas: Option<String>,
    /// PubChem compound number. `None` (`null`): not recorded.
    pub pubchem: Option<String>,
    /// ChEBI number. `None` (`null`): not recorded.
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
    /// Preparation of the measurement. `None` (`null`): not stated in what was seen of the source.
    pub preparation: Option<String>,
    /// Species of the measurement. `None` (`null`): not stated in what was seen of the source.
    pub species: Option<String>,
    /// Temperature of the measurement. `None` (`null`): not stated in what was seen of the source.
    pub temperature: Option<Temperature>,
    /// In force only under this scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// Out of force under any of these scenarios.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<String>,
    /// For blocks that need open channels: rate of blocking, per µM and s of open
    /// time; the rate of leaving is this times the potency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_rate: Option<Number<f64>>,
    /// For such blocks: share of time that the channels are open without
    /// stimulation, through ambient transmitter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resting_activity: Option<Number<f64>>,
    /// For effects that follow the curve with a delay: time constant of onset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub onset: Option<Number<Time>>,
    /// Time constant with which a delayed effect subsides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<Number<Time>>,
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
    /// Apparent diffusion coefficient in brain tissue (partition included),
    /// cm²/s; used where the depth of the recorded cells is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diffusion: Option<Number<f64>>,
}

/// How a compound behaves in the body, for systemic dosing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Systemic {
    /// Half-life in plasma.
    pub half_life: Number<Time>,
    /// From an oral dose to the peak in plasma.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peak: Option<Number<Time>>,
    /// Unbound fraction in plasma.
    pub unbound: Number<Fraction>,
    /// Remarks, e.g. on oral availability.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Constants of a modulator in the co-agonist law of GABA-A receptors.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Allostery {
    /// Dissociation constant at the closed receptor.
    pub k: Number<Concentration>,
    /// Affinity of the closed over that of the open receptor; below 1 for a
    /// potentiator.
    pub c: Number<f64>,
    /// Number of equivalent sites.
    pub sites: Number<f64>,
    /// The binding site, for the antagonists of potentiation.
    pub site: Site,
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

    /// True if the action is written as a concentration–response curve on a
    /// number of the synapse.
    pub fn is_applied(&self) -> bool {
        self.target.is_modelled()
            && self.on_rate.is_none()
            && self.onset.is_none()
            && !matches!(self.mode, Mode::OpenChannelBlock | Mode::Scavenger)
    }

    /// True if the action changes the synapse by any path: a curve, a block that
    /// builds up with use, a delayed effect, the synthesis or the removal of
    /// steroids.
    pub fn takes_part(&self) -> bool {
        self.is_applied() || self.is_state() || self.target.acts_on_steroids()
    }

    /// True if the action is a state variable of its own.
    pub(crate) fn is_state(&self) -> bool {
        self.target.is_modelled() && (self.on_rate.is_some() || self.onset.is_some())
    }
}

impl Compound {
    /// Ring junction of a pregnane steroid, from the key.
    pub(crate) fn ring(&self) -> Option<Ring> {
        Ring::of_key(&self.stereo_key)
    }

    /// True if every action that reaches the synapse needs a late phase to show.
    pub fn acts_on_the_late_phase_only(&self) -> bool {
        let mut reaching = self.targets.iter().filter(|action| action.takes_part()).peekable();
        reaching.peek().is_some() && reaching.all(|action| action.target.is_late_phase())
    }

    /// True for progesterone and 5α-DHP, which act through what is made of them.
    pub(crate) fn is_precursor(&self) -> bool {
        matches!(self.stereo_key.as_str(), PROGESTERONE | DHP)
    }

    /// True if at least one action reaches the synapse under some scenario.
    pub fn acts_on_the_synapse(&self) -> bool {
        self.targets.iter().any(Action::takes_part) || self.is_precursor()
    }
}
