//! The manifest of a results folder: what was planned, with which program,
//! resting on which evidence.

pub(crate) mod blinding;
pub(crate) mod check;
pub(crate) mod file;
pub(crate) mod manifest;
pub(crate) mod measured;
pub(crate) mod seed;

pub use blinding::Blinding;
pub use manifest::{FORMAT, Manifest, Origin};
pub use measured::Measured;
