//! How a results folder begins.

use crate::folder::entry::Entry;
use crate::manifest::stamps::Stamps;

/// What to do about a folder that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Refuse it unless it is empty.
    Fresh,
    /// Keep what is complete in it and do the rest.
    Resume,
    /// Remove it, if it is a results folder, and begin anew.
    Overwrite,
}

/// How a results folder begins.
#[derive(Clone, Debug)]
pub struct Opening<'a> {
    /// The entry by which a folder of this kind is known.
    pub mark: Entry,
    /// What stands there before the first slice, in the order of writing; a resumed
    /// run must agree byte for byte. The mark comes last: a folder that has it has
    /// everything before it.
    pub files: &'a [(Entry, &'a [u8])],
    /// Whether a run of this kind can be gone on with.
    pub resumable: bool,
    /// What the slices of the run bear.
    pub stamps: Stamps,
    /// Threads, for the log.
    pub jobs: usize,
}
