//! Animals that a laboratory would need to see an effect.
//!
//! Between animals, n per group, every group with a variance s² of its animals' means
//! (τ² + σ²/m with m slices each):
//!
//! ```text
//! Welch's t, δ = d / √((s₁² + s₂²)/n),  ν = (n − 1) (s₁² + s₂²)² / (s₁⁴ + s₂⁴)
//! ```
//!
//! Within animals, n animals, s² the variance of their differences (that of the effect
//! between animals and of the slices, τ² + 2σ²/m):
//!
//! ```text
//! paired t, δ = d / √(s²/n),  ν = n − 1
//! ```

use crate::conclude::compare::contrasts::Compared;
use crate::conclude::compare::model::Basis;
use crate::conclude::comparing::{Setting, plain};
use crate::findings::comparisons::{Contrast, RequiredAnimals};
use crate::words::{number, signed};
use statistics::Alternative;
use statistics::power::power_t;

/// Largest number of animals worth stating.
pub(crate) const MOST_ANIMALS: u32 = 1_000;
/// Animals of a group below which its variance is known too badly to plan by it: with
/// two, the 95 % interval of an SD reaches from half to 32 times the one found.
const FEWEST_ANIMALS: usize = 3;
/// Noncentrality beyond which power is 1 to rounding.
const CERTAIN: f64 = 1e4;

/// What a sample size is computed for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assumptions {
    /// True difference, percentage points.
    pub effect: f64,
    /// How the animals vary.
    pub spread: Spread,
    /// Two-sided significance level.
    pub alpha: f64,
}

/// Standard deviations of animals' means, percentage points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spread {
    /// Of the two groups.
    Between([f64; 2]),
    /// Of the differences within animals.
    Within(f64),
}

impl Assumptions {
    /// Power with `animals` per group (or animals in all, when within animals);
    /// `None` where it is not defined: fewer than 2 animals, no variance, an alpha
    /// outside (0, 1).
    pub fn power(&self, animals: u32) -> Option<f64> {
        let n = f64::from(animals);
        let (error, df) = match self.spread {
            Spread::Between([a, b]) => {
                let (a, b) = (a * a, b * b);
                (((a + b) / n).sqrt(), (n - 1.0) * (a + b) * (a + b) / (a * a + b * b))
            }
            Spread::Within(s) => (s / n.sqrt(), n - 1.0),
        };
        let delta = self.effect / error;
        if animals < 2 || !(error > 0.0 && delta.is_finite()) {
            return None;
        }
        power_t(delta.clamp(-CERTAIN, CERTAIN), df, self.alpha, Alternative::TwoSided).ok()
    }

    /// The smallest number of animals that reaches `power`; `None` above 1,000.
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
pub(crate) fn animals(compared: &Compared, setting: &Setting) -> Vec<RequiredAnimals> {
    compared.contrasts.iter().zip(&compared.bases).map(|(c, basis)| for_contrast(c, basis, setting)).collect()
}

/// Root mean square of one property over the conditions.
fn over(basis: &Basis, of: impl Fn(usize) -> f64) -> f64 {
    let n = basis.variances.len();
    ((0..n).map(|k| of(k) * of(k)).sum::<f64>() / n as f64).sqrt()
}

fn spread(basis: &Basis) -> Spread {
    match basis.variances.as_slice() {
        [first, second] if !basis.inside => Spread::Between([first.sd_mean, second.sd_mean]),
        own => Spread::Within(own.first().map_or(f64::NAN, |v| v.sd_mean)),
    }
}

/// Why no number follows from these animals; empty if one does.
fn reason(basis: &Basis) -> String {
    if basis.animals < FEWEST_ANIMALS {
        return format!("the variance rests on {} animals", basis.animals);
    }
    if basis.variances.iter().any(|v| v.sd_mean.is_nan() || v.sd_mean <= 0.0) {
        return "the animals of a condition do not differ".to_owned();
    }
    String::new()
}

fn for_contrast(c: &Contrast, basis: &Basis, setting: &Setting) -> RequiredAnimals {
    let assumed = |effect: f64| Assumptions { effect, spread: spread(basis), alpha: 1.0 - setting.level };
    let covers_zero = c.ci.low <= 0.0 && c.ci.high >= 0.0;
    let nearer = if c.ci.low.abs() < c.ci.high.abs() { c.ci.low } else { c.ci.high };
    let near = (!covers_zero).then_some(nearer);
    let reason = reason(basis);
    let of = |effect: f64| if reason.is_empty() { assumed(effect).animals(setting.power) } else { None };
    let shares = basis.variances.iter().map(|v| 1.0 / v.slices_per_animal).sum::<f64>();
    let mut required = RequiredAnimals {
        induction: c.induction.clone(),
        condition: c.condition.clone(),
        reference: c.reference.clone(),
        effect: c.estimate,
        slices_per_animal: basis.variances.len() as f64 / shares,
        within_animal: setting.within,
        sd_animal: over(basis, |k| basis.variances[k].sd_animal),
        sd_slice: over(basis, |k| basis.variances[k].sd_slice),
        power: setting.power,
        animals_per_group: of(c.estimate),
        animals_if_smaller: near.and_then(of),
        reason: reason.clone(),
        sentence: String::new(),
    };
    required.sentence = sentence(&required, near, setting);
    required
}

/// The sample size in words; `near` is the near end of the interval, if it does not
/// cover 0.
fn sentence(need: &RequiredAnimals, near: Option<f64>, setting: &Setting) -> String {
    let unit = if setting.within { "animals, each giving slices to both conditions" } else { "animals per group" };
    if !need.reason.is_empty() {
        return format!(
            "How many animals {} against {} ({}) would need cannot be told: {}.",
            need.condition, need.reference, need.induction, need.reason
        );
    }
    let slices = match plain(need.slices_per_animal).as_str() {
        "1" => "1 slice".to_owned(),
        n => format!("{n} slices"),
    };
    let spread = match (setting.within, need.sd_slice) {
        (false, sd) if sd.is_nan() => {
            format!("SD {} points between animals, slices included", number(need.sd_animal, 1))
        }
        (true, sd) if sd.is_nan() => {
            format!("SD of the difference between animals {} points, slices included", number(need.sd_animal, 1))
        }
        (false, sd) => {
            format!("SD {} points between animals, {} between slices", number(need.sd_animal, 1), number(sd, 1))
        }
        (true, sd) => format!(
            "SD of the difference between animals {} points, {} between slices",
            number(need.sd_animal, 1),
            number(sd, 1)
        ),
    };
    let mut sentence = format!(
        "To see {} percentage points ({} against {}, {}) with {} % power (two-sided α = {}, not adjusted; {slices} per \
         animal{}; {spread}), a laboratory would need ",
        signed(need.effect, 1),
        need.condition,
        need.reference,
        need.induction,
        plain(100.0 * setting.power),
        number(1.0 - setting.level, 3).trim_end_matches('0'),
        if setting.within { " and condition" } else { "" },
    );
    let several = |animals: Option<u32>| animals.map_or(format!("more than {MOST_ANIMALS}"), |n| n.to_string());
    sentence.push_str(&format!("{} {unit}", several(need.animals_per_group)));
    match near {
        None => sentence.push_str("; the interval covers 0, so the true effect may be of either sign."),
        Some(near) => sentence.push_str(&format!(
            ", or {} if the true effect is {} points, the near end of its interval.",
            several(need.animals_if_smaller),
            signed(near, 1)
        )),
    }
    sentence
}
