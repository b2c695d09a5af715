//! From the text of an experiment file to a checked plan.

use crate::read::analysis;
use crate::read::conditions;
use crate::read::patch;
use crate::read::preparation;
use crate::read::protocol;
use crate::read::synapse;
use form::{At, Fault, Faults, FileKind, Page, Section, Shape, SourceError};

use crate::plan::plan::{Condition, Plan};
use crate::plan::solution::Solution;
use pharmacology::Library;
use results::plan::DesignPlan;
use std::path::Path;

/// Version of the experiment file that this program reads.
const FORMAT: u64 = 1;

/// The experiment file; its largest size is far above any of a person.
const EXPERIMENT_FILE: FileKind = FileKind {
    name: "an experiment file",
    largest_bytes: 1_000_000,
    needs: "`format`, `name`, [protocol], [[condition]] and [design]",
};

/// Most slices of one experiment.
const MOST_SLICES: u64 = 1_000_000;

/// Largest amount of recordings that one experiment may write, bytes.
const MOST_BYTES: f64 = 200e9;

/// Reads an experiment file as text.
///
/// # Errors
/// [`SourceError`]: there is no such file, or it is no text of this kind.
pub fn read_text(path: &Path) -> Result<String, SourceError> {
    form::read_text(path, EXPERIMENT_FILE)
}

/// Reads an experiment with the compounds that are built in. `file_name`
/// appears in the messages.
pub fn read(text: &str, file_name: &str) -> Result<Plan, Faults> {
    read_with(text, file_name, &Library::embedded())
}

/// Reads an experiment with a library of compounds.
pub fn read_with(text: &str, file_name: &str, library: &Library) -> Result<Plan, Faults> {
    form::read(text, file_name, |top| read_top(top, text, library))
}

/// The keys of an experiment file, as its reader asks for them; names of compounds and
/// states that are built in are among the words that it knows.
pub fn shape() -> Shape {
    let library = Library::embedded();
    form::describe(|top| read_top(top, "", &library))
}

/// Reads the whole file.
fn read_top(mut top: Section<'_>, text: &str, library: &Library) -> Option<Plan> {
    let page = top.page;
    let format = read_format(&mut top);
    let name = read_name(&mut top);
    let title = top.line("title", form::LONGEST_LINE);
    let seed = top.count("seed", 0..=i64::MAX as u64).map_or(1, |seed| seed.value);

    // The folder itself was read before the file: its records are in `library`.
    top.text("library");
    let preparation = preparation::read(&mut top, library);
    let protocol = protocol::read(&mut top);
    let sweeps = protocol::read_sweeps(&mut top, protocol.as_ref().map(|protocol| &protocol.course));
    let synapse = synapse::read(&mut top)?;
    let common = conditions::Common {
        library,
        physiology: &preparation.physiology,
        solution: &preparation.solution,
        synapse: &synapse,
        course: protocol.as_ref().map(|protocol| &protocol.course),
    };
    let conditions = conditions::read(&mut top, &common);
    let patch = patch::read(&mut top);
    let mut words = preparation.words;
    words.extend(
        baths_in_words(&conditions, &preparation.solution).map(|own| ("baths of the conditions".to_owned(), own)),
    );
    let design = read_design(&mut top);
    let baths = conditions.iter().map(|one| &one.solution).chain([&preparation.solution]);
    let analysis = analysis::read_analysis(&mut top, protocol.as_ref(), baths);
    let names: Vec<String> = conditions.iter().map(|condition| condition.name.clone()).collect();
    let statistics = analysis::read_statistics(&mut top, &names);
    let prediction = analysis::read_prediction(&mut top);
    let report = analysis::read_report(&mut top);
    top.close();

    let (protocol, (design, design_at), name, _) = (protocol?, design?, name?, format?);
    let plan = Plan {
        title: title.map_or_else(|| name.clone(), |title| title.value),
        name,
        seed,
        preparation: words,
        chamber: preparation.chamber,
        region: preparation.region,
        course: protocol.course,
        inductions: protocol.inductions,
        sweeps,
        synapse,
        conditions,
        patch,
        prediction,
        design,
        analysis: analysis?,
        statistics: statistics?,
        report: report?,
        source: text.to_owned(),
    };
    check_size(page, &plan, design_at);
    check_animals(page, &plan);
    Some(plan)
}

