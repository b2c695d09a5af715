//! What a reader of the results must know.

use crate::evidence::basis::exposures;
use crate::evidence::solution;
use crate::evidence::spelling::{round, unit_of, with_unit};
use crate::plan::plan::Plan;
use evidence::{Remark, RemarkKind};

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
    solution::remark(plan).into_iter().for_each(&mut add);
    for condition in &plan.conditions {
        condition.remarks.iter().cloned().for_each(&mut add);
        let animals = &condition.animals;
        if !animals.physiology.is_unstated() {
            let text = format!("{}: animals in {}.", condition.name, animals.physiology.in_words());
            add(Remark::new(RemarkKind::Preparation, text));
        }
        for change in &animals.prepared.changes {
            let value = with_unit(round(change.value), unit_of(&change.parameter));
            let text = format!("{}: {} = {value} ({}).", condition.name, change.parameter, change.reason);
            add(Remark::new(RemarkKind::Parameter, text));
        }
        for scenario in condition.scenario.names() {
            let text = format!("{}: the scenario \"{scenario}\" is assumed.", condition.name);
            add(Remark::new(RemarkKind::Scenario, text));
        }
    }
    remarks
}
