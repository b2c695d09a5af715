//! The model fitted to the control group of a recorded study, and what it then
//! predicts for the groups with drugs.

pub(crate) mod bounded;
pub(crate) mod fit;
pub(crate) mod numbers;
pub(crate) mod predict;
pub(crate) mod question;
pub(crate) mod template;
pub(crate) mod uncertainty;

pub use bounded::{Bounded, USUAL};
pub use fit::fit;
pub use question::{FitEvent, FitOptions, Fitted, PairedPulse, Question};
