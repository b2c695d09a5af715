//! The observations as a file: which published outcome counts, with which error.

use crate::error::PosteriorError;
use serde::Deserialize;

/// What an observation may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Use {
    /// Parameters are conditioned on it.
    Sets,
    /// It judges the result.
    Held,
}

/// One outcome that two laboratories have published.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Twice {
    /// Protocol in words.
    #[expect(dead_code, reason = "for the reader of the file")]
    pub(crate) what: String,
    /// Both means, %.
    pub(crate) means: [f64; 2],
    /// Their standard errors.
    pub(crate) sems: [f64; 2],
    /// Where they stand.
    #[expect(dead_code, reason = "for the reader of the file")]
    pub(crate) source: String,
}

/// A published outcome of slices.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SliceObservation {
    /// Identifier of its record.
    pub(crate) record: String,
    /// The arm of the record.
    pub(crate) arm: String,
    /// What it is used for.
    #[serde(rename = "use")]
    pub(crate) role: Use,
    /// Mean, where the record gives a range.
    pub(crate) mean: Option<f64>,
    /// Standard error, where the record gives none.
    pub(crate) sd: Option<f64>,
    /// The arm of the record that it lies below.
    pub(crate) below: Option<String>,
    /// Upper end.
    pub(crate) at_most: Option<f64>,
    /// Lower end.
    pub(crate) above: Option<f64>,
    /// Why these numbers.
    #[serde(default)]
    #[expect(dead_code, reason = "for the reader of the file")]
    pub(crate) note: String,
}

/// A row of the table of physiology, whose range is read as central 95 %, or as one end where
/// the other is zero.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CellObservation {
    /// Identifier of the row.
    pub(crate) id: String,
    /// How it is compared.
    #[serde(default)]
    pub(crate) scale: Scale,
}

/// How a quantity of the mean cell is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Scale {
    /// As it is: counts.
    #[default]
    Linear,
    /// By the logarithm of its size: what varies by factors.
    Log,
}

/// The file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ObservationFile {
    /// Outcomes published twice.
    pub(crate) twice: Vec<Twice>,
    /// Outcomes of slices.
    pub(crate) observation: Vec<SliceObservation>,
    /// Rows of the table of physiology.
    pub(crate) physiology: Vec<CellObservation>,
}

/// The file that comes with the program.
///
/// # Errors
/// None in a released program: a test reads it.
pub(crate) fn shipped() -> Result<ObservationFile, PosteriorError> {
    toml::from_str(include_str!("../../data/observations.toml"))
        .map_err(|fault| PosteriorError::Observations(fault.to_string().trim_end().to_owned()))
}

impl ObservationFile {
    /// Standard deviation between laboratories of one and the same outcome, points, from
    /// the outcomes published twice, by the method of moments (DerSimonian & Laird 1986):
    ///
    /// τ² = mean over pairs of [(y₁ − y₂)² − SE₁² − SE₂²] / 2
    pub(crate) fn between_laboratories(&self) -> f64 {
        let square = |sem: f64| sem * sem;
        let excess = |pair: &Twice| {
            let apart = pair.means[0] - pair.means[1];
            0.5 * (apart * apart - square(pair.sems[0]) - square(pair.sems[1]))
        };
        let mean = self.twice.iter().map(excess).sum::<f64>() / self.twice.len().max(1) as f64;
        libm::sqrt(mean.max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laboratories_lie_apart_by_what_their_errors_do_not_explain() {
        let file = shipped().unwrap();
        // (3.5² − 126.3)/2 = −57.0; (21.9² − 106.9)/2 = 185.9; (10.8² − 16.8)/2 = 49.9.
        assert!((file.between_laboratories() - libm::sqrt((-57.0 + 185.9 + 49.9) / 3.0)).abs() < 0.02);
    }
}
