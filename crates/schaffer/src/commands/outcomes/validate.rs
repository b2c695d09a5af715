//! `schaffer validate`: the scoreboard, model against published outcomes.

use crate::commands::{cores, with_threads};
use crate::failure::Failure;
use crate::output::{complain, print, print_json};
use crate::progress::Steps;
use clap::Args;
use report::{ScoreGroup, ScoreLine, scoreboard_page};
use serde::Serialize;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use validation::{Options, Record, Reference, ReferenceRow, Role, Row, Verdict, compare, scoreboard};

/// Arguments of `validate`.
#[derive(Debug, Args)]
pub struct Validate {
    /// Identifiers of the outcomes to simulate [default: all].
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// Folder with outcomes of your own (TOML); they replace built-in ones of the same identifier.
    #[arg(long, value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Receptor-level outcomes on a virtual voltage clamp instead of slices.
    #[arg(long, conflicts_with_all = ["ids", "animals", "set", "page", "list"])]
    pub receptors: bool,
    /// Published plasticity rules against their reference values only.
    #[arg(long, conflicts_with_all = ["ids", "animals", "set", "folder"])]
    pub rules: bool,
    /// Virtual animals per group, one slice each.
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(2..=1000))]
    pub animals: u32,
    /// Seed.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Threads [default: all cores].
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Change a parameter of the synapse, e.g. --set rule.theta_potentiation=3.8; may be repeated.
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    pub set: Vec<(String, f64)>,
    /// Write the scoreboard as a page (HTML).
    #[arg(long, value_name = "FILE.html")]
    pub page: Option<PathBuf>,
    /// List the outcomes with their sources; simulate nothing.
    #[arg(long)]
    pub list: bool,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Simulates the outcomes and prints the scoreboard.
pub fn validate(arguments: &Validate) -> Result<(), Failure> {
    if arguments.receptors {
        return crate::commands::library::receptors::receptors(arguments.folder.as_deref(), arguments.json);
    }
    let files = match &arguments.folder {
        Some(folder) => records_of(folder)?,
        None => Vec::new(),
    };
    let (records, references) = chosen(validation::with_folder(&files)?, validation::references()?, arguments)?;
    if arguments.list {
        return list(&records, &references, arguments.json);
    }
    let options = Options { animals: arguments.animals, seed: arguments.seed, changes: arguments.set.clone() };
    let steps = Steps::new(records.len(), "outcomes");
    let jobs = arguments.jobs.map_or_else(cores, usize::from);
    let rows = with_threads(jobs, || scoreboard(&records, &options, &mut |_| steps.done()))?;
    steps.finish();
    let rows = rows?;
    let rules = with_threads(jobs, || compare(&references))??;
    if let Some(path) = &arguments.page {
        let page = scoreboard_page(&groups(&rows, &rules), &rule(), &settings(&options))?;
        recording::atomic::write(path, page.as_bytes()).map_err(|error| Failure::output(error.to_string()))?;
        complain(&format!("page: {}", path.display()));
    }
    if arguments.json {
        return print_json(&Scored {
            animals: options.animals,
            seed: options.seed,
            rule: rule(),
            outcomes: &rows,
            rules: &rules,
        });
    }
    print(&text(&groups(&rows, &rules), &options))
}

/// Reads `PATH=VALUE`.
fn setting(text: &str) -> Result<(String, f64), String> {
    let (path, value) = text.split_once('=').ok_or("expected PATH=VALUE, e.g. rule.weight_ratio=4.2")?;
    let value: f64 = value.trim().parse().map_err(|_| format!("\"{value}\" is not a number"))?;
    Ok((path.trim().to_owned(), value))
}

/// The scoreboard, for programs.
#[derive(Serialize)]
struct Scored<'a> {
    animals: u32,
    seed: u64,
    rule: Vec<String>,
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

