//! The laws of a mixture in words, for the report.

use crate::compound::compound::{Action, Compound};
use crate::compound::scenario::Scenario;
use crate::compound::target::{Effector, Mode, Target};
use crate::exposure::effect::effects::{Effects, SiteKey};
use std::collections::{BTreeMap, BTreeSet};

/// One sentence per law in use, in a fixed order.
pub(crate) fn in_words(compounds: &[&Compound], scenario: &Scenario, effects: &Effects) -> Vec<String> {
    let mut laws = Vec::new();
    if effects.groups().is_empty() && compounds.is_empty() {
        return laws;
    }
    laws.push(
        "Each compound follows a concentration–response curve: 1 + (max − 1)·x/(1 + x) for a \
         modulator, 1/(1 + x) for a complete antagonist, x = (C/K)^h."
            .to_owned(),
    );
    laws.extend(shared_sites(compounds, effects));
    laws.extend(independence(compounds, effects));
    let lawful: BTreeSet<usize> = effects.law().compounds().collect();
    if !lawful.is_empty() {
        laws.push(format!(
            "{} change the tonic conductance through one allosteric co-agonist law with GABA, \
             P = 1/(1 + L·Π[(1 + X/K)/(1 + X/(cK))]^N), L = 9000: potentiation and direct gating in one.",
            listed(compounds, &lawful)
        ));
    }
    for compound in compounds {
        for action in active(compound, scenario) {
            laws.extend(special(compound, action));
        }
    }
    laws
}

fn active<'a>(compound: &'a Compound, scenario: &'a Scenario) -> impl Iterator<Item = &'a Action> + 'a {
    compound.targets.iter().filter(|action| action.takes_part() && scenario.admits(action))
}

/// Two or more compounds at one site compete.
fn shared_sites(compounds: &[&Compound], effects: &Effects) -> Vec<String> {
    let mut sharing: BTreeMap<_, BTreeSet<usize>> = BTreeMap::new();
    for group in effects.groups() {
        if let SiteKey::Named(site) = group.site {
            let together: BTreeSet<usize> = group.compounds().collect();
            if together.len() > 1 {
                sharing.entry(site).or_default().extend(together);
            }
        }
    }
    sharing
        .into_iter()
        .map(|(site, together)| {
            format!("{} compete for {}: each occupies x/(1 + Σx) of it.", listed(compounds, &together), site.meaning())
        })
        .collect()
}

/// Compounds at different sites of one target multiply.
fn independence(compounds: &[&Compound], effects: &Effects) -> Vec<String> {
    let mut by_effector: BTreeMap<Effector, Vec<BTreeSet<usize>>> = BTreeMap::new();
    for group in effects.groups() {
        by_effector.entry(group.effector).or_default().push(group.compounds().collect());
    }
    let mut independent: BTreeSet<usize> = BTreeSet::new();
    for sites in by_effector.values() {
        let all: BTreeSet<usize> = sites.iter().flatten().copied().collect();
        if sites.len() > 1 && all.len() > 1 {
            independent.extend(all);
        }
    }
    if independent.is_empty() {
        return Vec::new();
    }
    vec![format!(
        "{} act at different sites of one target: taken as independent, their factors multiply.",
        listed(compounds, &independent)
    )]
}

fn special(compound: &Compound, action: &Action) -> Option<String> {
    let label = &compound.label;
    match (action.mode, action.target) {
        (Mode::Gamsa, _) => {
            let sites: Vec<&str> = action.antagonises.iter().map(|s| s.meaning()).collect();
            Some(format!(
                "{label} antagonises only the potentiated part of GABA-A responses, \
                 non-competitively: 1 + (P − 1)/(1 + (C/IC50)^h) with P the potentiation through {}. \
                 Without potentiation it does nothing by this path, and more of the potentiator \
                 does not surmount it.",
                sites.join(" and ")
            ))
        }
        (Mode::CompetitiveAntagonist, Target::Glun2a) => Some(format!(
            "{label} blocks NMDA receptors by occupancy, 1/(1 + C/Ki): glutamate is present for \
             about 1 ms at 1 mM, far shorter than the antagonist stays bound, so that a receptor \
             occupied when the pulse arrives is lost to it. The shift of the glutamate curve \
             that equilibrium would give does not apply."
        )),
        _ if action.on_rate.is_some() => Some(format!(
            "{label} blocks {} with use: it enters and leaves open channels only, B' = a·r·[C(1 − B) − K·B]; \
             the share blocked is followed from stimulus to stimulus.",
            action.target.meaning()
        )),
        _ if action.onset.is_some() => Some(format!(
            "{label} changes {} with a delay: the effect follows its curve with one time constant while it rises and \
             another while it falls.",
            action.target.meaning()
        )),
        (Mode::Scavenger, _) => {
            Some(format!("{label} binds free steroids: the free share is K/(K + free carrier), from the mass balance."))
        }
        (Mode::EnzymeInhibitor, target) if target.acts_on_steroids() => Some(format!(
            "{label} lowers 5α-reductase to 1/(1 + C/K) of its activity; 5α-DHP, allopregnanolone and \
             isopregnanolone follow the equations of their synthesis."
        )),
        (_, Target::ProteinSynthesis | Target::Pka) => Some(format!(
            "{label} leaves 1/(1 + (C/K)^h) of {}, which only a late phase of plasticity answers to.",
            action.target.meaning()
        )),
        (_, Target::GabaAUseDependent) => Some(format!(
            "{label} blocks GABA-A receptors in proportion to their activation; the stated \
             fraction holds at full activation."
        )),
        (Mode::Agonist, Target::GabaADirect | Target::GabaAGamma2Direct) => {
            Some(format!("{label} opens GABA-A receptors without GABA: conductance is added to the tonic one."))
        }
        _ => None,
    }
}

fn listed(compounds: &[&Compound], indices: &BTreeSet<usize>) -> String {
    let labels: Vec<&str> =
        indices.iter().filter_map(|index| compounds.get(*index)).map(|compound| compound.label.as_str()).collect();
    match labels.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => labels.concat(),
    }
}
