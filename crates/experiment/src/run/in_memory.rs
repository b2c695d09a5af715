//! A plan simulated without files: for validation and sensitivity, which need
//! many small experiments and keep a few numbers of each slice.

use crate::plan::identity::slices;
use crate::plan::plan::Plan;
use crate::run::slice::{Group, SliceFailure};
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
    pub failure: Box<SliceFailure>,
}

/// Simulates every slice of `plan` with `seed` and hands its recording to
/// `each`; the results stand in the order of [`slices`]. Uses the thread pool
/// of the caller; the result does not depend on it.
///
/// # Errors
/// The first slice in that order that the model could not finish.
pub fn in_memory<T: Send>(
    plan: &Plan,
    seed: u64,
    each: &(dyn Fn(&SliceRecording) -> T + Sync),
) -> Result<Vec<T>, InMemoryFailure> {
    let (groups, per_group) = Group::all(plan);
    let keys = slices(plan);
    let one = |(place, key): (usize, &SliceKey)| match groups[place / per_group].simulate(key, seed) {
        Ok((recording, _)) => Ok(each(&recording)),
        Err(failure) => Err(InMemoryFailure { key: key.clone(), failure: Box::new(failure) }),
    };
    let results: Vec<Result<T, InMemoryFailure>> = keys.par_iter().enumerate().map(one).collect();
    results.into_iter().collect()
}
