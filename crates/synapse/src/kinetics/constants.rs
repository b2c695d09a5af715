//! Physical constants, each with the digits that the results stand on: another
//! rounding would move their last bits.

/// Faraday constant, C/mol, CODATA 2018.
pub(crate) const FARADAY: f64 = 96_485.332_12;
/// Gas constant, J/(mol K), CODATA 2018.
pub(crate) const GAS: f64 = 8.314_462_618;
/// Twice the Faraday constant, C/mol, with the digits of the calibrated spine.
pub(crate) const TWO_FARADAY_OF_SPINES: f64 = 192_970.664;
/// Gas constant, J/(mol K), with the digits of the chloride of the tissue.
pub const GAS_OF_CHLORIDE: f64 = 8.314_462_6;
/// Faraday constant, C/mol, with the digits of the chloride of the tissue.
pub const FARADAY_OF_CHLORIDE: f64 = 96_485.332;
/// Half-saturation of four times the calcium that feeds the calcium share of NMDA
/// currents, mM: 120/1.38, Schneggenburger et al. 1993 as used by Chindemi et al. 2022.
pub(crate) const CALCIUM_OF_NMDA_HALF_MM: f64 = 120.0 / 1.38;
/// 0 °C, K.
pub(crate) const KELVIN: f64 = 273.15;
