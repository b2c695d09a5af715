//! How sure a number is, and what a result rests on. Says it and decides nothing:
//! whoever owns a number tags it, whoever writes a result gathers the rows.

mod evidence;
mod row;

pub use evidence::Evidence;
pub use row::EvidenceRow;
