//! The manifest of a results folder: what was planned, with which program,
//! resting on which evidence.

pub(crate) mod blinding;
pub(crate) mod check;
pub(crate) mod file;
pub(crate) mod manifest;
pub(crate) mod measured;
pub(crate) mod session;
pub(crate) mod stamps;

pub use blinding::Blinding;
pub use manifest::{FORMAT, Manifest};
pub use measured::Measured;
pub use recording::Origin;
pub use session::Session;
pub use stamps::Stamps;
