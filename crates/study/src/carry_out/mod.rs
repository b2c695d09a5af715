//! A study from its file to an analysed results folder: its manifest, its slices, the
//! exclusions, and the key of a blinded study.

pub(crate) mod blinding;
pub(crate) mod carry_out;
pub(crate) mod design;
pub(crate) mod exclusions;
pub(crate) mod manifest;
mod windows;
