//! Numbers and units as the evidence spells them.

use synapse::Parameters;

/// Unit of a parameter.
pub(crate) fn unit_of(path: &str) -> &'static str {
    Parameters::specs().iter().find(|spec| spec.path == path).map_or("", |spec| spec.unit)
}

/// A number with its unit as it is printed (µ for the u of the parameter table, a
/// true minus sign); dimensionless numbers stand alone.
pub(crate) fn with_unit(value: f64, unit: &str) -> String {
    let number = value.to_string();
    let number = number.strip_prefix('-').map_or(number.clone(), |size| format!("−{size}"));
    if unit.is_empty() || unit == "1" { number } else { format!("{number} {}", unit.replace("uM", "µM")) }
}

/// Four significant figures, for print.
pub(crate) fn round(value: f64) -> f64 {
    if value == 0.0 {
        return value;
    }
    let scale = 10_f64.powi(3 - libm::log10(value.abs()).floor() as i32);
    (value * scale).round() / scale
}
