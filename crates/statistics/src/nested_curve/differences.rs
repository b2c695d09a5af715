//! Curves of one fit compared with each other.

use crate::error::{StatisticsError, require_count};
use crate::estimate::{Comparison, FTest};
use crate::nested_curve::contrast::weights;
use crate::nested_curve::layout::NestedParameter;
use crate::nested_curve::outcome::NestedFit;

impl NestedFit {
    /// Difference of a parameter between two curves, `other` less `reference`; of
    /// the location it is the logarithm of the ratio of EC50s.
    ///
    /// # Errors
    /// No such curve; the slope of a form that fixes it.
    pub fn difference(
        &self,
        parameter: NestedParameter,
        reference: usize,
        other: usize,
    ) -> Result<Comparison, StatisticsError> {
        self.require(parameter)?;
        require_count("curves", self.curves.len(), reference.max(other) + 1)?;
        let of = |curve| weights(self.form, self.curves.len(), parameter, curve);
        Ok(self.inference.contrast(&(of(other) - of(reference)), self.level))
    }

    /// Test that all curves have the same values of `parameters`.
    ///
    /// # Errors
    /// A single curve, no parameter, the slope of a form that fixes it.
    pub fn equal(&self, parameters: &[NestedParameter]) -> Result<FTest, StatisticsError> {
        require_count("curves", self.curves.len(), 2)?;
        require_count("parameters", parameters.len(), 1)?;
        let mut rows = Vec::new();
        for parameter in parameters {
            self.require(*parameter)?;
            let of = |curve| weights(self.form, self.curves.len(), *parameter, curve);
            rows.extend((1..self.curves.len()).map(|curve| of(curve) - of(0)));
        }
        Ok(self.inference.test(&rows))
    }

    /// Response of the average animal at `dose` ≥ 0.
    pub fn response(&self, curve: usize, dose: f64) -> f64 {
        let own = &self.curves[curve];
        let slope = own.slope.map_or(0.0, |s| s.estimate);
        own.baseline.estimate + own.span.estimate * self.form.value(dose, own.location.estimate, slope)[0]
    }

    fn require(&self, parameter: NestedParameter) -> Result<(), StatisticsError> {
        if parameter == NestedParameter::Slope && self.form.parameters() < 4 {
            let (what, why) = ("comparison of slopes".to_owned(), "the slope is fixed in this curve".to_owned());
            return Err(StatisticsError::Undefined { what, why });
        }
        Ok(())
    }
}
