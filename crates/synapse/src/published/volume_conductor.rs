//! Potential of current sources in a homogeneous volume conductor (Holt & Koch
//! 1999 J Comput Neurosci 6:169), conductivity 0.3 S/m. Currents in nA, distances
//! in µm, potentials in µV.

/// Extracellular conductivity, S/m.
const CONDUCTIVITY_S_PER_M: f64 = 0.3;

/// I/(4πσ) in µV µm: nA/(S/m) is mV µm.
fn unit(current_na: f64) -> f64 {
    1e3 * current_na / (4.0 * std::f64::consts::PI * CONDUCTIVITY_S_PER_M)
}

/// A point source at distance `r_um`: φ = I/(4πσ r).
pub fn point_uv(current_na: f64, r_um: f64) -> f64 {
    unit(current_na) / r_um
}

/// A source spread evenly over a segment from 0 to `length_um` along z, seen from
/// radius `r_um` and height `z_um`: φ = I/(4πσ L) [asinh(z/r) − asinh((z−L)/r)].
pub fn line_uv(current_na: f64, r_um: f64, z_um: f64, length_um: f64) -> f64 {
    unit(current_na) / length_um * (libm::asinh(z_um / r_um) - libm::asinh((z_um - length_um) / r_um))
}

/// A sink at z = 0 and its return at z = −`distance_um`, seen from radius `r_um`
/// and height `z_um`. The two currents sum to zero.
pub fn two_pole_uv(sink_na: f64, r_um: f64, z_um: f64, distance_um: f64) -> f64 {
    let away = |height: f64| libm::sqrt(r_um * r_um + height * height);
    point_uv(sink_na, away(z_um + distance_um)) - point_uv(sink_na, away(z_um))
}
