//! An experiment over all accepted parameter sets.

use crate::error::LaboratoryError;
use crate::event::{Event, Listener, Stage};
use crate::setting::with_threads;
use experiment::Plan;
use results::Entry;
use results::folder::write_json;
use std::path::{Path, PathBuf};
use validation::{EnsembleFile, ensemble_spread, read_ensemble, shipped_ensemble};

/// Parameter sets that meet the calibration outcomes alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterSets {
    /// Those that come with the program.
    Shipped,
    /// Those of a file that a calibration wrote.
    File(PathBuf),
}

impl ParameterSets {
    /// Reads them.
    pub(crate) fn read(&self) -> Result<EnsembleFile, LaboratoryError> {
        match self {
            Self::Shipped => Ok(shipped_ensemble()?),
            Self::File(path) => {
                let text = experiment::read_text(path)?;
                Ok(read_ensemble(&path.display().to_string(), &text)?)
            }
        }
    }
}

/// Simulates the plan with every set and leaves [`Entry::Ensemble`] in its results.
pub(crate) fn simulate(
    plan: &Plan,
    seed: u64,
    sets: &EnsembleFile,
    results: &Path,
    jobs: usize,
    events: &Listener<'_>,
) -> Result<(), LaboratoryError> {
    events(Event::Ensemble { sets: sets.set.len() });
    let spread = with_threads(jobs, || ensemble_spread(plan, seed, sets, &|| events(Event::Simulated)))?;
    events(Event::Done(Stage::Ensemble));
    write_json(results, Entry::Ensemble, &spread?).map_err(LaboratoryError::Unwritable)
}
