//! TODO: what the room `sections` holds.

pub(crate) mod answer;
pub(crate) mod arrive;
pub(crate) mod beside;
pub(crate) mod courses;
pub(crate) mod evidence;
pub(crate) mod methods;
pub(crate) mod page;
pub(crate) mod statistics;
