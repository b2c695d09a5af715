//! GHK synapses, calcium shell and plasticity of the model.
//!
//!   φ_z(V) = 10⁻³ z F [c_i (e(x)+x) − c_o e(x)], e(x) = x/(eˣ−1), x = 10⁻³ z F V/(RT),
//! which is c_i e(−x) − c_o e(x). P φ counts as nA, as in the published files;
//! density = nA × 100/area mA/cm².

use crate::kernel::lanes::exp;
use crate::kinetics::constants::{FARADAY, GAS, KELVIN};
use crate::published::narayanan_johnston_2010::parameters::NarayananJohnston2010;

/// F/RT per mV at 34 °C.
const PER_MV: f64 = 1e-3 * FARADAY / (GAS * (34.0 + KELVIN));
/// Concentrations inside and outside, mM.
const SODIUM: (f64, f64) = (18.0, 140.0);
const POTASSIUM: (f64, f64) = (140.0, 5.0);
const CALCIUM_OUT: f64 = 2.0;
/// Permeability of NMDA receptors to calcium relative to sodium.
const CALCIUM_SHARE: f64 = 10.6;
/// From nA to mA/cm²: 100/area, 50 µm × 1 µm.
const PER_AREA: f64 = 100.0 / (std::f64::consts::PI * 50.0);
/// Resting calcium, mM; its decay, ms; thickness of the shell, µm.
pub(crate) const REST_MM: f64 = 1e-4;
pub(crate) const CALCIUM_MS: f64 = 30.0;
const SHELL_UM: f64 = 0.1;
/// Share of calcium that stays free is 1/18.
const BUFFERING: f64 = 18.0;
pub(crate) const START_WEIGHT: f64 = 0.25;
/// Rise and decay of the receptors, ms.
pub(crate) const AMPA_MS: (f64, f64) = (2.0, 10.0);
pub(crate) const NMDA_MS: (f64, f64) = (5.0, 50.0);

/// φ_z of an ion of valence `z` with `inside` and `outside` mM at `v` mV, and its slope per mV.
fn flux(v: f64, z: f64, inside: f64, outside: f64) -> (f64, f64) {
    let x = z * PER_MV * v;
    // Series near 0: relative error below 1e-11.
    let (e, slope) = if x.abs() < 0.02 {
        let square = x * x;
        (1.0 - 0.5 * x + square / 12.0 - square * square / 720.0, -0.5 + x / 6.0 - square * x / 180.0)
    } else {
        let grown = exp(x) - 1.0;
        (x / grown, (grown - x * (grown + 1.0)) / (grown * grown))
    };
    let unit = 1e-3 * z * FARADAY;
    (unit * (inside * x + (inside - outside) * e), unit * z * PER_MV * (inside + (inside - outside) * slope))
}

/// φ_z of an ion of valence `z` with `inside` and `outside` mM at `v` mV.
pub fn ghk(v: f64, z: f64, inside: f64, outside: f64) -> f64 {
    flux(v, z, inside, outside).0
}

/// Unblocked share of NMDA receptors.
pub fn magnesium_block(v: f64, magnesium_mm: f64) -> f64 {
    1.0 / (1.0 + magnesium_mm / 3.57 * exp(-0.062 * v))
}

/// φ of Na, K and Ca and the block at a potential, for tests of the pieces.
pub fn probe(v: f64, calcium_mm: f64, magnesium_mm: f64) -> [f64; 4] {
    [
        ghk(v, 1.0, SODIUM.0, SODIUM.1),
        ghk(v, 1.0, POTASSIUM.0, POTASSIUM.1),
        ghk(v, 2.0, calcium_mm, CALCIUM_OUT),
        magnesium_block(v, magnesium_mm),
    ]
}

/// Synaptic current density, mA/cm², its slope per mV and the calcium part.
/// `ampa` and `nmda` are permeabilities times open fractions, weight included.
pub(crate) fn current(p: &NarayananJohnston2010, v: f64, ampa: f64, nmda: f64, calcium_mm: f64) -> (f64, f64, f64) {
    let (sodium, potassium) = (flux(v, 1.0, SODIUM.0, SODIUM.1), flux(v, 1.0, POTASSIUM.0, POTASSIUM.1));
    let calcium = flux(v, 2.0, calcium_mm, CALCIUM_OUT);
    let block = magnesium_block(v, p.magnesium_mm);
    let block_slope = 0.062 * block * (1.0 - block);
    let (mono, mono_slope) = (sodium.0 + potassium.0, sodium.1 + potassium.1);
    let through = mono + CALCIUM_SHARE * calcium.0;
    let through_slope = mono_slope + CALCIUM_SHARE * calcium.1;
    let whole = ampa * mono + nmda * block * through;
    let slope = ampa * mono_slope + nmda * (block * through_slope + block_slope * through);
    (whole * PER_AREA, slope * PER_AREA, CALCIUM_SHARE * nmda * block * calcium.0 * PER_AREA)
}

/// Calcium entering the shell, mM/ms, from the calcium current (mA/cm²); efflux
/// never lowers calcium.
pub(crate) fn entry(calcium_current: f64) -> f64 {
    (-1e4 * calcium_current / (2.0 * FARADAY * SHELL_UM)).max(0.0) / BUFFERING
}

/// Ω and η (per ms) at a calcium level (mM).
pub(crate) fn learning(calcium_mm: f64) -> (f64, f64) {
    let c = 1000.0 * (calcium_mm - REST_MM);
    let sigmoid = |x: f64| 1.0 / (1.0 + exp(-x));
    let target = 0.25 + sigmoid(80.0 * (c - 0.55)) - 0.25 * sigmoid(80.0 * (c - 0.35));
    (target, 1.0 / (1000.0 + 100.0 / (0.01 + c * c * c)))
}
