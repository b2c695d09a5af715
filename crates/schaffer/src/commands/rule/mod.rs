//! A plasticity rule alone, over sets, frequencies and intervals: options to
//! protocols, protocols to rows, rows to tables and figures.

pub mod description;
pub mod late;
pub mod lists;
pub mod plot;
pub mod points;
pub mod rows;
pub mod rule;
pub mod user_set;
