//! The shipped posterior judged: by made-up truths, and by outcomes that were held back.

use crate::arguments::outcomes::Calibrate;
use crate::commands::library::checks;
use crate::failure::Failure;
use crate::output::{headed, print, status};
use laboratory::{cores, with_threads};
use posterior::{Posterior, PredictedRow, RankedQuantity, Truths, ranks};
use std::fmt::Write;
use validation::{Record, Role, Verdict};

/// Below this probability an observation is not covered.
const COVERED: f64 = 0.05;

/// Ranks of truths of the prior, then of the posterior.
pub(super) fn by_ranks(truths: usize, seed: u64, jobs: usize) -> Result<(), Failure> {
    let posterior = Posterior::shipped()?;
    let mut pages = Vec::new();
    for (kind, title) in [
        (Truths::OfThePrior, "Truths of the prior, observations from the response surface"),
        (Truths::OfThePosterior, "Truths of the posterior, observations from the simulation"),
    ] {
        status::begin_steps("ranking", "truths", truths, 0);
        let found = with_threads(jobs, || ranks(&posterior, kind, truths, seed, &status::step))??;
        status::end();
        let row = |one: &RankedQuantity| {
            let bins: Vec<String> = one.bins.iter().map(usize::to_string).collect();
            [one.name.clone(), bins.join(" "), format!("{:.3}", one.p)]
        };
        let head = ["parameter", "truths by rank, lowest to highest", "p (uniform)"].map(str::to_owned);
        let rows: Vec<[String; 3]> = std::iter::once(head).chain(found.iter().map(row)).collect();
        pages.push(format!("{title}:\n\n{}", headed(&rows)));
    }
    print(&pages.join("\n"))
}

/// Outcomes that were held back.
pub(super) fn by_held(draws: usize, arguments: &Calibrate, jobs: usize) -> Result<(), Failure> {
    let posterior = Posterior::shipped()?;
    status::begin_steps("simulating", "draws", draws, 0);
    let found = with_threads(jobs, || posterior.held(draws, arguments.animals, arguments.seed, &status::step))??;
    status::end();
    let covered = found.iter().filter(|check| check.probability >= COVERED).count();
    print(&format!("{}\n{covered} of {} are covered at 95 %.", checks(&found), found.len()))
}

/// Animals of an arm where outcomes are held against draws.
const ANIMALS_OF_A_DRAW: u32 = 2;

/// Outcomes of slices held against draws of the posterior.
pub(super) fn by_board(records: &[Record], draws: usize, seed: u64, jobs: Option<u16>) -> Result<(), Failure> {
    let posterior = Posterior::shipped()?;
    let jobs = jobs.map_or_else(cores, usize::from);
    status::begin_steps("simulating", "draws of outcomes", draws * records.len(), 0);
    let rows = with_threads(jobs, || posterior.board(records, draws, ANIMALS_OF_A_DRAW, seed, &status::step))??;
    status::end();
    let mut page = String::from(
        "| | outcome | | published | median | central 95 % | probability | verdict |\n|---|---|---|---|---|---|---|---|\n",
    );
    for row in &rows {
        for (check, verdict) in &row.checks {
            let [low, high] = check.central_95;
            // Writing to a string cannot fail.
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} | {:.1} | {low:.1} to {high:.1} | {:.2} | {} |",
                row.id,
                row.title,
                check.what,
                check.observed,
                check.median,
                check.probability,
                verdict.word()
            );
        }
    }
    for (role, name) in [(Role::Calibration, "calibration"), (Role::Validation, "validation")] {
        let own = |row: &&PredictedRow| records.iter().any(|record| record.id == row.id && record.role == role);
        let count = |wanted: Verdict| {
            let of_row = |row: &PredictedRow| row.checks.iter().filter(|(_, verdict)| *verdict == wanted).count();
            rows.iter().filter(own).map(of_row).sum::<usize>()
        };
        let [pass, near, fail] = [Verdict::Pass, Verdict::Near, Verdict::Fail].map(count);
        let _ = writeln!(page, "\n{name}: {pass} pass, {near} near, {fail} fail.");
    }
    print(page.trim_end())
}
