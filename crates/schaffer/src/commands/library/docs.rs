//! `schaffer docs`: refreshes what the program itself knows in the pages of the
//! documentation: tables between `<!-- … -->` and `<!-- end -->`, and the figures of
//! the parts of the model.

use crate::failure::Failure;
use crate::output::{complain, print};
use pharmacology::Library;
use report::{CurveFigure, CurveSeries, draw_curves};
use results::Entry;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use synapse::illustration::{self, Illustration};
use synapse::preparation::{ION_LAWS, Warming, temperature_laws};
use synapse::rules::{self, Rule};
use synapse::{ParameterSpec, Parameters};

/// Line that ends a generated block.
const END: &str = "<!-- end -->";

/// Refreshes the pages below a folder and draws the figures into its `figures/`.
pub fn docs(folder: &Path) -> Result<(), Failure> {
    if !folder.is_dir() {
        return Err(Failure::no_input(format!("there is no folder {}", folder.display())));
    }
    let mut pages = 0;
    for folder in [folder.to_owned(), folder.join("model")] {
        for path in pages_of(&folder)? {
            let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
            let fresh =
                refreshed(&text).map_err(|what| Failure::faulty_input(format!("{}: {what}", path.display())))?;
            if fresh != text {
                write(&path, &fresh)?;
                complain(&format!("{} brought up to date", path.display()));
            }
            pages += 1;
        }
    }
    let figures = Entry::Figures.within(folder);
    let drawn = figures_of_the_model();
    for (name, picture) in &drawn {
        write(&figures.join(format!("model-{name}.svg")), &draw(picture)?)?;
    }
    print(&format!("{pages} pages, {} figures", drawn.len()))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::no_input(format!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    recording::atomic::write(path, text.as_bytes()).map_err(|error| Failure::output(error.to_string()))
}

/// Markdown files of a folder by name; none if there is no folder.
fn pages_of(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    Ok(paths)
}

/// A page with all its blocks made anew.
fn refreshed(text: &str) -> Result<String, String> {
    let mut page = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let _ = writeln!(page, "{line}");
        let Some(block) = asked(line) else { continue };
        if !lines.by_ref().any(|line| line == END) {
            return Err(format!("the block \"{line}\" has no {END}"));
        }
        let _ = write!(page, "\n{}\n{END}\n", table(block)?);
    }
    Ok(page)
}

/// What a line asks for, if it begins a block.
fn asked(line: &str) -> Option<&str> {
    let inside = line.strip_prefix("<!-- ")?.strip_suffix(" -->")?;
    let known = ["parameters: ", "rule: ", "posterior: ", "temperature", "ions"];
    known.iter().any(|start| inside.starts_with(start)).then_some(inside)
}

fn table(block: &str) -> Result<String, String> {
    match block.split_once(": ") {
        Some(("parameters", prefixes)) => parameters(prefixes),
        Some(("posterior", part)) => super::posterior::table(part),
        Some(("rule", name)) => rules::find(name).map(rule).map_err(|error| error.to_string()),
        None if block == "temperature" => Ok(temperature()),
        None if block == "ions" => Ok(specs(&ION_LAWS.iter().collect::<Vec<_>>())),
        _ => Err(format!("nothing is known of \"{block}\"")),
    }
}

/// Parameters whose paths begin with one of the prefixes.
fn parameters(prefixes: &str) -> Result<String, String> {
    let prefixes: Vec<&str> = prefixes.split(' ').collect();
    let of = |prefix: &str| Parameters::specs().iter().filter(move |spec| spec.path.starts_with(prefix)).count();
    if let Some(unknown) = prefixes.iter().find(|prefix| of(prefix) == 0) {
        return Err(format!("no parameter begins with \"{unknown}\""));
    }
    let wanted = |spec: &&ParameterSpec| prefixes.iter().any(|prefix| spec.path.starts_with(prefix));
    Ok(specs(&Parameters::specs().iter().filter(wanted).collect::<Vec<_>>()))
}

/// Rows of a parameter table.
fn specs(rows: &[&ParameterSpec]) -> String {
    let mut text = String::from(
        "| parameter | symbol | value | range | prior, central 95 % | meaning | evidence | source |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let unit = if row.unit == "1" { String::new() } else { format!(" {}", row.unit) };
        let short = |value: f64| ((value * 1e4).round() / 1e4).to_string();
        let _ = writeln!(
            text,
            "| {} | {} | {}{unit} | {} to {} | {} | {} | {} | {} |",
            row.path,
            row.symbol,
            short(row.default),
            short(row.low),
            short(row.high),
            row.prior,
            row.meaning,
            row.evidence,
            row.source
        );
    }
    text
}

fn temperature() -> String {
    let mut text = String::from(
        "| what | Q10 | range | warming | parameters | evidence | source |\n|---|---|---|---|---|---|---|\n",
    );
    for law in temperature_laws() {
        let warming = match law.warming {
            Warming::Shortens => "shortens",
            Warming::Enlarges => "enlarges",
        };
        let [low, high] = law.range;
        let paths = if law.paths.is_empty() { "constants of the code".to_owned() } else { law.paths.join(", ") };
        let _ = writeln!(
            text,
            "| {} | {} | {low} to {high} | {warming} | {paths} | {} | {} |",
            law.what, law.q10, law.evidence, law.source
        );
    }
    text
}

/// Parameters of a rule with the values of all its sets.
fn rule(rule: &Rule) -> String {
    let sets: Vec<Vec<f64>> = rule.sets.iter().map(|set| (set.values)()).collect();
    let mut text = String::from("| parameter | unit | range | meaning |");
    rule.sets.iter().for_each(|set| _ = write!(text, " {} |", set.name));
    text.push_str("\n|---|---|---|---|");
    text.push_str(&"---|".repeat(sets.len()));
    text.push('\n');
    for (place, spec) in rule.parameters.iter().enumerate() {
        let _ = write!(text, "| {} | {} | {} to {} | {} |", spec.name, spec.unit, spec.low, spec.high, spec.meaning);
        sets.iter().for_each(|values| _ = write!(text, " {} |", values[place]));
        text.push('\n');
    }
    text.push('\n');
    for set in rule.sets {
        let _ = writeln!(text, "- `{}`: {}; {} [{}]", set.name, set.title, set.source, set.evidence);
    }
    text
}

/// All figures, by name.
fn figures_of_the_model() -> Vec<(&'static str, Illustration)> {
    let library = Library::embedded();
    let parts = illustration::PARTS.iter().filter_map(|&part| Some((part, illustration::of(part)?)));
    let mut all: Vec<_> = parts.collect();
    all.push(("preparation", illustration::of_calcium_outside()));
    all.push(("modulation", pharmacology::illustration::of_modulation(&library)));
    all.push(("exposure", pharmacology::illustration::of_exposure(&library)));
    all
}

fn draw(picture: &Illustration) -> Result<String, Failure> {
    let series =
        picture.curves.iter().map(|curve| CurveSeries { label: curve.label.clone(), points: curve.points.clone() });
    let figure = CurveFigure {
        title: picture.title.to_owned(),
        description: format!("{}: {} over {}", picture.title, picture.up, picture.across),
        across: picture.across.to_owned(),
        up: picture.up.to_owned(),
        reference: picture.reference,
        series: series.collect(),
    };
    Ok(draw_curves(&figure)?)
}
