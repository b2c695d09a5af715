//! What goes into a slice: stimuli, and how much is recorded around them.

/// What a pulse is for. Test pulses and those of an induction act alike on the
/// synapse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PulseKind {
    /// Test pulse.
    Test,
    /// Part of the induction.
    Induction,
    /// Part of the induction that leaves the fibres alone: a brief current into
    /// the soma makes the cell fire. One cell is driven so, hence there is
    /// neither feedback inhibition nor a population spike.
    PostSpike,
}

/// One stimulus, to the Schaffer collaterals unless its kind says otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pulse {
    /// Time since the start of the recording, ms.
    pub t_ms: f64,
    /// What it is for.
    pub kind: PulseKind,
}

/// Induction pulses closer than this share a sweep, ms: a train, a theta burst.
pub const SAME_SWEEP_MS: f64 = 250.0;

/// What is recorded around the stimuli of a sweep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SweepWindow {
    /// Before the first stimulus, ms.
    pub before_ms: f64,
    /// After the last stimulus, ms.
    pub after_ms: f64,
    /// Sampling rate, Hz.
    pub rate_hz: f64,
}

/// A pulse that is given, with its place among all stimuli of the recording, which keys
/// what chance does with it: leaving others out shifts no draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Given {
    pub(crate) pulse: Pulse,
    pub(crate) number: u32,
}

impl Given {
    /// The pulses for which `seen` holds, numbered among all of `pulses`.
    pub(crate) fn among(pulses: &[Pulse], seen: &dyn Fn(&Pulse) -> bool) -> Vec<Self> {
        let mut number = 0;
        let mut given = Vec::with_capacity(pulses.len());
        for pulse in pulses {
            if pulse.kind != PulseKind::Test || seen(pulse) {
                given.push(Self { pulse: *pulse, number });
            }
            number += u32::from(pulse.kind != PulseKind::PostSpike);
        }
        given
    }
}
