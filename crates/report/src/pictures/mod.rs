//! Single drawings and pages without a results folder behind them: curves of a
//! rule or a compound, cohorts taken together, the growth of a benchmark, the scoreboard.

pub(crate) mod curves;
pub(crate) mod forest;
pub mod growth;
pub(crate) mod scoreboard;
