//! What one slice yields: sweeps, protocol events and drug exposure; the
//! manifest that says how they came about and how they are to be analysed; and
//! their storage. Nothing here knows the model or the statistics.
//!
//! Files appear under their names only when they are whole ([`atomic`]); a
//! slice is one folder that appears at once ([`store`]); tables go through
//! [`table`], the only door to the data-frame package.

pub mod atomic;
pub mod digitise;
pub mod ensemble;
mod error;
pub mod fit;
pub mod manifest;
pub mod plan;
mod rig;
pub mod sensitivity;
pub mod slice;
mod slope;
pub mod slug;
pub mod store;
pub mod table;
pub mod whole_cell;

pub use crate::error::store::StoreError;
pub use crate::store::natural::NaturalKey;
pub use crate::table::frame::PARQUET_THREAD;
pub use manifest::Manifest;
pub use slice::{Event, Exposure, Phase, SliceKey, SliceRecording, Sweep};
pub use whole_cell::WholeCellRig;
