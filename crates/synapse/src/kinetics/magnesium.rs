//! Magnesium block of NMDA receptors, by publication: share of receptors free of
//! magnesium at a potential (mV).

/// Magnesium that blocks half of the receptors at 0 mV, mM; Jahr & Stevens 1990.
pub(crate) const JAHR_STEVENS_MM: f64 = 3.57;
/// Steepness of the block, 1/mV; Jahr & Stevens 1990.
pub(crate) const JAHR_STEVENS_PER_MV: f64 = 0.062;
/// Magnesium that blocks half of the receptors at 0 mV, mM; Vargas-Caballero &
/// Robinson 2003.
pub(crate) const VARGAS_CABALLERO_MM: f64 = 2.552;
/// Steepness of the block, 1/mV; Vargas-Caballero & Robinson 2003.
pub(crate) const VARGAS_CABALLERO_PER_MV: f64 = 0.072;

/// A published block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MagnesiumBlock {
    /// 1/(1 + \[Mg\]/3.57 e^{−0.062 V}), Jahr & Stevens 1990 J Neurosci 10:3178.
    JahrStevens1990,
    /// 1/(1 + \[Mg\]/2.552 e^{−0.072 V}), Vargas-Caballero & Robinson 2003
    /// J Neurophysiol 89:2778, as used by Chindemi et al. 2022.
    VargasCaballeroRobinson2003,
    /// 1/(1 + 0.2801 \[Mg\] e^{−0.087 (V+10)}), Schulz et al. 2018 Nat Commun 9:3576.
    Schulz2018,
}

impl MagnesiumBlock {
    /// Unblocked share at `v_mv` with `magnesium_mm` outside; 1 without magnesium.
    pub fn unblocked(self, v_mv: f64, magnesium_mm: f64) -> f64 {
        let blocked = match self {
            Self::JahrStevens1990 => magnesium_mm / JAHR_STEVENS_MM * libm::exp(-JAHR_STEVENS_PER_MV * v_mv),
            Self::VargasCaballeroRobinson2003 => {
                magnesium_mm / VARGAS_CABALLERO_MM * libm::exp(-VARGAS_CABALLERO_PER_MV * v_mv)
            }
            Self::Schulz2018 => 0.2801 * magnesium_mm * libm::exp(-0.087 * (v_mv + 10.0)),
        };
        1.0 / (1.0 + blocked)
    }
}
