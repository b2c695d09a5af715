//! Induction rules, a file or folder for each publication; what they share:
//! protocols, parameters, errors, outcomes, and their place on a spine.

pub(crate) mod ca1_spine;
pub mod chindemi_2022;
pub mod clopath_2010;
pub mod dainauskas_2023;
pub mod deperrois_2020;
pub(crate) mod error;
pub mod gb_calcium;
pub mod graupner_brunel_2012;
pub(crate) mod outcome;
pub(crate) mod parameter;
pub(crate) mod periodic;
pub(crate) mod protocol;
pub mod shouval_2002;
pub(crate) mod spine;

pub use crate::catalogue::catalogue::{RULES, find};
pub use crate::catalogue::rule::{Attachment, Rule, Usual, WithNoise};
pub use error::RuleError;
pub use outcome::{Detail, Outcome, Prepared};
pub use parameter::{NamedSet, RuleParameter};
pub use protocol::{Anchor, Pattern, Protocol};
