//! `[synapse]`: the induction rule, and parameters that this experiment
//! changes against the calibrated set.

use crate::plan::synapse::{ParameterChange, RulePlan, SynapsePlan};
use form::{Fault, Section, nearest, unknown};
use synapse::late_phase::LatePhaseModel;
use synapse::rules::{self, Rule};
use synapse::{Homeostasis, ParameterSpec, Parameters};

/// The rule of an experiment that names none.
const DEFAULT_RULE: &str = "effective_calcium";
/// The late phase by name.
const LATE_PHASE: &str = "stc_luboeinski_2021";

/// Reads the section; an absent one leaves the calibrated set.
pub(super) fn read(top: &mut Section<'_>) -> Option<SynapsePlan> {
    let rule = chosen(rules::find(DEFAULT_RULE).ok()?);
    let homeostasis = Homeostasis::default();
    let mut plan =
        SynapsePlan { rule, homeostasis, late_phase: None, changes: Vec::new(), parameters: Parameters::default() };
    let Some(mut section) = top.section("synapse", "[synapse]") else { return Some(plan) };
    read_rule(&mut section, &mut plan);
    let homeostasis = [("absolute", Homeostasis::Absolute), ("renormalised", Homeostasis::Renormalised)];
    plan.homeostasis = section.choice("homeostasis", &homeostasis).unwrap_or_default();
    let late = [("none", None), (LATE_PHASE, Some(LatePhaseModel::default()))];
    plan.late_phase = section.choice("late_phase", &late).flatten();
    read_changes(&mut section, &mut plan);
    section.close();
    Some(plan)
}

/// A rule with its first set.
fn chosen(rule: &'static Rule) -> RulePlan {
    let (set, values) = rule.sets.first().map_or(("", Vec::new()), |set| (set.name, (set.values)()));
    RulePlan { rule, set: set.to_owned(), values, stated: Vec::new() }
}

/// Reads `rule`, `set` and `values`.
fn read_rule(section: &mut Section<'_>, plan: &mut SynapsePlan) {
    let usable = || rules::RULES.iter().filter(|rule| rule.in_experiments);
    section.knows("rule", usable().map(|rule| rule.name), true);
    section.knows("set", usable().flat_map(|rule| rule.sets.iter().map(|set| set.name)), true);
    if let Some(name) = section.text("rule") {
        let names: Vec<&str> = usable().map(|rule| rule.name).collect();
        match usable().find(|rule| rule.name == name.value) {
            Some(rule) => plan.rule = chosen(rule),
            None => section.page.note(unknown(name.span.clone(), "induction rule", &name, &names)),
        }
    }
    let rule = plan.rule.rule;
    if let Some(set) = section.text("set") {
        let names: Vec<&str> = rule.sets.iter().map(|set| set.name).collect();
        match rule.set(Some(&set.value)) {
            Ok((name, values)) => {
                plan.rule.set = name.to_owned();
                plan.rule.values = values;
            }
            Err(_) if names.is_empty() => section.page.note(
                Fault::at(set.span.clone(), format!("{} has no sets", rule.name))
                    .found("its parameters are those of the synapse")
                    .remedy("leave `set` out, or list `changes`"),
            ),
            Err(_) => section.page.note(unknown(set.span.clone(), "set", &set, &names)),
        }
    }
    let Some(mut table) = section.section("values", "`values`") else { return };
    if table.is_described() {
        // Which of them a file may state depends on its rule.
        for parameter in usable().flat_map(|rule| rule.parameters.iter()) {
            table.number(parameter.name, parameter.low..=parameter.high);
        }
        return;
    }
    if rule.parameters.is_empty() {
        let fault = Fault::at(table.span.clone(), format!("{} has no values of its own", rule.name))
            .found("its parameters are those of the synapse")
            .remedy("list `changes`");
        return table.page.note(fault);
    }
    for parameter in rule.parameters {
        let Some(value) = table.number(parameter.name, parameter.low..=parameter.high) else { continue };
        if let Ok(values) = rule.custom(Some(&plan.rule.set), &stated(plan, parameter.name, value.value)) {
            plan.rule.values = values;
            plan.rule.stated.push(parameter.name.to_owned());
        }
    }
    table.close();
}

/// All values stated so far and one more.
fn stated(plan: &SynapsePlan, name: &str, value: f64) -> Vec<(String, f64)> {
    let place = |name: &str| plan.rule.rule.parameters.iter().position(|parameter| parameter.name == name);
    let before = plan.rule.stated.iter().filter_map(|name| Some((name.clone(), *plan.rule.values.get(place(name)?)?)));
    before.chain([(name.to_owned(), value)]).collect()
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
        table.needs(key, example);
    }
    table.knows("parameter", Parameters::specs().iter().map(|spec| spec.path), true);
    let parameter = table.text("parameter");
    let value = table.number("value", f64::MIN..=f64::MAX);
    let reason = table.text("reason");
    let parameter = parameter?;
    let Some(spec) = Parameters::specs().iter().find(|spec| spec.path == parameter.value) else {
        table.page.note(unknown_parameter(parameter.span, &parameter.value));
        return None;
    };
    if !acts_under(plan.rule.rule, spec.path) {
        let what = format!("{} does nothing under the rule {}", spec.path, plan.rule.rule.name);
        table.page.note(
            Fault::at(parameter.span.clone(), what)
                .found("a parameter of effective_calcium")
                .remedy("state the parameters of the rule in `values`"),
        );
        return None;
    }
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

/// Parameters of the default rule that spines have under other rules, too: what
/// they sense, how thresholds spread, how they start and how change is expressed.
const SHARED: [&str; 5] =
    ["rule.effective_decay", "rule.sensor_saturation", "rule.threshold_cv", "rule.initial_up", "rule.expression_time"];

/// Whether a parameter of the synapse acts under a rule.
fn acts_under(rule: &Rule, path: &str) -> bool {
    rule.name == DEFAULT_RULE || !path.starts_with("rule.") || SHARED.contains(&path)
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
