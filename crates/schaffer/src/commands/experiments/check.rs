//! `schaffer check`: everything but running.

use crate::arguments::run::Check;
use crate::failure::Failure;
use crate::output::{print, print_json};
use evidence::Remark;
use experiment::Plan;
use laboratory::{cores, read_plan};
use serde::Serialize;
use std::path::Path;
use study::StudyFile;

/// Prints the plan in words, or every fault of the file.
pub fn check(arguments: &Check) -> Result<(), Failure> {
    let path = &arguments.experiment;
    if arguments.library.is_none() && is_study(path) {
        return study(path, arguments.json);
    }
    let plan = read_plan(path, arguments.library.as_deref())?;
    if arguments.json { print_json(&Checked::new(&plan)) } else { print(&plan.describe(cores())) }
}

/// Whether a file is one of a study: it lists recordings, which no experiment has.
fn is_study(path: &Path) -> bool {
    let table = experiment::read_text(path).ok().and_then(|text| text.parse::<toml::Table>().ok());
    table.is_some_and(|table| ["slice", "table"].iter().any(|key| table.contains_key(*key)))
}

/// A sound study, for programs.
#[derive(Serialize)]
struct CheckedStudy<'a> {
    name: &'a str,
    sound: bool,
    conditions: Vec<&'a str>,
    slices: usize,
    tables: usize,
}

/// Says what a study file holds.
fn study(path: &Path, json: bool) -> Result<(), Failure> {
    let (file, text) = StudyFile::read(path)?;
    study::check(&file, &text, path)?;
    let conditions: Vec<&str> = file.condition.iter().map(|condition| condition.name.get_ref().as_str()).collect();
    let (name, slices, tables) = (file.name.get_ref(), file.slice.len(), file.table.len());
    if json {
        return print_json(&CheckedStudy { name, sound: true, conditions, slices, tables });
    }
    let title = file.title.as_ref().filter(|title| !title.is_empty()).unwrap_or(name);
    let count = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    print(&format!(
        "{name}: {title}\n  conditions   {}\n  recordings   {}, {} of time courses\n  next         schaffer lint {path} \
         looks into the recordings, schaffer analyse {path} measures them",
        conditions.join(", "),
        count(slices, "slice"),
        count(tables, "table"),
        path = path.display(),
    ))
}

/// A sound plan, for programs.
#[derive(Serialize)]
struct Checked<'a> {
    name: &'a str,
    sound: bool,
    inductions: Vec<Stimulation<'a>>,
    conditions: Vec<&'a str>,
    warnings: Vec<Remark>,
    animals: usize,
    slices: usize,
    expected_seconds_on_one_core: f64,
    expected_bytes: f64,
    manifest: results::Manifest,
}

/// One induction of the plan.
#[derive(Serialize)]
struct Stimulation<'a> {
    name: &'a str,
    pulses: usize,
    sweeps_per_slice: usize,
}

impl<'a> Checked<'a> {
    fn new(plan: &'a Plan) -> Self {
        let stimulation = plan.inductions.iter().enumerate().map(|(place, induction)| Stimulation {
            name: &induction.name,
            pulses: induction.len(),
            sweeps_per_slice: plan.sweeps_per_slice(place),
        });
        Self {
            name: &plan.name,
            sound: true,
            inductions: stimulation.collect(),
            conditions: plan.conditions.iter().map(|condition| condition.name.as_str()).collect(),
            warnings: plan
                .conditions
                .iter()
                .flat_map(|condition| plan.warnings(condition))
                .chain(plan.design_warnings())
                .collect(),
            animals: plan.animals(),
            slices: plan.slices(),
            expected_seconds_on_one_core: plan.expected_seconds(1) * (1.0 + plan.prediction_share()),
            expected_bytes: plan.expected_bytes(),
            manifest: experiment::manifest(plan, plan.seed, env!("SCHAFFER_COMMIT")),
        }
    }
}
