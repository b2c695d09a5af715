//! TODO: what the room `recordings` holds.

pub mod analyse;
pub mod export;
pub mod fit;
pub mod inspect;
pub mod measure;
pub mod study;
