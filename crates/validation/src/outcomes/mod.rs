//! Published outcomes of slices: their records, the experiment that stands for
//! each, what is measured, and the scoreboard.

pub(crate) mod arm;
pub(crate) mod measured;
pub(crate) mod record;
pub(crate) mod scoreboard;
