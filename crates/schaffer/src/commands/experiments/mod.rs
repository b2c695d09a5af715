//! TODO: what the room `experiments` holds.

pub mod check;
pub mod patch;
pub mod power;
pub mod run;
pub mod sensitivity;