fn rule() -> Vec<String> {
    [
        "A mean passes within its stated tolerance, or else within twice the standard error of the difference; it is \
         near within twice that distance.",
        "A range passes with the simulated mean inside; it is near if the 95 % interval of the mean reaches into it.",
        "An order passes if the 95 % interval of every neighbouring difference lies above 0; it is near if every \
         difference does.",
        "A difference of two arms, taken animal by animal, passes if its 95 % interval lies above 0 and is near if its \
         mean does; which of two differences is larger is judged like an order.",
        "A rule passes if every point of its curve lies within the stated share of the published value, and is near \
         within twice that.",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn settings(options: &Options) -> String {
    let changed: Vec<String> = options.changes.iter().map(|(path, value)| format!("{path} = {value}")).collect();
    let changed = if changed.is_empty() { String::new() } else { format!(" Changed: {}.", changed.join(", ")) };
    format!(
        "{} virtual animals with one slice each per group, seed {}; measured like recordings.{changed}",
        options.animals, options.seed
    )
}

/// Rows of one role, and the rules, as the page and the text show them.
fn groups(rows: &[Row], rules: &[ReferenceRow]) -> Vec<ScoreGroup> {
    let of = |wanted: Role, heading: &str, lead: &str| {
        let rows: Vec<&Row> = rows.iter().filter(|row| row.role == wanted).collect();
        let lines = rows.iter().flat_map(|row| lines(row)).collect();
        let counts = counts(rows.iter().flat_map(|row| &row.checks).map(|check| check.verdict));
        ScoreGroup { heading: heading.to_owned(), lead: lead.to_owned(), counts, lines }
    };
    let references = ScoreGroup {
        heading: "Rules".to_owned(),
        lead: "Published plasticity rules, run alone, against the values of their source.".to_owned(),
        counts: counts(rules.iter().map(|row| row.verdict)),
        lines: rules.iter().map(reference_line).collect(),
    };
    let groups = [
        of(Role::Calibration, "Calibration", "Parameters were set on these outcomes."),
        of(Role::Validation, "Validation", "No parameter was set on these outcomes."),
        references,
    ];
    groups.into_iter().filter(|group| !group.lines.is_empty()).collect()
}

/// `5 pass, 1 near, 2 fail`.
fn counts(verdicts: impl Iterator<Item = Verdict>) -> String {
    let verdicts: Vec<Verdict> = verdicts.collect();
    let count = |wanted: Verdict| verdicts.iter().filter(|verdict| **verdict == wanted).count();
    format!("{} pass, {} near, {} fail.", count(Verdict::Pass), count(Verdict::Near), count(Verdict::Fail))
}

fn lines(row: &Row) -> Vec<ScoreLine> {
    let line = |(place, check): (usize, &validation::Check)| {
        let first = |text: String| if place == 0 { text } else { String::new() };
        ScoreLine {
            id: first(row.id.clone()),
            title: first(row.title.clone()),
            source: first(row.source.clone()),
            evidence: first(row.evidence.in_words().to_owned()),
            note: first(row.note.clone()),
            published: check.published.clone(),
            simulated: check.simulated.clone(),
            verdict: check.verdict.word().to_owned(),
        }
    };
    row.checks.iter().enumerate().map(line).collect()
}

/// A curve of a rule in one line: its points, both ways, and how far they are apart.
fn reference_line(row: &ReferenceRow) -> ScoreLine {
    let reference = &row.reference;
    let points =
        |values: &mut dyn Iterator<Item = f64>| values.map(|value| format!("{value:.4}")).collect::<Vec<_>>().join(" ");
    let published = points(&mut reference.points.iter().map(|point| point.published));
    let found = points(&mut row.found.iter().copied());
    ScoreLine {
        id: reference.id.clone(),
        title: reference.title.clone(),
        source: reference.source.clone(),
        evidence: reference.evidence.in_words().to_owned(),
        note: reference.note.clone(),
        published: format!("{} {published}", reference.quantity),
        simulated: format!(
            "{found}; largest distance {:.1e}, accepted {:.0e}",
            row.largest_distance, reference.tolerance
        ),
        verdict: row.verdict.word().to_owned(),
    }
}

/// The scoreboard for a terminal; verdicts are coloured on one.
fn text(groups: &[ScoreGroup], options: &Options) -> String {
    let colour = std::io::stdout().is_terminal();
    let verdict = |name: &str| match (colour, name) {
        (true, "pass") => format!("\u{1b}[32m{name}\u{1b}[0m"),
        (true, "near") => format!("\u{1b}[33m{name}\u{1b}[0m"),
        (true, "fail") => "\u{1b}[31mFAIL\u{1b}[0m".to_owned(),
        (false, "fail") => "FAIL".to_owned(),
        _ => name.to_owned(),
    };
    let mut page = String::new();
    for group in groups {
        page.push_str(&format!("{}: {} {}\n\n", group.heading, group.lead, group.counts));
        for line in &group.lines {
            if !line.id.is_empty() {
                page.push_str(&format!("{} {}\n     {} [{}]\n", line.id, line.title, line.source, line.evidence));
            }
            page.push_str(&format!("{}  {}; simulated {}\n", verdict(&line.verdict), line.published, line.simulated));
        }
        page.push('\n');
    }
    page.push_str(&settings(options));
    for line in rule() {
        page.push_str(&format!("\n{line}"));
    }
    page
}
