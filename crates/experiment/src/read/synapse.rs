//! `[synapse]`: the induction rule, and parameters that this experiment
//! changes against the calibrated set.

use crate::fault::Fault;
use crate::plan::{ParameterChange, SynapsePlan};
use crate::section::{Section, nearest, unknown};
use synapse::{ParameterSpec, Parameters};

/// Reads the section; an absent one leaves the calibrated set.
pub(super) fn read(top: &mut Section<'_>) -> Option<SynapsePlan> {
    let rules = synapse::rules();
    let mut plan = SynapsePlan {
        rule: rules.first().map(|rule| (*rule).to_string())?,
        changes: Vec::new(),
        parameters: Parameters::default(),
    };
    let Some(mut section) = top.section("synapse", "[synapse]") else { return Some(plan) };
    if let Some(rule) = section.text("rule") {
        if rules.contains(&rule.as_str()) {
            plan.rule = rule.value;
        } else {
            section.page.note(unknown(rule.span.clone(), "induction rule", &rule, rules));
        }
    }
    read_changes(&mut section, &mut plan);
    section.close();
    Some(plan)
}

/// Reads and makes all changes of a section.
pub(super) fn read_changes(section: &mut Section<'_>, plan: &mut SynapsePlan) {
    for mut table in section.sections("changes", "`changes`") {
        if let Some(change) = read_change(&mut table, plan) {
            plan.changes.push(change);
        }
        table.close();
    }
}

/// Reads and makes one change.
fn read_change(table: &mut Section<'_>, plan: &mut SynapsePlan) -> Option<ParameterChange> {
    for (key, example) in [
        ("parameter", "e.g. parameter = \"nmda.glun2b_share\""),
        ("value", "e.g. value = 0.4, in the unit of the parameter"),
        ("reason", "e.g. reason = \"juvenile slices\"; the report prints it"),
    ] {
        if !table.has(key) {
            table.missing(key, example);
        }
    }
    let parameter = table.text("parameter");
    let value = table.number("value", f64::MIN..=f64::MAX);
    let reason = table.text("reason");
    let parameter = parameter?;
    let Some(spec) = Parameters::specs().iter().find(|spec| spec.path == parameter.value) else {
        table.page.note(unknown_parameter(parameter.span, &parameter.value));
        return None;
    };
    if plan.changes.iter().any(|change| change.parameter == parameter.value) {
        table.page.note(
            Fault::at(parameter.span.clone(), format!("{} is changed twice", parameter.value)).found("second change"),
        );
    }
    let (value, reason) = (value?, reason?);
    if plan.parameters.set(&parameter.value, value.value).is_err() {
        table.page.note(
            Fault::at(value.span.clone(), format!("{} is out of range", parameter.value))
                .found(format!("found {}", value.value))
                .accepts(range_in_words(spec)),
        );
        return None;
    }
    Some(ParameterChange { parameter: parameter.value, value: value.value, reason: reason.value })
}

/// The accepted range of a parameter.
fn range_in_words(spec: &ParameterSpec) -> String {
    let unit = if spec.unit == "1" { "" } else { spec.unit };
    format!("accepted: {} to {} {unit} ({})", spec.low, spec.high, spec.meaning.to_lowercase()).replace("  ", " ")
}

/// A parameter that does not exist: lists its neighbours rather than all of them.
fn unknown_parameter(span: std::ops::Range<usize>, asked: &str) -> Fault {
    let paths = || Parameters::specs().iter().map(|spec| spec.path);
    let group = asked.split('.').next().unwrap_or_default();
    let prefix = format!("{group}.");
    let mut known: Vec<&str> = paths().filter(|path| path.starts_with(&prefix)).collect();
    if known.is_empty() {
        known = paths().map(|path| path.split('.').next().unwrap_or(path)).collect();
        known.dedup();
        let fault = Fault::at(span, format!("unknown parameter \"{asked}\""))
            .found("not known")
            .accepts(format!("groups of parameters: {}", known.join(", ")));
        return match nearest(asked, paths()) {
            Some(near) => fault.remedy(format!("did you mean \"{near}\"?")),
            None => fault.remedy("`schaffer rules --parameters` lists every parameter"),
        };
    }
    unknown(span, "parameter", asked, &known)
}
