//! Several outcomes with an order of importance: graphs of hypotheses, fixed sequences,
//! serial and parallel gates. All control the family-wise error in the strong sense.

mod gates;
mod graph;

pub use gates::{Gate, gatekeeping};
pub use graph::Graph;
