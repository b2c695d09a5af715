//! The course of a recording, and what is kept of it.

use quantity::{Frequency, Time, Voltage};

/// Course of one recording; the same for every slice of the experiment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Course {
    /// Drug-free test pulses.
    pub baseline: Time,
    /// Test pulses with the drug in the bath, before induction.
    pub wash_in: Time,
    /// Test pulses after the last pulse of the induction.
    pub follow_up: Time,
    /// From one test pulse to the next.
    pub test_interval: Time,
    /// Whether the drug is washed out from the end of induction on.
    pub wash_out: bool,
}

/// What the amplifier and the converter keep of each stimulus.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SweepSettings {
    /// Sampling rate.
    pub rate: Frequency,
    /// Kept before the stimulus.
    pub before: Time,
    /// Kept after the (last) stimulus.
    pub after: Time,
    /// Largest potential that the 16-bit converter can represent; larger
    /// ones are clipped, as on a rig.
    pub range: Voltage,
}
