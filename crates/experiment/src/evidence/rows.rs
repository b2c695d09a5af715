//! What the results of a plan rest on: every parameter of the synapse and every
//! number of the compounds in the bath, with source and evidence.

use crate::evidence::basis::exposures;
use crate::evidence::solution;
use crate::evidence::spelling::{unit_of, with_unit};
use crate::plan::plan::Plan;
use evidence::{Evidence, EvidenceRow};
use synapse::rules::RuleParameter;
use synapse::{ParameterSpec, Parameters};

/// The evidence of a plan: one row for each number of a compound and for each
/// parameter that the experiment changes; the other parameters are gathered by
/// group and evidence, since they are many and the same in every experiment.
pub(crate) fn rows(plan: &Plan) -> Vec<EvidenceRow> {
    let protocols = plan.inductions.iter().map(|induction| EvidenceRow {
        subject: format!("induction protocol {}", induction.name),
        value: induction.title.clone(),
        source: induction.source.clone(),
        tag: induction.evidence,
        note: induction.note.clone(),
    });
    let mut rows = of_preparation(plan);
    rows.extend(protocols);
    rows.extend(of_synapse(plan));
    rows
}

/// The evidence of a plan of which nothing is induced.
pub(crate) fn without_induction(plan: &Plan) -> Vec<EvidenceRow> {
    let mut rows = of_preparation(plan);
    rows.extend(of_synapse(plan));
    rows
}

/// What is in the baths and in the animals, and the solution around them.
fn of_preparation(plan: &Plan) -> Vec<EvidenceRow> {
    let mut rows: Vec<EvidenceRow> = Vec::new();
    for exposure in exposures(plan) {
        for row in exposure.evidence() {
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
    }
    for condition in &plan.conditions {
        for row in &condition.animals.prepared.evidence {
            if !rows.contains(row) {
                rows.push(row.clone());
            }
        }
    }
    rows.extend(solution::evidence(plan));
    rows
}

/// What the synapse rests on: its rule, what the experiment changes, and the rest
/// by group.
fn of_synapse(plan: &Plan) -> Vec<EvidenceRow> {
    let mut rows = plasticity_rows(plan);
    rows.extend(plan.synapse.changes.iter().map(|change| EvidenceRow {
        subject: format!("synapse: {}, changed by this experiment", change.parameter),
        value: with_unit(change.value, unit_of(&change.parameter)),
        source: "experiment file".to_owned(),
        tag: Evidence::ModelChoice,
        note: change.reason.clone(),
    }));
    rows.extend(parameter_groups(plan));
    rows
}

/// The rule of the experiment and its late phase, where they are not the default.
fn plasticity_rows(plan: &Plan) -> Vec<EvidenceRow> {
    let mut rows = Vec::new();
    let chosen = &plan.synapse.rule;
    if !chosen.rule.sets.is_empty() {
        let set = chosen.rule.sets.iter().find(|set| set.name == chosen.set);
        let value = |(parameter, value): (&RuleParameter, &f64)| {
            format!("{} {}", parameter.name, with_unit(*value, parameter.unit))
        };
        let values: Vec<String> = chosen.rule.parameters.iter().zip(&chosen.values).map(value).collect();
        rows.push(EvidenceRow {
            subject: format!("induction rule {}", chosen.in_words()),
            value: values.join("; "),
            source: set.map_or(chosen.rule.source, |set| set.source).to_owned(),
            tag: if chosen.stated.is_empty() {
                set.map_or(Evidence::ModelChoice, |set| set.evidence)
            } else {
                Evidence::ModelChoice
            },
            note: format!(
                "reads {}; how its scale meets that of the synapse is a model choice",
                chosen.rule.attachment.in_words()
            ),
        });
    }
    if let Some(late) = &plan.synapse.late_phase {
        let s = &late.synapse;
        rows.push(EvidenceRow {
            subject: "late phase stc_luboeinski_2021".to_owned(),
            value: format!(
                "early decay {} s; protein {} s; capture {} s; tag at {} mV, h_0 {} mV, h_max {} mV",
                10.0 * s.tau_h_s,
                s.tau_p_s,
                s.tau_z_s,
                s.theta_tag_mv,
                s.h0_mv,
                s.h_max_mv
            ),
            source: "Luboeinski & Tetzlaff 2021 Commun Biol 4:275, public parameter file".to_owned(),
            tag: Evidence::Measured,
            note: String::new(),
        });
        let drive = &late.drive;
        rows.push(EvidenceRow {
            subject: "late phase: PKA/CREB drive of protein synthesis".to_owned(),
            value: format!(
                "rise {} s; decay {} s; recovery between trains {} s; threshold {} peaks of one train",
                drive.rise_s, drive.decay_s, drive.recovery_s, drive.threshold
            ),
            source: "after Huang & Kandel 1994 Learn Mem 1:74 (one train fades, spaced trains last)".to_owned(),
            tag: Evidence::ModelChoice,
            note: String::new(),
        });
    }
    rows
}

/// Unchanged parameters, gathered by the first part of their path and their evidence.
fn parameter_groups(plan: &Plan) -> Vec<EvidenceRow> {
    let mut groups: Vec<(&str, Evidence, Vec<&ParameterSpec>)> = Vec::new();
    let changed = |spec: &ParameterSpec| plan.synapse.changes.iter().any(|change| change.parameter == spec.path);
    for spec in Parameters::specs().iter().filter(|spec| !changed(spec)) {
        let (name, tag) = (group_of(spec), spec.evidence);
        match groups.iter_mut().find(|group| group.0 == name && group.1 == tag) {
            Some(group) => group.2.push(spec),
            None => groups.push((name, tag, vec![spec])),
        }
    }
    let place = |name: &str| Parameters::specs().iter().position(|spec| group_of(spec) == name);
    groups.sort_by_key(|(name, tag, _)| (place(name), *tag));
    groups.into_iter().map(|(name, tag, specs)| group_row(plan, name, tag, &specs)).collect()
}

/// One group of parameters as a row.
fn group_row(plan: &Plan, name: &str, tag: Evidence, specs: &[&ParameterSpec]) -> EvidenceRow {
    let value = |spec: &&ParameterSpec| {
        let value = plan.synapse.parameters.get(spec.path).unwrap_or(spec.default);
        let short = spec.path.split_once('.').map_or(spec.path, |(_, rest)| rest);
        format!("{short} {}", with_unit(value, spec.unit))
    };
    let mut sources: Vec<&str> = Vec::new();
    for spec in specs {
        if !sources.contains(&spec.source) {
            sources.push(spec.source);
        }
    }
    let values: Vec<String> = specs.iter().map(value).collect();
    EvidenceRow {
        subject: format!("synapse: {name}"),
        value: values.join("; "),
        source: sources.join("; "),
        tag,
        note: String::new(),
    }
}

/// First part of the path.
fn group_of(spec: &ParameterSpec) -> &'static str {
    spec.path.split('.').next().unwrap_or(spec.path)
}
