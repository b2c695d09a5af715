//! TODO: what the room `rules` holds.

pub(crate) mod ca1_spine;
pub mod chindemi_2022;
pub mod clopath_2010;
pub mod dainauskas_2023;
pub mod deperrois_2020;
pub(crate) mod error;
pub mod gb_calcium;
pub mod graupner_brunel_2012;
pub mod outcome;
pub(crate) mod parameter;
pub(crate) mod periodic;
pub(crate) mod protocol;
pub mod shouval_2002;
pub mod spine;

pub use crate::catalogue::catalogue::{Attachment, RULES, Rule, RuleKind, find};
pub use crate::rules::error::{RuleError, nearest};
pub(crate) use crate::rules::parameter::rule_parameters;
pub use crate::rules::parameter::{NamedSet, RuleParameter};
pub use crate::rules::protocol::{Anchor, Pattern, Protocol};
pub use outcome::{Detail, Outcome, Prepared};
