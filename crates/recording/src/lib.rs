//! What one slice yields: sweeps, protocol events and drug exposure, and their
//! storage. Nothing here knows the results folder, the model or the statistics.
//!
//! Files appear under their names only when they are whole ([`atomic`]); a
//! slice is one folder that appears at once ([`store`]); tables go through
//! [`table`], the only door to the data-frame package.

pub mod atomic;
mod caught;
mod clamp;
pub mod digest;
pub mod digitise;
mod error;
pub mod input;
pub mod seed;
pub mod slice;
mod stamp;
pub mod store;
pub mod table;
pub mod threads;

pub use crate::caught::{caught, is_caught, words_of};
pub use crate::clamp::{Clamp, Shown};
pub use crate::error::store::StoreError;
pub use crate::stamp::{Origin, Stamp};
pub use crate::store::natural::NaturalKey;
pub use crate::table::frame::has_threads;
pub use slice::{Event, Exposure, Phase, SliceKey, SliceRecording, Sweep};
