//! What a reader of the results must know.

use crate::evidence::basis::exposures;
use crate::evidence::solution;
use crate::evidence::spelling::{round, unit_of, with_unit};
use crate::plan::plan::Plan;

/// Remarks for the reader: mixture laws, predictions, chosen scenarios.
pub(crate) fn remarks(plan: &Plan) -> Vec<String> {
    let mut remarks: Vec<String> = Vec::new();
    let mut add = |remark: String| {
        if !remark.is_empty() && !remarks.contains(&remark) {
            remarks.push(remark);
        }
    };
    for exposure in exposures(plan) {
        exposure.laws().into_iter().for_each(&mut add);
        exposure.remarks().into_iter().for_each(&mut add);
    }
    if plan.synapse.plasticity().rule.is_some() {
        add(format!(
            "The induction rule is {}, as published; it is not calibrated to CA1 slices as the default rule is.",
            plan.synapse.rule.in_words()
        ));
    }
    if plan.synapse.late_phase.is_some() {
        add("Changes of synapses fade within hours unless proteins that spaced trains make are captured \
             (Luboeinski & Tetzlaff 2021, with a PKA/CREB drive)."
            .to_owned());
    }
    solution::remark(plan).into_iter().for_each(&mut add);
    for condition in &plan.conditions {
        condition.remarks.iter().cloned().for_each(&mut add);
        let animals = &condition.animals;
        if !animals.physiology.is_unstated() {
            add(format!("{}: animals in {}.", condition.name, animals.physiology.in_words()));
        }
        for change in &animals.prepared.changes {
            let value = with_unit(round(change.value), unit_of(&change.parameter));
            add(format!("{}: {} = {value} ({}).", condition.name, change.parameter, change.reason));
        }
        for scenario in condition.scenario.names() {
            add(format!("{}: the scenario \"{scenario}\" is assumed.", condition.name));
        }
    }
    remarks
}
