//! A saturating curve along the covariate.

use crate::fault::Fault;
use crate::methods::doses::dose_nested;
use crate::outcome::Found;
use crate::question::Question;
use crate::table::data::Data;

/// A logistic curve in the logarithm of the intensity: maximum, half-maximal intensity
/// and slope, with random level, span and half-maximal intensity of animals.
pub(super) fn saturating(data: Data, question: &Question, names: &[String]) -> Found {
    if !dose_nested::gives_several_doses(&data) {
        return Err(Fault::asked("--shape needs animals with several values of the covariate: --animal COL"));
    }
    let column = data.dose[0].clone();
    let (data, mut outcome) = dose_nested::dose_response(data, question, names)?;
    let plain = |text: &str| {
        let half = format!("half-maximal {column}");
        let text = text.replace("EC50", &half).replace("ln-ec50", &format!("ln {half}")).replace("ec50", &half);
        text.replace("dose-response", "input-output").replace("Dose-response", "Input-output")
    };
    for row in &mut outcome.rows {
        row.term = plain(&row.term).replace("top", "maximum");
    }
    outcome.title = plain(&outcome.title);
    outcome.sentence = plain(&outcome.sentence);
    outcome.warnings = outcome.warnings.iter().map(|told| plain(told)).collect();
    Ok((data, outcome))
}
