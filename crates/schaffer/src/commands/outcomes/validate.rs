//! `schaffer validate`: the scoreboard, model against published outcomes.

use crate::arguments::outcomes::Validate;
use crate::commands::library::receptors::scoreboard as receptor_scoreboard;
use crate::commands::outcomes::judge::by_board;
use crate::commands::setting::output_tried;
use crate::failure::Failure;
use crate::output::{complain, paint, print, print_json};
use crate::progress::Steps;
use crate::words::validate::{coloured, groups, rule, settings, text};
use laboratory::{cores, with_threads};
use report::scoreboard_page;
use serde::Serialize;
use std::path::Path;
use synapse::Parameters;
use validation::physiology::{PhysiologyRow, physiology};
use validation::{Options, Record, Reference, ReferenceRow, Role, Row, compare, scoreboard};

/// Simulates the outcomes and prints the scoreboard.
pub fn validate(arguments: &Validate) -> Result<(), Failure> {
    if arguments.receptors {
        return receptor_scoreboard(arguments.folder.as_deref(), arguments.json);
    }
    let files = match &arguments.folder {
        Some(folder) => records_of(folder)?,
        None => Vec::new(),
    };
    let (records, references) = chosen(validation::with_folder(&files)?, validation::references()?, arguments)?;
    if arguments.list {
        return list(&records, &references, arguments.json);
    }
    if let Some(draws) = arguments.posterior {
        return by_board(&records, draws as usize, arguments.seed, arguments.jobs);
    }
    let options = Options { animals: arguments.animals, seed: arguments.seed, changes: arguments.set.clone() };
    arguments.page.as_deref().map_or(Ok(()), output_tried)?;
    let steps = Steps::new("simulating", records.len(), "outcomes");
    let jobs = arguments.jobs.map_or_else(cores, usize::from);
    let rows = with_threads(jobs, || scoreboard(&records, &options, &mut |_| steps.done()))?;
    steps.finish();
    let rows = rows?;
    let comparing = Steps::new("simulating rules", 0, "");
    let rules = with_threads(jobs, || compare(&references))??;
    let quantities = quantities(arguments)?;
    comparing.finish();
    if let Some(path) = &arguments.page {
        let page = scoreboard_page(&groups(&quantities, &rows, &rules), &rule(), &settings(&options))?;
        recording::atomic::write(path, page.as_bytes()).map_err(|error| Failure::output(error.to_string()))?;
        complain(&format!("page: {}", path.display()));
    }
    if arguments.json {
        return print_json(&Scored {
            animals: options.animals,
            seed: options.seed,
            rule: rule(),
            physiology: &quantities,
            outcomes: &rows,
            rules: &rules,
        });
    }
    paint(&text(&groups(&quantities, &rows, &rules), &options), coloured)
}

/// Physiology of the synapse, unless single outcomes or the rules were asked for.
fn quantities(arguments: &Validate) -> Result<Vec<PhysiologyRow>, Failure> {
    if !arguments.physiology && (arguments.rules || !arguments.ids.is_empty()) {
        return Ok(Vec::new());
    }
    let mut parameters = Parameters::default();
    for (path, value) in &arguments.set {
        parameters.set(path, *value).map_err(|error| Failure::faulty_input(error.to_string()))?;
    }
    Ok(physiology(&parameters))
}

/// The scoreboard, for programs.
#[derive(Serialize)]
struct Scored<'a> {
    animals: u32,
    seed: u64,
    rule: Vec<String>,
    physiology: &'a [PhysiologyRow],
    outcomes: &'a [Row],
    rules: &'a [ReferenceRow],
}

/// All TOML files of a folder as name and text, sorted by name.
fn records_of(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let unreadable = |reason: std::io::Error| Failure::no_input(format!("{}: {reason}", folder.display()));
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() {
        return Err(Failure::no_input(format!("{}: no file ends in .toml", folder.display())));
    }
    paths.iter().map(|path| Ok((path.display().to_string(), experiment::read_text(path)?))).collect()
}

/// The records and references with the identifiers asked for.
fn chosen(
    records: Vec<Record>,
    references: Vec<Reference>,
    arguments: &Validate,
) -> Result<(Vec<Record>, Vec<Reference>), Failure> {
    if arguments.physiology {
        return Ok((Vec::new(), Vec::new()));
    }
    if arguments.rules {
        return Ok((Vec::new(), references));
    }
    let ids = &arguments.ids;
    let known: Vec<&str> =
        records.iter().map(|one| one.id.as_str()).chain(references.iter().map(|one| one.id.as_str())).collect();
    if let Some(unknown) = ids.iter().find(|id| !known.contains(&id.as_str())) {
        return Err(Failure::faulty_input(format!("unknown outcome \"{unknown}\"; known: {}", known.join(", "))));
    }
    let wanted = |id: &String| ids.is_empty() || ids.contains(id);
    let records = records.into_iter().filter(|record| wanted(&record.id)).collect();
    Ok((records, references.into_iter().filter(|reference| wanted(&reference.id)).collect()))
}

/// The records without simulation.
fn list(records: &[Record], references: &[Reference], json: bool) -> Result<(), Failure> {
    if json {
        let outcomes = records.iter().map(Listed::Outcome);
        return print_json(&outcomes.chain(references.iter().map(Listed::Rule)).collect::<Vec<_>>());
    }
    let line = |id: &str, role: &str, title: &str, source: &str, evidence: &str| {
        format!("{id} ({role}): {title}\n    {source} [{evidence}]")
    };
    let outcomes =
        records.iter().map(|one| line(&one.id, role(one.role), &one.title, &one.source, one.evidence.in_words()));
    let rules = references.iter().map(|one| line(&one.id, &one.rule, &one.title, &one.source, one.evidence.in_words()));
    print(&outcomes.chain(rules).collect::<Vec<_>>().join("\n"))
}

/// What could be run, for programs.
#[derive(Serialize)]
#[serde(untagged)]
enum Listed<'a> {
    Outcome(&'a Record),
    Rule(&'a Reference),
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Calibration => "calibration",
        Role::Validation => "validation",
    }
}
