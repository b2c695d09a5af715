//! The shipped posterior judged: by made-up truths, and by outcomes that were held back.

use crate::arguments::outcomes::Calibrate;
use crate::commands::library::checks;
use crate::failure::Failure;
use crate::output::{headed, print, status};
use laboratory::with_threads;
use posterior::{Posterior, RankedQuantity, Truths, ranks};

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
