//! Whether animals that give several doses have an EC₅₀.

use crate::dose_response::NotIdentifiedReason;
use crate::error::StatisticsError;
use crate::estimate::FTest;
use crate::nested_curve::fit::fit;
use crate::nested_curve::form::Form;
use crate::nested_curve::layout::NestedData;
use crate::nested_curve::outcome::{NestedFit, NestedOutcome};

/// Lack of fit below this p refuses the curve. The test of the linearised model
/// rejects 6 to 10 % of true curves at 0.05, so its bound is lower than that of
/// independent values.
const LACK_OF_FIT_P: f64 = 0.01;

/// What a dose series of animals says.
#[derive(Debug, Clone)]
pub enum NestedVerdict {
    /// Logistic curves describe the data, and these bound the EC50s.
    Ec50(Box<NestedFit>),
    /// They do not: there is no EC50.
    NoLogistic {
        /// The logistic curves against dose means, where one could be fitted.
        lack_of_fit: Option<FTest>,
        /// A bell that does describe the data of a single curve.
        bell: Option<Box<NestedFit>>,
    },
    /// The data do not identify the curves.
    NotIdentified {
        /// The first curve that is not identified, from 0.
        curve: usize,
        /// Why.
        reason: NotIdentifiedReason,
        /// Dose means of that curve against their overall mean.
        trend: FTest,
    },
}

/// Fits logistic curves and says whether they may stand.
///
/// # Errors
/// As [`fit`].
pub fn judge(data: &NestedData, form: Form, level: f64) -> Result<NestedVerdict, StatisticsError> {
    match fit(data, form, level) {
        Ok(NestedOutcome::Fitted(found)) => {
            let missed = found.lack_of_fit.filter(|test| test.p < LACK_OF_FIT_P);
            Ok(match missed {
                None => NestedVerdict::Ec50(found),
                lack_of_fit => NestedVerdict::NoLogistic { lack_of_fit, bell: bell(data, level) },
            })
        }
        Ok(NestedOutcome::NotIdentified { curve, reason, trend }) => {
            // Responses that change with dose and turn leave the logistic curve undetermined.
            let turned = (reason != NotIdentifiedReason::NoTrend).then(|| bell(data, level)).flatten();
            Ok(match turned {
                bell @ Some(_) => NestedVerdict::NoLogistic { lack_of_fit: None, bell },
                None => NestedVerdict::NotIdentified { curve, reason, trend },
            })
        }
        Err(StatisticsError::NotConverged { what, iterations }) => match bell(data, level) {
            bell @ Some(_) => Ok(NestedVerdict::NoLogistic { lack_of_fit: None, bell }),
            None => Err(StatisticsError::NotConverged { what, iterations }),
        },
        Err(other) => Err(other),
    }
}

/// A bell with its peak among the doses, if it misses no dose mean.
fn bell(data: &NestedData, level: f64) -> Option<Box<NestedFit>> {
    match fit(data, Form::Bell, level) {
        Ok(NestedOutcome::Fitted(found))
            if found.curves.len() == 1
                && found.curves[0].within_doses
                && found.lack_of_fit.is_some_and(|test| test.p >= LACK_OF_FIT_P) =>
        {
            Some(found)
        }
        _ => None,
    }
}
