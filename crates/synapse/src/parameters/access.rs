//! Access to the parameters by path: rows of the table, reading, and setting
//! within the range of a row.

use crate::parameters::spec::{ParameterError, ParameterSpec};
use crate::parameters::table::{Parameters, SPECS};

impl Parameters {
    /// All parameters with their units, ranges and sources, in table order.
    pub fn specs() -> &'static [ParameterSpec] {
        &SPECS
    }

    /// Row of a parameter in the table.
    pub(crate) fn place(path: &str) -> Option<usize> {
        SPECS.iter().position(|spec| spec.path == path)
    }

    /// The value of a parameter in the unit of its row.
    pub fn get(&self, path: &str) -> Option<f64> {
        SPECS.iter().position(|spec| spec.path == path).map(|index| self.at(index))
    }

    /// Sets a parameter, in the unit of its row.
    ///
    /// # Errors
    /// The path is unknown, or the value is not finite or outside the range.
    pub fn set(&mut self, path: &str, value: f64) -> Result<(), ParameterError> {
        let Some(index) = SPECS.iter().position(|spec| spec.path == path) else {
            return Err(ParameterError::Unknown { path: path.to_owned() });
        };
        let spec = &SPECS[index];
        if !(spec.low..=spec.high).contains(&value) {
            return Err(ParameterError::OutOfRange {
                path: spec.path,
                value,
                low: spec.low,
                high: spec.high,
                unit: spec.unit,
            });
        }
        *self.at_mut(index) = value;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_lie_in_their_ranges_and_paths_are_unique() {
        for (index, spec) in SPECS.iter().enumerate() {
            assert!((spec.low..=spec.high).contains(&spec.default), "{}", spec.path);
            assert!(!spec.source.is_empty() && !spec.meaning.is_empty(), "{}", spec.path);
            assert!(SPECS[..index].iter().all(|other| other.path != spec.path), "{}", spec.path);
        }
    }

    #[test]
    fn set_then_get_and_the_errors() {
        let mut parameters = Parameters::default();
        parameters.set("nmda.glun2b_share", 0.4).unwrap();
        assert_eq!(parameters.get("nmda.glun2b_share"), Some(0.4));
        let unknown = parameters.set("nmda.glun2b_shares", 0.4).unwrap_err();
        assert_eq!(unknown, ParameterError::Unknown { path: "nmda.glun2b_shares".to_owned() });
        let outside = parameters.set("nmda.glun2b_share", 4.0).unwrap_err();
        assert!(outside.to_string().contains("outside its range"), "{outside}");
        assert!(parameters.set("nmda.glun2b_share", f64::NAN).is_err());
    }
}
