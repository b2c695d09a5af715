//! Words that a person wrote: whether they can be printed, and which known one was meant.

pub(crate) mod name;
pub(crate) mod nearest;
