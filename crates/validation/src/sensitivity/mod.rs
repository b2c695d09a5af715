//! TODO: what the room `sensitivity` holds.

pub(crate) mod factor;
pub(crate) mod means;
pub(crate) mod points;
pub(crate) mod sensitivity;

pub use crate::sensitivity::factor::{factors, value_at};
pub(crate) use crate::sensitivity::factor::{overridden, set_by_animals};
pub use crate::sensitivity::points::Method;
pub use sensitivity::sensitivity;
