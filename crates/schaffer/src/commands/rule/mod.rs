//! TODO: what the room `rule` holds.

pub(crate) mod late;
pub(crate) mod lists;
pub(crate) mod plot;
pub(crate) mod points;
pub(crate) mod rows;
pub(crate) mod rule;
pub(crate) mod user_set;
