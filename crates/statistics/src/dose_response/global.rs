//! Several curves as one model, with parameters shared or apart.

use crate::dose_response::curve::{CurveParameters, Parameter};
use crate::least_squares::model::Model;

/// Where a parameter of a curve takes its value from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Slot {
    /// Estimated parameter number.
    Free(usize),
    /// A constant.
    Fixed(f64),
}

/// Observations of several curves.
#[derive(Debug, Clone)]
pub(crate) struct Curves {
    /// Curve and dose of each observation.
    rows: Vec<(usize, f64)>,
    /// Slots of each curve, in the order of [`CurveParameters::to_array`].
    slots: Vec<[Slot; 5]>,
    parameters: usize,
}

impl Curves {
    /// Curves that share the parameters in `shared` and have their own of the
    /// others in `free`. What is not in `free` is fixed: Hill slope, plateau and
    /// asymmetry at 1, baseline and ln EC50 at 0.
    pub(crate) fn new(rows: Vec<(usize, f64)>, free: &[Parameter], shared: &[Parameter]) -> Curves {
        let curves = rows.iter().map(|(curve, _)| curve + 1).max().unwrap_or(0);
        let fixed = [1.0, 1.0, 0.0, 0.0, 1.0].map(Slot::Fixed);
        let mut slots = vec![fixed; curves];
        let mut parameters = 0;
        for parameter in free {
            if shared.contains(parameter) {
                for slot in &mut slots {
                    slot[parameter.index()] = Slot::Free(parameters);
                }
                parameters += 1;
            } else {
                for slot in &mut slots {
                    slot[parameter.index()] = Slot::Free(parameters);
                    parameters += 1;
                }
            }
        }
        Curves { rows, slots, parameters }
    }

    /// The parameters of one curve.
    pub(crate) fn curve(&self, theta: &[f64], curve: usize) -> CurveParameters {
        CurveParameters::from_array(self.slots[curve].map(|slot| match slot {
            Slot::Free(k) => theta[k],
            Slot::Fixed(value) => value,
        }))
    }

    /// A point where every curve is as near as possible to `own`: parameters in
    /// common get the mean.
    pub(crate) fn start(&self, own: &[CurveParameters]) -> Vec<f64> {
        let mut sums = vec![(0.0, 0.0); self.parameters];
        for (slots, parameters) in self.slots.iter().zip(own) {
            for (slot, value) in slots.iter().zip(parameters.to_array()) {
                if let Slot::Free(k) = slot {
                    sums[*k].0 += value;
                    sums[*k].1 += 1.0;
                }
            }
        }
        sums.iter().map(|(sum, count)| sum / count).collect()
    }
}

impl Model for Curves {
    fn parameters(&self) -> usize {
        self.parameters
    }

    fn value(&self, theta: &[f64], row: usize) -> f64 {
        let (curve, dose) = self.rows[row];
        let curve = self.curve(theta, curve);
        // Outside: negative slopes mirror the curve, extreme ones overflow.
        if curve.hill <= 0.0 || curve.asymmetry <= 1e-3 || curve.asymmetry > 1e3 {
            return f64::NAN;
        }
        curve.response(dose)
    }

    fn gradient(&self, theta: &[f64], row: usize, gradient: &mut [f64]) {
        gradient.fill(0.0);
        let (curve, dose) = self.rows[row];
        let along = self.curve(theta, curve).gradient(dose);
        for (slot, slope) in self.slots[curve].iter().zip(along) {
            if let Slot::Free(k) = slot {
                gradient[*k] += slope;
            }
        }
    }
}
