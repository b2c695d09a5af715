//! One sweep or the average of several: stimuli, response, slope, fibre volley,
//! spikes and resistance.

pub mod average;
pub(crate) mod clock;
pub mod detect;
pub mod evoked;
pub mod resistance;
pub mod response;
pub(crate) mod slope;
pub(crate) mod smoothing;
pub(crate) mod template;
pub mod volley;
pub mod waveform;
