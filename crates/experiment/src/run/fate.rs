//! What became of the slices of a run, and what that makes of the run.

use crate::error::RunError;
use crate::run::event::RunSummary;
use recording::SliceKey;
use std::time::Duration;

/// What became of one slice.
pub(crate) enum Fate {
    /// An earlier run has left it complete.
    Kept,
    /// It is on disk; time spent in the model and in storing.
    Done { simulate: Duration, store: Duration },
    /// Why it is not on disk.
    Failed(String),
    /// The run was stopped before.
    NotStarted,
    /// Given to the thread that stores.
    Handed,
}

/// Adds up what became of the slices, which are in the order of the experiment.
pub(crate) fn tally(
    keys: &[SliceKey],
    fates: Vec<Fate>,
    interrupted: bool,
    elapsed: Duration,
) -> Result<RunSummary, RunError> {
    let slices = keys.len();
    let (mut simulate, mut store) = (Duration::ZERO, Duration::ZERO);
    let (mut kept, mut done, mut failed, mut first) = (0, 0, 0, None);
    for (key, fate) in keys.iter().zip(fates) {
        match fate {
            Fate::Kept => kept += 1,
            Fate::Done { simulate: model, store: disk } => {
                done += 1;
                simulate += model;
                store += disk;
            }
            Fate::Failed(reason) => {
                failed += 1;
                first.get_or_insert_with(|| format!("{key}: {reason}"));
            }
            Fate::NotStarted | Fate::Handed => {}
        }
    }
    if let Some(first) = first {
        return Err(RunError::SlicesFailed { failed, slices, first });
    }
    let done = kept + done;
    if done < slices || interrupted {
        return Err(RunError::Interrupted { done, slices });
    }
    Ok(RunSummary { slices, kept, simulate, store, elapsed })
}
