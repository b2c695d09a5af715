//! What the rule asks of a neuron: to be taken from slice to slice of time.

/// Length of a slice, ms.
pub(super) const SLICE_MS: f64 = 0.1;

/// What a neuron shows at the end of a slice.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub(super) volts: f64,
    pub(super) minus: f64,
    pub(super) plus: f64,
}

/// A neuron that is taken from slice to slice.
pub(super) trait Neuron {
    /// One slice; `stimulated`: the postsynaptic stimulus falls in it; `synaptic`:
    /// weight of a presynaptic spike that arrives in it.
    fn slice(&mut self, stimulated: bool, synaptic: f64) -> Reading;
}
