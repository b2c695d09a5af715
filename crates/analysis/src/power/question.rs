//! What a planner asks, and where the numbers come from.

use crate::error::AnalysisError;
use crate::findings::comparisons::Contrast;
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
    /// SD of the effect between animals, percentage points; for comparisons within
    /// animals, where the SD between animals drops out.
    pub sd_effect: Option<f64>,
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

    /// One set of assumptions for each comparison of the findings, or one in all;
    /// `within`: comparisons are within animals.
    pub(super) fn assumptions(&self, findings: Option<&Findings>, within: bool) -> Result<Vec<Assumed>, AnalysisError> {
        let fault = |why: &str| AnalysisError::Power(why.to_owned());
        self.check()?;
        let Some(findings) = findings else {
            let (sd_animal, sd_slice) =
                self.deviations(None).ok_or_else(|| fault("the SDs between animals and within them are not given"))?;
            let effect = self.effect.ok_or_else(|| fault("no effect is given"))?;
            let (induction, condition) = ("any induction".to_owned(), "treatment".to_owned());
            let sd_animal = if within { self.sd_effect.unwrap_or(0.0) } else { sd_animal };
            return Ok(vec![Assumed {
                induction,
                condition,
                reference: "reference".to_owned(),
                effect,
                sd_animal: [sd_animal; 2],
                sd_slice: [sd_slice; 2],
            }]);
        };
        let mut list = Vec::new();
        for contrast in findings.contrasts.iter().filter(|c| c.estimate.is_finite()) {
            let found = found(findings, contrast, within);
            let mut sd_animal = [0.0; 2];
            let mut sd_slice = [0.0; 2];
            for g in 0..2 {
                let own = found.map(|(animal, slice)| (animal[g], slice[g]));
                (sd_animal[g], sd_slice[g]) = self
                    .deviations(own.filter(|(animal, slice)| animal.is_finite() && slice.is_finite()))
                    .ok_or_else(|| fault("the findings hold no variances for a comparison"))?;
            }
            if within {
                // What is given of single conditions does not change the difference between animals.
                let own = found.map_or(0.0, |(animal, _)| animal[0]);
                sd_animal = [self.sd_effect.unwrap_or(own); 2];
            }
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

/// SDs between animals and between slices that a comparison rests on, of the reference
/// and of the condition; within animals those of the difference. Where every animal gave
/// one slice, the SD between animals has the slices' in it, so that more slices an animal
/// are not credited with anything.
fn found(findings: &Findings, contrast: &Contrast, within: bool) -> Option<([f64; 2], [f64; 2])> {
    let model = findings.models.iter().find(|model| model.induction == contrast.induction)?;
    let slices = |sd: f64| if sd.is_finite() { sd } else { 0.0 };
    let of = |name: &str| model.variances.iter().find(|v| v.of == name);
    if within {
        let own = of(&format!("{} − {}", contrast.condition, contrast.reference));
        let change = if model.sd_animal_condition.is_finite() { model.sd_animal_condition } else { 0.0 };
        let equal = (std::f64::consts::SQRT_2 * change, slices(model.sd_slice));
        let (animal, slice) = own.map_or(equal, |v| (v.sd_animal, slices(v.sd_slice)));
        return Some(([animal; 2], [slice; 2]));
    }
    match (of(&contrast.reference), of(&contrast.condition)) {
        (Some(a), Some(b)) => Some(([a.sd_animal, b.sd_animal], [slices(a.sd_slice), slices(b.sd_slice)])),
        _ => Some(([model.sd_animal; 2], [slices(model.sd_slice); 2])),
    }
}
