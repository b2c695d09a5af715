//! TODO: what the room `fit` holds.

pub(crate) mod bounded;
pub(crate) mod fit;
pub(crate) mod numbers;
pub(crate) mod predict;
pub(crate) mod template;
pub(crate) mod uncertainty;

pub use crate::fit::bounded::{Bounded, USUAL};
pub use fit::{FitEvent, FitOptions, Fitted, PairedPulse, Question, fit};
