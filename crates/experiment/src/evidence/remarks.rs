//! What a reader of the results must know.

use crate::evidence::basis::exposures;
use crate::evidence::solution;
use crate::evidence::spelling::{round, unit_of, with_unit};
use crate::plan::plan::Plan;
use evidence::{Remark, RemarkKind};
use synapse::Homeostasis;

/// Remarks for the reader: mixture laws, predictions, chosen scenarios.
pub(crate) fn remarks(plan: &Plan) -> Vec<Remark> {
    let mut remarks: Vec<Remark> = Vec::new();
    let mut add = |remark: Remark| {
        if !remark.text.is_empty() && remarks.iter().all(|known| known.text != remark.text) {
            remarks.push(remark);
        }
    };
    for exposure in exposures(plan) {
        exposure.laws().into_iter().for_each(&mut add);
        exposure.remarks().into_iter().for_each(&mut add);
    }
    if plan.synapse.plasticity().rule.is_some() {
        let text = format!(
            "The induction rule is {}, as published; it is not calibrated to CA1 slices as the default rule is.",
            plan.synapse.rule.in_words()
        );
        add(Remark::new(RemarkKind::Plasticity, text));
    }
    if plan.synapse.late_phase.is_some() {
        let text = "Changes of synapses fade within hours unless proteins that spaced trains make are captured \
                    (Luboeinski & Tetzlaff 2021, with a PKA/CREB drive).";
        add(Remark::new(RemarkKind::Plasticity, text));
    }
    if plan.synapse.homeostasis == Homeostasis::Renormalised {
        let text = "Thresholds of the induction rule are scaled to a drug-free test pulse of each slice's own \
                    parameters: whatever the preparation changes lastingly is taken as made up for.";
        add(Remark::new(RemarkKind::Plasticity, text));
    }
    solution::remark(plan).into_iter().for_each(&mut add);
    for condition in &plan.conditions {
        solution::beyond(plan, condition).into_iter().for_each(&mut add);
        condition.remarks.iter().cloned().for_each(&mut add);
    }
    of_conditions(plan).into_iter().for_each(&mut add);
    remarks
}

/// What holds for some conditions only, each statement once with all of them.
fn of_conditions(plan: &Plan) -> Vec<Remark> {
    let mut found: Vec<(RemarkKind, String, Vec<&str>)> = Vec::new();
    for condition in &plan.conditions {
        let mut say = |kind: RemarkKind, what: String| match found.iter_mut().find(|(_, known, _)| *known == what) {
            Some((_, _, names)) => names.push(&condition.name),
            None => found.push((kind, what, vec![&condition.name])),
        };
        let animals = &condition.animals;
        if !animals.physiology.is_unstated() {
            say(RemarkKind::Preparation, format!("Animals in {}", animals.physiology.in_words()));
        }
        for change in &animals.prepared.changes {
            let value = with_unit(round(change.value), unit_of(&change.parameter));
            say(RemarkKind::Parameter, format!("{} = {value} ({})", change.parameter, change.reason));
        }
        for scenario in condition.scenario.names() {
            say(RemarkKind::Scenario, format!("The scenario \"{scenario}\" is assumed"));
        }
    }
    let all = plan.conditions.len();
    let sentence = |(kind, what, names): (RemarkKind, String, Vec<&str>)| {
        let quoted = || names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<String>>().join(", ");
        let whose = if names.len() == all { "all conditions".to_owned() } else { quoted() };
        Remark::new(kind, format!("{what}: {whose}."))
    };
    found.into_iter().map(sentence).collect()
}
