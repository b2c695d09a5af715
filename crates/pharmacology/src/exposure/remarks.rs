//! What an exposure rests on, and what its reader must know.

use crate::compound::compound::{Action, Compound};
use crate::compound::rows;
use crate::compound::target::Mode;
use crate::exposure::effect::coagonist;
use crate::exposure::exposure::Exposure;
use crate::tissue::biosynthesis;
use evidence::{Evidence, EvidenceRow, Remark, RemarkKind};
use quantity::Concentration;
use std::collections::BTreeSet;

/// Lipophilic compounds above this nominal concentration get a remark. A choice
/// of the model: steroids dissolve to some µM or tens of µM in water.
const DOUBTFUL_SOLUTION_UM: f64 = 30.0;

impl Exposure {
    /// Every number that takes part under the scenario, with its source.
    pub fn evidence(&self) -> Vec<EvidenceRow> {
        evidence(self)
    }

    /// What a reader must know about this bath: predictions, scenarios, actions
    /// that are known but not modelled, identities.
    pub fn remarks(&self) -> Vec<Remark> {
        remarks(self)
    }
}

fn evidence(exposure: &Exposure) -> Vec<EvidenceRow> {
    let scenario = exposure.scenario();
    let mut rows = Vec::new();
    for record in &scenario.records {
        rows.push(EvidenceRow {
            subject: format!("scenario {}", record.name),
            value: "on".to_owned(),
            source: record.source.clone(),
            tag: Evidence::ModelChoice,
            note: record.meaning.clone(),
        });
    }
    let law = exposure.effects().law();
    for compound in exposure.participants() {
        for action in &compound.targets {
            let taken = action.takes_part() && scenario.admits(action);
            if !taken || law.replaces(compound, action, scenario) {
                continue;
            }
            let mut statements = rows::of_action(&compound.label, action);
            if let (Some(set), Some(first)) = (scenario.potency(&compound.name, action.target), statements.first_mut())
            {
                first.value = set.to_string();
                first.source = "set by hand in the experiment".to_owned();
                first.tag = Evidence::ModelChoice;
                first.note = format!("the record says {}", action.potency.in_words());
            }
            rows.extend(statements);
        }
        if law.compounds().any(|place| exposure.participants()[place].name == compound.name) {
            rows.extend(rows::of_allostery(compound));
        }
        if exposure.bath().iter().any(|entry| entry.compound.name == compound.name) {
            rows.extend(rows::of_uptake(compound));
        }
    }
    if law.compounds().next().is_some() {
        rows.extend(law_rows());
    }
    if exposure.follows_synthesis() {
        rows.extend(biosynthesis::Rates::evidence());
    }
    rows
}

/// The constants of GABA in the co-agonist law.
fn law_rows() -> Vec<EvidenceRow> {
    let row = |subject: &str, value: String, source: &str, tag| EvidenceRow {
        subject: format!("co-agonist law, {subject}"),
        value,
        source: source.to_owned(),
        tag,
        note: String::new(),
    };
    vec![
        row("L", coagonist::L.to_string(), "α1β2γ2L, Mol Pharm table 81502", Evidence::Measured),
        row(
            "c of GABA",
            coagonist::GABA_C.to_string(),
            "Open probability 0.91 in saturating GABA",
            Evidence::FromMemory,
        ),
        row(
            "K of GABA behind tonic inhibition",
            format!("{} µM", coagonist::GABA_K_TONIC_UM),
            "High-affinity α5 and δ receptors; 2–20 µM defensible",
            Evidence::ModelChoice,
        ),
        row(
            "ambient GABA",
            format!("{} µM", coagonist::AMBIENT_GABA_UM),
            "Geometric mean of 0.2–2.5 µM, Glykys & Mody 2007 J Physiol 582:1163",
            Evidence::Derived,
        ),
    ]
}

fn remarks(exposure: &Exposure) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for record in &exposure.scenario().records {
        remarks.push(Remark::new(RemarkKind::Scenario, format!("Scenario `{}`: {}", record.name, record.meaning)));
    }
    for entry in exposure.bath() {
        remarks.extend(on_compound(exposure, &entry.compound, entry.concentration));
    }
    if exposure.chamber().depth.is_some() {
        let unknown: Vec<&str> = exposure
            .bath()
            .iter()
            .filter(|entry| entry.compound.kinetics.diffusion.is_none())
            .map(|entry| entry.compound.label.as_str())
            .collect();
        if !unknown.is_empty() {
            let text = format!(
                "{}: no diffusion coefficient is known; wash-in follows the first-order constant whatever the depth.",
                unknown.join(", ")
            );
            remarks.push(Remark::new(RemarkKind::Approximation, text));
        }
    }
    remarks
}

fn on_compound(exposure: &Exposure, compound: &Compound, concentration: Concentration) -> Vec<Remark> {
    let label = &compound.label;
    let mut remarks = Vec::new();
    let published = match compound.published_ltp_data {
        Some(false) => Some(format!("{label}: prediction; no published CA1 LTP data were found.")),
        None => Some(format!("{label}: prediction from receptor facts; published CA1 LTP data were not searched for.")),
        Some(true) => None,
    };
    remarks.extend(published.map(|text| Remark::new(RemarkKind::Prediction, text)));
    if compound.kinetics.membrane.is_some() && concentration.um() > DOUBTFUL_SOLUTION_UM {
        let text = format!(
            "{label}: {concentration} of a lipophilic compound is more than is likely to dissolve; taken at face value."
        );
        remarks.push(Remark::new(RemarkKind::Solubility, text));
    }
    remarks.extend(on_actions(exposure, compound));
    remarks.extend(compound.remarks.iter().map(|text| Remark::new(RemarkKind::Compound, format!("{label}: {text}"))));
    remarks
}

/// What the actions in force do not reach, and how they are approximated.
fn on_actions(exposure: &Exposure, compound: &Compound) -> Vec<Remark> {
    let scenario = exposure.scenario();
    let label = &compound.label;
    let mut remarks = Vec::new();
    let mut add = |kind, text| remarks.push(Remark::new(kind, text));
    let in_force = || compound.targets.iter().filter(|a| scenario.admits(a));
    let synthesis =
        compound.is_precursor() || in_force().any(|a| a.mode == Mode::EnzymeInhibitor && a.target.acts_on_steroids());
    if synthesis && exposure.endogenous().is_empty() {
        let text = format!(
            "{label} acts on the synthesis of neurosteroids, but the slices hold none: state a physiological state."
        );
        add(RemarkKind::NothingToActOn, text);
    }
    if !in_force().any(Action::takes_part) && !compound.is_precursor() {
        let text = format!("{label} has no action on a target that the synapse has: it will change nothing here.");
        add(RemarkKind::NoEffect, text);
    }
    let absent: BTreeSet<&str> =
        in_force().filter(|action| !action.takes_part()).map(|action| action.target.meaning()).collect();
    if !absent.is_empty() {
        let absent: Vec<&str> = absent.into_iter().collect();
        add(RemarkKind::NotModelled, format!("{label}: known but not modelled: {}.", absent.join("; ")));
    }
    if in_force().any(|action| action.on_rate.is_some() && action.takes_part()) {
        let text = format!(
            "{label}: the block builds up with the use of the channels; it is the mean over synapses of all release \
             probabilities, at release probabilities that the block itself does not change."
        );
        add(RemarkKind::Approximation, text);
    }
    remarks
}
