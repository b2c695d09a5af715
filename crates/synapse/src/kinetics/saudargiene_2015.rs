//! Saudargiene & Graham 2015 Biosystems 130:37 (ModelDB 157157): the minimal
//! GABA-B scheme with the rates of a CA1 microcircuit, 1 mM for 1 ms per spike.

use crate::kinetics::gaba_b::GabaB;

/// The GABA-B scheme of the microcircuit.
pub const GABA_B: GabaB =
    GabaB { k1: 0.09, k2: 0.0012, k3: 0.18, k4: 0.034, d1: 0.0, d2: 0.0, transmitter_mm: 1.0, pulse_ms: 1.0 };
