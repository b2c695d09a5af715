//! `schaffer check`: everything but running.

use crate::arguments::run::Check;
use crate::failure::Failure;
use crate::output::{print, print_json};
use evidence::Remark;
use experiment::Plan;
use form::Faults;
use laboratory::{LaboratoryError, cores, read_plan};
use serde::Serialize;

/// Prints the plan in words, or every fault of the file.
pub fn check(arguments: &Check) -> Result<(), Failure> {
    match read_plan(&arguments.experiment, arguments.library.as_deref()) {
        Ok(plan) if arguments.json => print_json(&Checked::new(&plan)),
        Ok(plan) => print(&plan.describe(cores())),
        Err(LaboratoryError::Faulty(faults)) if arguments.json => {
            print_json(&listed(&faults))?;
            Err(Failure::reported())
        }
        Err(other) => Err(other.into()),
    }
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
            warnings: plan.conditions.iter().flat_map(|condition| plan.warnings(condition)).collect(),
            animals: plan.animals(),
            slices: plan.slices(),
            expected_seconds_on_one_core: plan.expected_seconds(1),
            expected_bytes: plan.expected_bytes(),
            manifest: experiment::manifest(plan, plan.seed, env!("SCHAFFER_COMMIT")),
        }
    }
}

/// The faults of a file, for programs.
#[derive(Serialize)]
struct Faulty<'a> {
    sound: bool,
    faults: Vec<Listed<'a>>,
}

/// One fault; line and column from 1.
#[derive(Serialize)]
struct Listed<'a> {
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    found: &'a str,
    accepted: &'a str,
    help: &'a str,
}

/// The faults as a list.
fn listed(faults: &Faults) -> Faulty<'_> {
    let fault = |fault: &'_ form::Fault| -> (Option<usize>, Option<usize>) {
        let position = faults.position(fault);
        (position.map(|(line, _)| line), position.map(|(_, column)| column))
    };
    let list = faults.list().iter().map(|entry| {
        let (line, column) = fault(entry);
        Listed {
            line,
            column,
            message: &entry.message,
            found: &entry.label,
            accepted: &entry.accepted,
            help: &entry.help,
        }
    });
    Faulty { sound: false, faults: list.collect() }
}
