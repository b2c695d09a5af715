//! Voltage-gated channels of the dendrite: x' = (x∞ − x)/τ_x. At 34 °C.

use crate::kernel::lanes::exp;
use crate::published::narayanan_johnston_2010::parameters::NarayananJohnston2010;

/// zF/RT of the model per mV, with the constants of its files.
const KAPPA: f64 = 9.648e4 / (8.315 * (273.16 + 34.0)) * 1e-3;

/// Sodium m, h and slow s; K_DR n; K_A a and b; h-channel l.
pub const GATE_NAMES: [&str; 7] = ["m", "h", "s", "n", "a", "b", "l"];

const NA_MV: f64 = 55.0;
const K_MV: f64 = -90.0;
const H_MV: f64 = -30.0;
/// Passive conductance, S/cm²: 1/14 kΩ cm².
const LEAK_S_CM2: f64 = 1.0 / 14_000.0;
/// 4.5^{0.1}: temperature factor of h channels from 33 to 34 °C.
const H_TEMPERATURE: f64 = 1.162_308_065_239_424_2;
/// Resting potential that e_pas provides, mV.
pub(crate) const REST_MV: f64 = -65.0;

/// x/(1 − e^{−x/q}), q at 0.
fn linear(x: f64, q: f64) -> f64 {
    let y = x / q;
    // Series to y⁴: relative error below 1e-12.
    if y.abs() < 0.05 { q * (1.0 + y * (0.5 + y * (1.0 / 12.0 - y * y / 720.0))) } else { x / (1.0 - exp(-y)) }
}

/// Steady states and time constants (ms) of all gates, in the order of [`GATE_NAMES`].
pub(crate) fn gates(v: f64) -> [(f64, f64); 7] {
    let (am, bm) = (0.4 * linear(v + 24.0, 7.2), 0.124 * linear(-v - 24.0, 7.2));
    let m = (am / (am + bm), (0.5 / (am + bm)).max(0.02));
    let (ah, bh) = (0.03 * linear(v + 45.0, 1.5), 0.01 * linear(-v - 45.0, 1.5));
    let h = (1.0 / (1.0 + exp((v + 50.0) / 4.0)), (0.5 / (ah + bh)).max(0.5));
    let available = 1.0 / (1.0 + exp((v + 58.0) / 2.0));
    let slow = 12.0 * (v + 60.0) * KAPPA;
    let s = (available + 0.8 * (1.0 - available), (exp(0.2 * slow) / (3e-4 * (1.0 + exp(slow)))).max(10.0));
    let kdr = -3.0 * (v - 13.0) * KAPPA;
    let al = exp(kdr);
    let n = (1.0 / (1.0 + al), (exp(0.7 * kdr) / (0.02 * (1.0 + al))).max(2.0));
    let valence = -1.8 - 1.0 / (1.0 + exp((v + 40.0) / 5.0));
    let ka = valence * (v + 1.0) * KAPPA;
    let al = exp(ka);
    let a = (1.0 / (1.0 + al), (exp(0.39 * ka) / (5.0 * 0.1 * (1.0 + al))).max(0.2));
    let b = (1.0 / (1.0 + exp(3.0 * (v + 56.0) * KAPPA)), (0.26 * (v + 50.0)).max(2.0));
    let ih = 0.0378 * 2.2 * (v + 75.0);
    let l = (1.0 / (1.0 + exp((v + 75.0) / 8.0)), exp(0.4 * ih) / (H_TEMPERATURE * 0.011 * (1.0 + exp(ih))));
    [m, h, s, n, a, b, l]
}

/// Steady state of every gate at a potential (mV), in the order of [`GATE_NAMES`].
pub fn steady_state(v: f64) -> [f64; 7] {
    gates(v).map(|gate| gate.0)
}

/// Time constant (ms) of every gate at a potential (mV).
pub fn time_constant_ms(v: f64) -> [f64; 7] {
    gates(v).map(|gate| gate.1)
}

/// Conductance (S/cm²) of the channels and leak together, and the current (mA/cm²)
/// that flows at 0 mV, so that i = conductance × V − source.
pub(crate) fn linear_part(p: &NarayananJohnston2010, x: &[f64; 7], leak_mv: f64) -> (f64, f64) {
    let [m, h, s, n, a, b, l] = *x;
    let sodium = p.gna_s_cm2 * m * m * m * h * s;
    let potassium = p.gkdr_s_cm2 * n + p.gka_s_cm2 * a * b;
    let ih = p.gh_s_cm2 * l;
    (sodium + potassium + ih + LEAK_S_CM2, sodium * NA_MV + potassium * K_MV + ih * H_MV + LEAK_S_CM2 * leak_mv)
}

/// e_pas, mV: the leak reversal that balances all channels at −65 mV.
pub fn resting_leak_mv(p: &NarayananJohnston2010) -> f64 {
    let (conductance, source) = linear_part(p, &steady_state(REST_MV), 0.0);
    (conductance * REST_MV - source) / LEAK_S_CM2
}
