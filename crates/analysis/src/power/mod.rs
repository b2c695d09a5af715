//! What an experiment can find, and what it needs to find an effect.

pub(crate) mod answer;
pub(crate) mod layout;
pub(crate) mod power;
pub(crate) mod question;

pub use answer::{Allocated, AnimalsForSlices, ComparisonPower, IccPower, PowerAnswer, Simulated};
pub use power::power;
pub use question::{Costs, PowerQuestion};
