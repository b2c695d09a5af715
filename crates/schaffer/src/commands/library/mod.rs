//! TODO: what the room `library` holds.

pub mod built_in;
pub mod docs;
pub mod receptors;
pub mod rules;
pub mod states;
