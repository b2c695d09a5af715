//! What any recording file yields, whatever its format: its head, its sweeps with
//! their samples, and a trace in a few numbers.

pub(crate) mod head;
pub(crate) mod held;
pub(crate) mod place;
pub(crate) mod rate;
pub(crate) mod statistics;
