//! Chloride inside the cell, the GABA-A reversal potential, and both by age.
//!
//! ```text
//! E_GABA = (RT/F)·ln[([Cl]ᵢ + p·[HCO₃]ᵢ)/([Cl]ₒ + p·[HCO₃]ₒ)], p = P_HCO₃/P_Cl (GHK)
//!
//! d[Cl]ᵢ/dt = J_N·n − k_K·κ·([Cl]ᵢ − [K]ₒ[Cl]ₒ/[K]ᵢ) − ([Cl]ᵢ − [Cl]_∞)/τ
//! ```
//!
//! with uptake by NKCC1 (activity n), extrusion by KCC2 (activity κ), which stops
//! at its thermodynamic equilibrium, and the passive leak towards the Nernst
//! equilibrium at rest. κ(age) = 1/(1 + e^(−(age − 11 d)/2.5 d)), n = 1 − 0.8·κ.

use evidence::{Evidence, EvidenceRow};
use quantity::Age;
use synapse::kinetics::{FARADAY_OF_CHLORIDE, GAS_OF_CHLORIDE};

/// RT/F at 32 °C, mV.
const THERMAL_MV: f64 = GAS_OF_CHLORIDE * 305.15 / FARADAY_OF_CHLORIDE * 1000.0;
/// Chloride outside, mM: 124 NaCl, 2.5 KCl, 2 CaCl2. Derived from the aCSF.
pub const CHLORIDE_OUT_MM: f64 = 130.5;
/// Bicarbonate outside (aCSF) and inside (from memory: pH about 7.2), mM.
pub const BICARBONATE_MM: [f64; 2] = [26.0, 15.5];
/// Permeability of bicarbonate over chloride. From memory, 0.18–0.3.
const BICARBONATE_PERMEABILITY: f64 = 0.2;
/// Potassium outside (aCSF) and inside (from memory), mM.
const POTASSIUM_MM: [f64; 2] = [2.5, 140.0];
/// Rest, mV.
const REST_MV: f64 = -68.0;
/// Uptake by NKCC1 in the newborn, mM/s. Measured, 15.4 µM/s, CA3 at P4–7.
const UPTAKE_MM_PER_S: f64 = 0.0154;
/// Passive leak of chloride, s. Measured, 381 s, same source.
const LEAK_S: f64 = 381.0;
/// Rate of KCC2 in the adult, 1/s. Derived: gives E_GABA −72 mV there.
const EXTRUSION_PER_S: f64 = 0.004_19;
/// Age of half-mature transporters and its spread, d. A choice of the model
/// between −55 mV at P2–5 and −62 mV at P7–13 (Zhang et al. 1990 Dev Brain Res 56:127).
const HALF_MATURE_D: f64 = 11.0;
const SPREAD_D: f64 = 2.5;

/// Chloride transport of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chloride {
    /// Activity of NKCC1, 1 in the newborn.
    pub nkcc1: f64,
    /// Activity of KCC2, 1 in the adult.
    pub kcc2: f64,
}

impl Chloride {
    /// The transporters at an age.
    pub fn of_age(age: Age) -> Self {
        let kcc2 = 1.0 / (1.0 + libm::exp(-(age.postnatal_days() - HALF_MATURE_D) / SPREAD_D));
        Self { nkcc1: 1.0 - 0.8 * kcc2, kcc2 }
    }

    /// Chloride inside at which all fluxes balance, mM.
    pub fn inside_mm(&self) -> f64 {
        let passive_mm = CHLORIDE_OUT_MM * libm::exp(REST_MV / THERMAL_MV);
        let stopped_mm = POTASSIUM_MM[0] * CHLORIDE_OUT_MM / POTASSIUM_MM[1];
        let extrusion = EXTRUSION_PER_S * self.kcc2;
        (UPTAKE_MM_PER_S * self.nkcc1 + passive_mm / LEAK_S + extrusion * stopped_mm) / (1.0 / LEAK_S + extrusion)
    }

    /// Reversal of GABA-A currents, mV.
    pub fn reversal_mv(&self) -> f64 {
        gaba_reversal_mv(self.inside_mm())
    }
}

/// How far the reversal of GABA-A currents moves in a mature cell of which drugs leave
/// the factors `nkcc1` and `kcc2` of uptake and extrusion, mV, once chloride has settled.
pub(crate) fn transport_shift_mv(nkcc1: f64, kcc2: f64) -> f64 {
    let whole = Chloride::of_age(Age::from_postnatal_days(60.0));
    let left = Chloride { nkcc1: whole.nkcc1 * nkcc1, kcc2: whole.kcc2 * kcc2 };
    left.reversal_mv() - whole.reversal_mv()
}

/// Reversal of GABA-A currents with `inside_mm` of chloride, mV (GHK, with bicarbonate).
pub fn gaba_reversal_mv(inside_mm: f64) -> f64 {
    let [outside, inside] = BICARBONATE_MM.map(|mm| BICARBONATE_PERMEABILITY * mm);
    THERMAL_MV * libm::log((inside_mm + inside) / (CHLORIDE_OUT_MM + outside))
}

/// Nernst potential of chloride alone, mV: what a pipette with `inside_mm` sets
/// in solutions without bicarbonate.
pub fn chloride_reversal_mv(inside_mm: f64) -> f64 {
    THERMAL_MV * libm::log(inside_mm / CHLORIDE_OUT_MM)
}

/// Where the numbers come from.
pub fn evidence() -> Vec<EvidenceRow> {
    let row = |subject: &str, value: &str, source: &str, tag, note: &str| EvidenceRow {
        subject: format!("chloride, {subject}"),
        value: value.to_owned(),
        source: source.to_owned(),
        tag,
        note: note.to_owned(),
    };
    vec![
        row(
            "uptake by NKCC1 in the newborn",
            "15.4 µM/s",
            "CA3 pyramids at P4–7, quoted with [Cl]i 38.1 ± 3.2 mM (13–70 mM)",
            Evidence::Measured,
            "CA1 holds less",
        ),
        row("passive leak", "381 s", "CA3 pyramids at P4–7", Evidence::Measured, ""),
        row(
            "KCC2 in the adult",
            "0.0042 /s",
            "Gives E_GABA −72 mV",
            Evidence::Derived,
            "Rabbit CA1 −70 mV, Mueller et al. 1983; CA1 −70 to −75 mV from memory",
        ),
        row(
            "maturation",
            "half at P11, spread 2.5 d",
            "E_GABA −55 mV at P2–5 and −62 mV at P7–13, Zhang et al. 1990 Dev Brain Res 56:127",
            Evidence::ModelChoice,
            "",
        ),
        row(
            "bicarbonate",
            "26 mM outside, 15.5 mM inside, permeability 0.2",
            "aCSF; inside and permeability from memory",
            Evidence::FromMemory,
            "",
        ),
    ]
}
