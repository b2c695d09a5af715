//! What reached the slices, when and in which conditions: read from the plan, told
//! in words and laid out as bars. A bar and a sentence come from the same times.

pub(crate) mod application;
pub(crate) mod words;