/// The baths of the conditions that differ from that of the preparation, in words.
fn baths_in_words(conditions: &[Condition], common: &Solution) -> Option<String> {
    let own = conditions.iter().map(|one| (&one.name, one.solution.besides(common).in_words()));
    let own: Vec<String> = own.filter(|own| !own.1.is_empty()).map(|own| format!("{} ({})", own.1, own.0)).collect();
    (!own.is_empty()).then(|| own.join(", "))
}

/// Refuses designs in which one animal would have to be two.
fn check_animals(page: &Page<'_>, plan: &Plan) {
    let mut all = plan.conditions.iter().map(|condition| &condition.animals.physiology);
    let Some(first) = all.next() else { return };
    if plan.design.within_animal && all.any(|other| other != first) {
        page.note(
            Fault::of_file("the conditions differ in what their animals bring along, but share the animals")
                .found("[design] assignment = \"within-animal\"")
                .remedy("set assignment = \"between-animal\": an animal is in one state"),
        );
    }
}

/// Reads the version of the file.
fn read_format(top: &mut Section<'_>) -> Option<()> {
    top.essential("format");
    if !top.has("format") {
        top.page.note(
            Fault::at(0..0, "`format` is missing at the top of the file")
                .found("the first line is expected to be format = 1")
                .remedy("add format = 1"),
        );
        return None;
    }
    let format = top.count("format", 0..=u64::from(u32::MAX))?;
    if format.value != FORMAT {
        top.page.note(
            Fault::at(format.span, format!("format {} is not known to this program", format.value))
                .found("written for another version")
                .accepts(format!("accepted: format = {FORMAT}")),
        );
        return None;
    }
    Some(())
}

/// Reads the name, which is also the name of a folder.
fn read_name(top: &mut Section<'_>) -> Option<String> {
    top.essential("name");
    let Some(name) = top.text("name") else {
        if !top.has("name") {
            top.page.note(
                Fault::at(0..0, "`name` is missing at the top of the file")
                    .found("every experiment has a name")
                    .remedy("add e.g. name = \"isopregnanolone-hfs\""),
            );
        }
        return None;
    };
    let legal = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let good = name.chars().all(legal)
        && name.chars().next().is_some_and(|first| first.is_ascii_alphanumeric())
        && name.len() <= 80;
    if !good {
        top.page.note(
            Fault::at(name.span.clone(), "`name` becomes the name of a folder")
                .found(format!("found \"{}\"", name.value))
                .accepts("accepted: up to 80 letters a-z, A-Z, digits, - _ . beginning with a letter or digit"),
        );
        return None;
    }
    Some(name.value)
}

/// Reads `[design]`; also gives the place of the number of animals.
fn read_design(top: &mut Section<'_>) -> Option<(DesignPlan, At<u64>)> {
    top.essential("design");
    let Some(mut section) = top.section("design", "[design]") else {
        if !top.has("design") {
            top.page.note(
                Fault::of_file("[design] is missing")
                    .remedy("add [design] with e.g. animals = 8 and slices_per_animal = 2"),
            );
        }
        return None;
    };
    section.needs("animals", "e.g. animals = 8");
    let animals = section.count("animals", 1..=10_000);
    let slices = section.count("slices_per_animal", 1..=1_000);
    let within = section.choice("assignment", &[("within-animal", true), ("between-animal", false)]);
    section.close();
    let animals = animals?;
    let narrow = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    let design = DesignPlan {
        within_animal: within.unwrap_or(false),
        animals: narrow(animals.value),
        slices_per_animal: slices.map_or(1, |slices| narrow(slices.value)),
    };
    Some((design, animals))
}

/// Refuses experiments that no disk would hold.
fn check_size(page: &Page<'_>, plan: &Plan, animals: At<u64>) {
    let slices = plan.slices() as u64;
    let bytes = plan.expected_bytes();
    let help = "lower [design] animals or slices_per_animal, or split the experiment";
    if slices > MOST_SLICES {
        page.note(
            Fault::at(animals.span, format!("the experiment would have {slices} slices"))
                .found(format!("at most {MOST_SLICES} are run in one experiment"))
                .remedy(help),
        );
    } else if bytes > MOST_BYTES {
        page.note(
            Fault::at(animals.span, format!("the recordings would take {:.0} GB", bytes / 1e9))
                .found(format!("at most {:.0} GB are written by one experiment", MOST_BYTES / 1e9))
                .remedy(help),
        );
    }
}
