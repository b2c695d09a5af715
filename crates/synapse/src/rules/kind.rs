//! The rules by kind.

/// Which rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// The default of the synapse.
    EffectiveCalcium,
    /// Graupner–Brunel thresholds on simulated calcium.
    GbCalcium,
    /// Graupner & Brunel 2012.
    GraupnerBrunel2012,
    /// Shouval et al. 2002.
    Shouval2002,
    /// Clopath et al. 2010.
    Clopath2010,
    /// Dainauskas et al. 2023.
    Dainauskas2023,
    /// Deperrois & Graupner 2020.
    Deperrois2020,
    /// Chindemi et al. 2022.
    Chindemi2022,
    /// Luboeinski & Tetzlaff 2021.
    StcLuboeinski2021,
    /// Narayanan & Johnston 2010.
    NarayananJohnston2010,
}
