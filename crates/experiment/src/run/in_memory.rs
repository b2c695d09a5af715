//! A plan simulated without files: for validation and sensitivity, which need
//! many small experiments and keep a few numbers of each slice.

use crate::plan::plan::Plan;
use crate::run::recorder::{Failure, Recorder};
use crate::run::seen::Seen;
use crate::run::slice::Slices;
use rayon::prelude::*;
use recording::{SliceKey, SliceRecording};
use thiserror::Error;

/// A slice that could not be simulated.
#[derive(Debug, Error)]
#[error("{key}: {failure}")]
pub struct InMemoryFailure {
    /// Which slice.
    pub key: SliceKey,
    /// Why.
    pub failure: Failure,
}

/// Simulates every slice of `plan` with `seed` and hands its recording to
/// `each`; the results stand in the order of [`slices`](crate::slices). Uses the
/// thread pool of the caller; the result does not depend on it.
///
/// # Errors
/// The first slice in that order that the model could not finish.
pub fn in_memory<T: Send>(
    plan: &Plan,
    seed: u64,
    seen: Seen,
    each: &(dyn Fn(&SliceRecording) -> T + Sync),
) -> Result<Vec<T>, InMemoryFailure> {
    all(&Slices::of(plan, seed).seen(seen), each)
}

/// The same with twins: slices of one induction and number are one and the same slice
/// under every condition, so that two of them differ by the condition alone.
///
/// # Errors
/// As [`in_memory`].
pub fn in_memory_twins<T: Send>(
    plan: &Plan,
    seed: u64,
    seen: Seen,
    each: &(dyn Fn(&SliceRecording) -> T + Sync),
) -> Result<Vec<T>, InMemoryFailure> {
    all(&Slices::of(plan, seed).seen(seen).twins(), each)
}

fn all<T: Send>(slices: &Slices<'_>, each: &(dyn Fn(&SliceRecording) -> T + Sync)) -> Result<Vec<T>, InMemoryFailure> {
    let one = |(place, key): (usize, &SliceKey)| match slices.record(place) {
        Ok(recorded) => Ok(each(&recorded.recording)),
        Err(failure) => Err(InMemoryFailure { key: key.clone(), failure }),
    };
    let results: Vec<Result<T, InMemoryFailure>> = slices.keys().par_iter().enumerate().map(one).collect();
    results.into_iter().collect()
}
