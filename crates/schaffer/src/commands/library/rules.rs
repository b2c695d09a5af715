//! `schaffer rules`: the plasticity rules with their sources, sets and parameters,
//! and the parameters of the synapse.

use crate::arguments::records::Rules;
use crate::failure::Failure;
use crate::output::{headed, print, print_json};
use serde::Serialize;
use synapse::Parameters;
use synapse::rules::{RULES, Rule};

/// A parameter, for programs.
#[derive(Serialize)]
struct ParameterJson {
    path: &'static str,
    symbol: &'static str,
    unit: &'static str,
    default: f64,
    low: f64,
    high: f64,
    prior: String,
    evidence: &'static str,
    source: &'static str,
    meaning: &'static str,
}

/// A rule, for programs.
#[derive(Serialize)]
struct RuleJson {
    name: &'static str,
    title: &'static str,
    source: &'static str,
    protocols: &'static [&'static str],
    in_experiments: bool,
    reads: &'static str,
    sets: Vec<SetJson>,
    parameters: Vec<RuleParameterJson>,
}

/// A parameter set, for programs; values in the order of the parameters.
#[derive(Serialize)]
struct SetJson {
    name: &'static str,
    title: &'static str,
    source: &'static str,
    evidence: &'static str,
    values: Vec<f64>,
}

/// A parameter of a rule, for programs.
#[derive(Serialize)]
struct RuleParameterJson {
    name: &'static str,
    unit: &'static str,
    low: f64,
    high: f64,
    meaning: &'static str,
}

impl RuleJson {
    fn new(rule: &Rule) -> Self {
        let set = |set: &synapse::rules::NamedSet| SetJson {
            name: set.name,
            title: set.title,
            source: set.source,
            evidence: set.evidence.in_words(),
            values: (set.values)(),
        };
        let parameter = |p: &synapse::rules::RuleParameter| RuleParameterJson {
            name: p.name,
            unit: p.unit,
            low: p.low,
            high: p.high,
            meaning: p.meaning,
        };
        Self {
            name: rule.name,
            title: rule.title,
            source: rule.source,
            protocols: rule.protocols,
            in_experiments: rule.in_experiments,
            reads: rule.attachment.in_words(),
            sets: rule.sets.iter().map(set).collect(),
            parameters: rule.parameters.iter().map(parameter).collect(),
        }
    }
}

/// Lists the rules, describes one, or lists the parameters of the synapse.
pub fn rules(arguments: &Rules) -> Result<(), Failure> {
    if let Some(name) = &arguments.name {
        let rule = synapse::rules::find(name)?;
        return if arguments.json { print_json(&RuleJson::new(rule)) } else { print(&described(rule)) };
    }
    match (arguments.parameters, arguments.json) {
        (false, true) => print_json(&RULES.iter().map(RuleJson::new).collect::<Vec<_>>()),
        (false, false) => print(&listed()),
        (true, true) => print_json(&parameters().collect::<Vec<_>>()),
        (true, false) => {
            let rows = parameters().map(|p| {
                let range = format!("{} to {} {}", p.low, p.high, p.unit);
                [
                    p.path.to_owned(),
                    p.default.to_string(),
                    range,
                    p.prior.clone(),
                    p.evidence.to_owned(),
                    p.meaning.to_owned(),
                ]
            });
            let head = ["parameter", "value", "range", "prior, central 95 %", "evidence", "meaning"].map(str::to_owned);
            print(&headed(&std::iter::once(head).chain(rows).collect::<Vec<_>>()))
        }
    }
}

fn parameters() -> impl Iterator<Item = ParameterJson> {
    Parameters::specs().iter().map(|spec| ParameterJson {
        path: spec.path,
        symbol: spec.symbol,
        unit: spec.unit,
        default: spec.default,
        low: spec.low,
        high: spec.high,
        prior: spec.prior.to_string(),
        evidence: spec.evidence.in_words(),
        source: spec.source,
        meaning: spec.meaning,
    })
}

/// All rules: name, where it can be used, what it is, source.
fn listed() -> String {
    let row = |rule: &Rule| {
        let used = if rule.in_experiments { "experiments, alone" } else { "alone" };
        [rule.name.to_owned(), used.to_owned(), rule.title.to_owned(), rule.source.to_owned()]
    };
    let head = ["rule", "used in", "what it is", "source"].map(str::to_owned);
    let rows: Vec<[String; 4]> = std::iter::once(head).chain(RULES.iter().map(row)).collect();
    format!("{}\nschaffer rules NAME describes one; schaffer rule NAME runs it alone.", headed(&rows))
}

/// One rule with its sets and parameters.
fn described(rule: &Rule) -> String {
    let mut lines = vec![
        format!("{}: {}", rule.name, rule.title),
        format!("source: {}", rule.source),
        format!("protocols: {}", rule.protocols.join(", ")),
        format!("attached to a synapse it reads: {}", rule.attachment.in_words()),
        format!("in experiments: {}", if rule.in_experiments { "yes" } else { "no" }),
    ];
    if rule.sets.is_empty() {
        lines.push(String::from("parameters: those of the synapse, schaffer rules --parameters"));
        return lines.join("\n");
    }
    lines.push(String::new());
    for set in rule.sets {
        lines.push(format!("set {}: {} [{}]", set.name, set.title, set.evidence));
        lines.push(format!("    {}", set.source));
    }
    lines.push(String::new());
    let rows: Vec<[String; 4]> = rule
        .parameters
        .iter()
        .zip(rule.set(None).map(|set| set.1).unwrap_or_default())
        .map(|(p, value)| {
            let range = format!("{} to {} {}", p.low, p.high, p.unit);
            [p.name.to_owned(), value.to_string(), range, p.meaning.to_owned()]
        })
        .collect();
    let head = ["parameter", "value", "range", "meaning"].map(str::to_owned);
    lines.push(headed(&std::iter::once(head).chain(rows).collect::<Vec<_>>()));
    lines.join("\n")
}
