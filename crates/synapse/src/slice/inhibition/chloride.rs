//! Chloride that inhibition leaves in the dendrite: in a train the reversal of GABA-A
//! currents rises, so that inhibition weakens itself.
//!
//!   c' = i/(F v) − c · e/τ_Cl,   E = E_GABA + RT/F ln(1 + c/c₀),   c₀ = c_out e^{E_GABA F/RT},
//!
//! c the chloride above rest (mM), i the inward flow of chloride (the outward GABA-A
//! current), v the volume that it fills, e what drugs leave of extrusion by KCC2. The
//! logarithm is taken as x(6+x)/(6+4x), within 1 % up to x = 1.

use crate::kinetics::constants::FARADAY;
use crate::parameters::table::Parameters;

/// 1 pA for 1 ms over F and per µm³ (1e-15 l), mM.
const MM_UM3_PER_PA_MS: f64 = 1e3 / FARADAY;
/// RT/F at 32 °C, mV.
const THERMAL_MV: f64 = 26.295;
/// Chloride outside with the permeable share of bicarbonate, mM.
const OUTSIDE_MM: f64 = 135.7;

/// Chloride load of a dendrite.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChlorideLoad {
    load_mm: f64,
    inverse_rest_mm: f64,
    per_pa_ms: f64,
    /// Shift of the reversal potential, mV.
    pub(crate) shift_mv: f64,
}

impl ChlorideLoad {
    /// A dendrite at rest.
    pub(crate) fn new(p: &Parameters) -> Self {
        let rest_mm = OUTSIDE_MM * libm::exp(p.gaba_reversal_mv / THERMAL_MV);
        Self {
            load_mm: 0.0,
            inverse_rest_mm: 1.0 / rest_mm,
            per_pa_ms: MM_UM3_PER_PA_MS / p.chloride_volume_um3,
            shift_mv: 0.0,
        }
    }

    /// The outward GABA-A current `pa` flows for `dt_ms`.
    #[inline(always)]
    pub(crate) fn flow(&mut self, pa: f64, dt_ms: f64, recovery_ms: f64) {
        self.load_mm += dt_ms * (pa * self.per_pa_ms - self.load_mm / recovery_ms);
        self.set_shift();
    }

    /// One Newton step towards the load at which extrusion keeps up with the outward
    /// current `pa` through a GABA-A conductance of `ns`; the change in mM.
    pub(crate) fn towards_balance(&mut self, pa: f64, ns: f64, recovery_ms: f64) -> f64 {
        let change = (self.per_pa_ms * recovery_ms * pa - self.load_mm) * self.quickening(ns, recovery_ms).recip();
        self.load_mm += change;
        self.set_shift();
        change
    }

    /// The load relaxes for `gap_ms` from `start_mm` to the present one, which balances;
    /// the conductance `ns` hastens it.
    pub(crate) fn relax_from(&mut self, start_mm: f64, ns: f64, gap_ms: f64, recovery_ms: f64) {
        let left = libm::exp(-gap_ms * self.quickening(ns, recovery_ms) / recovery_ms);
        self.load_mm += (start_mm - self.load_mm) * left;
        self.set_shift();
    }

    /// How much faster chloride balances through `ns` than by extrusion alone:
    /// 1 + τ g/(F v) dE/dc.
    fn quickening(&self, ns: f64, recovery_ms: f64) -> f64 {
        let per_mm = THERMAL_MV * self.inverse_rest_mm / (1.0 + (self.load_mm * self.inverse_rest_mm).max(-0.5));
        1.0 + recovery_ms * self.per_pa_ms * ns * per_mm
    }

    /// The load, mM above rest.
    pub(crate) fn load_mm(&self) -> f64 {
        self.load_mm
    }

    #[inline(always)]
    fn set_shift(&mut self) {
        let x = (self.load_mm * self.inverse_rest_mm).max(-0.5);
        self.shift_mv = THERMAL_MV * x * (6.0 + x) / (6.0 + 4.0 * x);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shift_is_that_of_the_logarithm_and_fades() {
        let p = Parameters::default();
        let mut load = ChlorideLoad::new(&p);
        load.flow(1_000.0, 500.0, 8_000.0);
        let x = load.load_mm * load.inverse_rest_mm;
        assert!(x > 0.1 && (load.shift_mv / (THERMAL_MV * libm::log1p(x)) - 1.0).abs() < 0.01, "{x}");
        let start = load.load_mm();
        (0..20).for_each(|_| _ = load.towards_balance(0.0, 0.0, 8_000.0));
        load.relax_from(start, 0.0, 80_000.0, 8_000.0);
        assert!(load.shift_mv < 1e-3);
    }

    /// 1 nA for 1 ms is 1.04e-17 mol; in 1000 µm³ 0.0104 mM.
    #[test]
    fn charge_is_counted_by_faraday() {
        let mut load = ChlorideLoad::new(&Parameters { chloride_volume_um3: 1_000.0, ..Parameters::default() });
        load.flow(1_000.0, 1.0, 1e12);
        assert!((load.load_mm - 0.010_364).abs() < 1e-5, "{}", load.load_mm);
    }
}
