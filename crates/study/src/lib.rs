//! Studies of recorded slices.
//!
//! - [`StudyFile`]: the file `study.toml`;
//! - [`carry_out()`]: study file and recordings → an analysed results folder, by the
//!   path that simulated slices take;
//! - [`propose()`]: a folder of recordings → the text of a study file;
//! - [`stand`]: a study → the experiment of the model that stands for it;
//! - [`recovery`]: known potentiation in, measured potentiation out;
//! - [`lint`]: faults in the content of recordings and tables.

mod carry_out;
mod error;
pub mod file;
pub mod lint;
mod median;
mod propose;
mod recordings;
pub mod recovery;
pub mod stand;

pub use crate::carry_out::blinding::Key;
pub use crate::carry_out::carry_out::{Options, carry_out};
pub use crate::carry_out::exclusions::write_exclusions;
pub use crate::error::StudyError;
pub use crate::file::check::check;
pub use crate::file::file::StudyFile;
pub use crate::propose::propose::propose;
pub use crate::recordings::traces;
