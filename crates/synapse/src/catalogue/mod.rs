//! The catalogue of rules, and the default rule: it stands above the slice, which
//! it runs.

pub(crate) mod catalogue;
pub(crate) mod effective_calcium;
pub(crate) mod rule;
