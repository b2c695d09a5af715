//! The model against published outcomes, and what its outcomes rest on.
//!
//! - [`Record`]: a published outcome of slices, read from TOML;
//! - [`scoreboard()`]: every record simulated, measured like a recording and
//!   judged by the rule of [`verdict`];
//! - [`receptors`]: published outcomes of receptors under voltage clamp, and the rule
//!   by which they are judged;
//! - [`physiology`]: quantities of the synapse without plasticity beside published ranges;
//! - [`compare`]: published plasticity rules against their reference values;
//! - [`calibration`]: the free parameters set on the calibration records;
//! - [`fit`](mod@fit): the model set on the control group of a recorded study, the
//!   groups with drugs predicted;
//! - [`sensitivity()`]: what each uncertain parameter does to an experiment.
//!
//! Simulated slices go through the experiment file and the same measuring as
//! recordings; nothing here looks into the model.

pub mod calibration;
mod error;
pub mod fit;
mod outcomes;
pub mod physiology;
pub mod receptors;
mod rules;
mod search;
pub mod sensitivity;

pub mod verdict;

pub use crate::outcomes::record::{Arm, Expectation, Quantity, Record, Role, embedded, read, with_folder};
pub use crate::outcomes::scoreboard::{ArmOutcome, Check, Options, Row, scoreboard};
pub use crate::rules::references::{Point, Reference, ReferenceRow, compare, references};
pub use crate::sensitivity::sensitivity::sensitivity;
pub use error::ValidationError;
pub use verdict::Verdict;
