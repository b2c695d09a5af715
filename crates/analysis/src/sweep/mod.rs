//! One sweep or the average of several: stimuli, response, slope, fibre volley,
//! spikes and resistance.

pub mod average;
pub(crate) mod clock;
pub mod detect;
pub mod evoked;
pub mod gap_free;
pub mod resistance;
pub(crate) mod response;
pub(crate) mod slope;
pub(crate) mod smoothing;
pub(crate) mod steps;
pub(crate) mod template;
pub(crate) mod volley;
pub mod waveform;

pub use response::{BEFORE_NEXT_MS, RESPONSE_MS};
