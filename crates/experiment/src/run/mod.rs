//! From a plan to recordings: one slice, one patched cell, and the loop that runs
//! and stores all of them in events.

pub(crate) mod event;
pub(crate) mod fate;
pub(crate) mod in_memory;
pub(crate) mod patch;
pub(crate) mod recorder;
pub(crate) mod run;
pub(crate) mod seen;
pub(crate) mod slice;
pub(crate) mod whole;

#[cfg(test)]
mod tests;
