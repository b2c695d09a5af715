//! What each uncertain parameter does to the outcomes of an experiment.

pub(crate) mod factor;
pub(crate) mod means;
pub(crate) mod points;
pub(crate) mod sensitivity;

pub use factor::factors;
pub(crate) use factor::{overridden, set_by_animals};
pub use points::Method;
pub use sensitivity::sensitivity;
