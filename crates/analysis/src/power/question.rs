//! What a planner asks, and where the numbers come from.

use crate::error::AnalysisError;
use crate::findings::findings::Findings;
use crate::power::answer::Assumed;

/// Prices in any one currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Costs {
    /// Of an animal.
    pub animal: f64,
    /// Of a slice (time at the rig, solutions).
    pub slice: f64,
}

/// What is asked; what is left open comes from the findings of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct PowerQuestion {
    /// True difference from the reference, percentage points.
    pub effect: Option<f64>,
    /// SD between animals, percentage points.
    pub sd_animal: Option<f64>,
    /// SD between slices of an animal, percentage points.
    pub sd_slice: Option<f64>,
    /// Intraclass correlation, instead of one of the SDs or to split their total.
    pub icc: Option<f64>,
    /// Two-sided level; else 1 − the planned interval.
    pub alpha: Option<f64>,
    /// Power asked for; else the planned one.
    pub power: Option<f64>,
    /// Prices.
    pub costs: Option<Costs>,
    /// Simulated experiments.
    pub simulations: usize,
    /// Seed of the simulation.
    pub seed: u64,
}

impl PowerQuestion {
    /// Whether effect and variances are all given.
    pub fn is_complete(&self) -> bool {
        self.effect.is_some() && self.deviations(None).is_some()
    }

    /// Refuses numbers that contradict each other.
    ///
    /// # Errors
    /// [`AnalysisError::Power`] for an intraclass correlation beside both SDs, or
    /// one that leaves the SD that is not named without bound.
    pub fn check(&self) -> Result<(), AnalysisError> {
        let fault = |why: &str| Err(AnalysisError::Power(why.to_owned()));
        match (self.icc, self.sd_animal, self.sd_slice) {
            (Some(_), Some(_), Some(_)) => fault("two SDs leave no room for an intraclass correlation of its own"),
            (Some(0.0), Some(_), None) => fault("an intraclass correlation of 0 contradicts an SD between animals"),
            (Some(1.0), None, Some(_)) => fault("an intraclass correlation of 1 contradicts an SD within animals"),
            _ => Ok(()),
        }
    }

    /// SD between animals and between slices; `found` are those of a model.
    fn deviations(&self, found: Option<(f64, f64)>) -> Option<(f64, f64)> {
        let own = (self.sd_animal, self.sd_slice);
        match (own, self.icc, found) {
            ((Some(animal), Some(slice)), None, _) => Some((animal, slice)),
            ((Some(animal), None), Some(icc), _) if icc > 0.0 => Some((animal, animal * ((1.0 - icc) / icc).sqrt())),
            ((None, Some(slice)), Some(icc), _) if icc < 1.0 => Some((slice * (icc / (1.0 - icc)).sqrt(), slice)),
            ((None, None), Some(icc), Some((animal, slice))) => {
                let total = libm::hypot(animal, slice);
                Some((total * icc.sqrt(), total * (1.0 - icc).sqrt()))
            }
            ((animal, slice), None, Some(found)) => Some((animal.unwrap_or(found.0), slice.unwrap_or(found.1))),
            _ => None,
        }
    }

    /// One set of assumptions for each comparison of the findings, or one in all.
    pub(super) fn assumptions(&self, findings: Option<&Findings>) -> Result<Vec<Assumed>, AnalysisError> {
        let fault = |why: &str| AnalysisError::Power(why.to_owned());
        self.check()?;
        let Some(findings) = findings else {
            let (sd_animal, sd_slice) =
                self.deviations(None).ok_or_else(|| fault("the SDs between animals and within them are not given"))?;
            let effect = self.effect.ok_or_else(|| fault("no effect is given"))?;
            let (induction, condition) = ("any induction".to_owned(), "treatment".to_owned());
            return Ok(vec![Assumed {
                induction,
                condition,
                reference: "reference".to_owned(),
                effect,
                sd_animal,
                sd_slice,
            }]);
        };
        let mut list = Vec::new();
        for contrast in findings.contrasts.iter().filter(|c| c.estimate.is_finite()) {
            let model = findings.models.iter().find(|model| model.induction == contrast.induction);
            // One slice per animal: the SD between animals has the slices' in it, so
            // that more slices an animal are not credited with anything.
            let found = model.map(|m| (m.sd_animal, if m.sd_slice.is_finite() { m.sd_slice } else { 0.0 }));
            let (sd_animal, sd_slice) =
                self.deviations(found).ok_or_else(|| fault("the findings hold no variances for a comparison"))?;
            list.push(Assumed {
                induction: contrast.induction.clone(),
                condition: contrast.condition.clone(),
                reference: contrast.reference.clone(),
                effect: self.effect.unwrap_or(contrast.estimate),
                sd_animal,
                sd_slice,
            });
        }
        if list.is_empty() { Err(fault("the findings hold no comparison with the reference")) } else { Ok(list) }
    }
}
