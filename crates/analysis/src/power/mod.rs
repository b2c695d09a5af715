//! What an experiment can find, and what it needs to find an effect.

pub(crate) mod answer;
pub(crate) mod layout;
pub(crate) mod power;
pub(crate) mod question;

pub use crate::power::answer::{Allocated, AnimalsForSlices, ComparisonPower, IccPower, PowerAnswer, Simulated};
pub use crate::power::question::{Costs, PowerQuestion};
pub use power::power;
