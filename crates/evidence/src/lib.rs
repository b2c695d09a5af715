//! How sure a number is, what a result rests on, and what a reader must know. Says
//! it and decides nothing: whoever owns a number tags it, whoever writes a result
//! gathers the rows and remarks.

mod evidence;
mod listing;
mod remark;
mod row;

pub use evidence::Evidence;
pub use listing::{listed, listed_with};
pub use remark::{Remark, RemarkKind};
pub use row::EvidenceRow;
