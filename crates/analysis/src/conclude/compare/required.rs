//! Animals that a laboratory would need to see an effect.
//!
//! Between animals, n per group, m slices each (balanced nested design):
//!
//! ```text
//! t on animal means, ν = 2n − 2, noncentrality δ / √(2 (σ_a² + σ_e²/m) / n)
//! ```
//!
//! Within animals, n animals, m slices per condition each: the animal's own level
//! drops out,
//!
//! ```text
//! t on paired differences, ν = n − 1, noncentrality δ / √(2 σ_e² / (m n))
//! ```
//!
//! (random-intercept model: the drug is taken to act alike in all animals).

use crate::conclude::comparing::{Setting, plain};
use crate::findings::comparisons::{Contrast, ModelFit, RequiredAnimals};
use crate::words::{number, signed};
use statistics::power::{power_nested, power_t_one_sample};

/// Largest number of animals worth stating.
pub(crate) const MOST_ANIMALS: u32 = 1_000;

/// What a sample size is computed for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assumptions {
    /// True difference, percentage points.
    pub effect: f64,
    /// SD between animals, percentage points.
    pub sd_animal: f64,
    /// SD between slices of an animal, percentage points.
    pub sd_slice: f64,
    /// Slices per animal (and condition, when within animals).
    pub slices_per_animal: u32,
    /// Whether each animal gives slices to both conditions.
    pub within_animal: bool,
    /// Two-sided significance level.
    pub alpha: f64,
}

impl Assumptions {
    /// Power with `animals` per group (or animals in all, when within animals);
    /// `None` where it is not defined: fewer than 2 animals, no slices, no
    /// variance, an alpha outside (0, 1).
    pub fn power(&self, animals: u32) -> Option<f64> {
        let slices = self.slices_per_animal;
        if animals < 2 || slices == 0 {
            return None;
        }
        if self.within_animal {
            let sd = self.sd_slice * (2.0 / f64::from(slices)).sqrt();
            let effect = self.effect / sd;
            if !effect.is_finite() {
                return None;
            }
            power_t_one_sample(effect, f64::from(animals), self.alpha).ok()
        } else {
            let (animals, slices) = (animals as usize, slices as usize);
            power_nested(self.effect, self.sd_animal, self.sd_slice, animals, slices, self.alpha).ok()
        }
    }

    /// Smallest number of animals (per group) that reaches `power`; `None`
    /// above 1,000 or where power is not defined.
    pub fn animals(&self, power: f64) -> Option<u32> {
        if self.effect == 0.0 || !self.effect.is_finite() {
            return None;
        }
        let enough = |n: u32| self.power(n).map(|p| p >= power);
        if !enough(MOST_ANIMALS)? {
            return None;
        }
        // Power grows with the number of animals.
        let (mut low, mut high) = (1, MOST_ANIMALS);
        while high - low > 1 {
            let middle = low.midpoint(high);
            if enough(middle)? { high = middle } else { low = middle }
        }
        Some(high)
    }
}

/// Sample sizes for the contrasts of one arm.
pub(crate) fn animals(contrasts: &[Contrast], model: &ModelFit, setting: &Setting) -> Vec<RequiredAnimals> {
    contrasts.iter().filter(|c| c.induction == model.induction).map(|c| for_contrast(c, model, setting)).collect()
}

fn for_contrast(c: &Contrast, model: &ModelFit, setting: &Setting) -> RequiredAnimals {
    let assumed = |effect: f64| Assumptions {
        effect,
        sd_animal: model.sd_animal,
        // One slice per animal: the SD between animals has the slices' in it.
        sd_slice: if model.sd_slice.is_nan() { 0.0 } else { model.sd_slice },
        slices_per_animal: setting.slices_per_animal,
        within_animal: setting.within,
        alpha: 1.0 - setting.level,
    };
    let covers_zero = c.ci.low <= 0.0 && c.ci.high >= 0.0;
    let nearer = if c.ci.low.abs() < c.ci.high.abs() { c.ci.low } else { c.ci.high };
    let near = (!covers_zero).then_some(nearer);
    let animals_per_group = assumed(c.estimate).animals(setting.power);
    let animals_if_smaller = near.and_then(|near| assumed(near).animals(setting.power));
    let sentence = sentence(c, model, setting, animals_per_group, near.map(|near| (near, animals_if_smaller)));
    RequiredAnimals {
        induction: c.induction.clone(),
        condition: c.condition.clone(),
        reference: c.reference.clone(),
        effect: c.estimate,
        slices_per_animal: setting.slices_per_animal,
        sd_animal: model.sd_animal,
        sd_slice: model.sd_slice,
        power: setting.power,
        animals_per_group,
        animals_if_smaller,
        sentence,
    }
}

/// The sample size in words; `smaller` is the near end of the interval, if it does
/// not cover 0, with the animals that it asks for.
fn sentence(
    c: &Contrast,
    model: &ModelFit,
    setting: &Setting,
    animals: Option<u32>,
    smaller: Option<(f64, Option<u32>)>,
) -> String {
    let unit = if setting.within { "animals, each giving slices to both conditions" } else { "animals per group" };
    let slices = match setting.slices_per_animal {
        1 => "1 slice".to_owned(),
        n => format!("{n} slices"),
    };
    let between_slices = match model.sd_slice {
        sd if sd.is_nan() => "slices included".to_owned(),
        sd => format!("{} between slices", number(sd, 1)),
    };
    let mut sentence = format!(
        "To see {} percentage points ({} against {}, {}) with {} % power (two-sided α = {}; {slices} per animal{}; SD \
         {} points between animals, {between_slices}), a laboratory would need ",
        signed(c.estimate, 1),
        c.condition,
        c.reference,
        c.induction,
        plain(100.0 * setting.power),
        number(1.0 - setting.level, 3).trim_end_matches('0'),
        if setting.within { " and condition" } else { "" },
        number(model.sd_animal, 1),
    );
    match animals {
        Some(n) => sentence.push_str(&format!("{n} {unit}")),
        None => sentence.push_str(&format!("more than {MOST_ANIMALS} {unit}")),
    }
    match smaller {
        None => sentence.push_str("; the interval covers 0, so the true effect may be of either sign."),
        Some((near, animals)) => {
            let n = animals.map_or(format!("more than {MOST_ANIMALS}"), |n| n.to_string());
            sentence.push_str(&format!(
                ", or {n} if the true effect is {} points, the near end of its interval.",
                signed(near, 1)
            ));
        }
    }
    sentence
}
