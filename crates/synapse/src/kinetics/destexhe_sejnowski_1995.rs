//! Destexhe & Sejnowski 1995 Proc Natl Acad Sci USA 92:9515 (ModelDB 18198): the
//! GABA-B scheme with desensitisation,
//!   R' = K_1 C (1−R−D) − K_2 R + d_2 D,  D' = d_1 R − d_2 D.
//! The pulse of 0.5 mM for 0.3 ms is a choice, so that it compares with the
//! minimal scheme.

use crate::kinetics::gaba_b::GabaB;

/// The desensitising GABA-B scheme.
pub const GABA_B: GabaB =
    GabaB { k1: 0.66, k2: 0.020, k3: 0.083, k4: 0.0079, d1: 0.017, d2: 0.0053, transmitter_mm: 0.5, pulse_ms: 0.3 };
