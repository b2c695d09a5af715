//! What is built in: compounds, receptors, states, protocols, rules, and their
//! tables in the documentation.

pub mod built_in;
pub mod docs;
mod posterior;
pub mod receptors;
pub mod rules;
pub mod states;

pub use posterior::checks;
