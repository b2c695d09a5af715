//! A compound whose constants are drawn from what its record leaves open.
//!
//! On a scale where nothing is bounded (logarithm of a potency, a time or a Hill
//! coefficient; logarithm of maximum − 1 for a potentiation; log odds of what a block
//! leaves) a constant is normal to either side of its value, and the ends of its range
//! enclose the central 95 %. Where the record gives no range, a factor by evidence stands
//! for it: 1.25 measured, 1.5 derived, 2 from memory or chosen; for a Hill coefficient 1.3.
//!
//! Two constants of one compound that have the same kind, value and range are one number
//! that the record takes over from one target to the next: they move together.

use crate::compound::compound::{Action, Compound};
use crate::compound::number::{Maximum, Number};
use evidence::Evidence;
use quantity::{Concentration, Conductance, Time};

/// z of the ends of the central 95 %.
const Z95: f64 = 1.959_963_984_540_054;

/// Factor of a Hill coefficient without a range.
const HILL_FACTOR: f64 = 1.3;

/// A constant of a compound that is uncertain.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConstantKey {
    /// Name of the compound.
    pub compound: String,
    /// What it is, in words, e.g. `EC50 on gaba_a_tonic`; of the first target that has it.
    pub what: String,
    /// Kind, value and range: what makes two constants one.
    alike: String,
}

/// Gives the standard normal score of a constant.
pub trait Scores {
    /// The score, for the first constant of its kind, value and range; the caller answers
    /// the same for keys that are [`alike`](ConstantKey::is_one_with).
    fn score(&mut self, key: &ConstantKey) -> f64;
}

impl ConstantKey {
    /// Whether both are one number of one record.
    pub fn is_one_with(&self, other: &Self) -> bool {
        self.compound == other.compound && self.alike == other.alike
    }
}

/// Factor that stands for a range that is not recorded.
fn factor(evidence: Evidence) -> f64 {
    match evidence {
        Evidence::Measured => 1.25,
        Evidence::Derived => 1.5,
        Evidence::Calibrated | Evidence::FromMemory | Evidence::ModelChoice => 2.0,
    }
}

/// A value on an unbounded scale, normal to either side.
fn split(value: f64, low: f64, high: f64, z: f64) -> f64 {
    let side = if z < 0.0 { value - low } else { high - value };
    value + side / Z95 * z
}

/// A positive number with ends, or a factor where there are none.
fn positive(value: f64, ends: Option<[f64; 2]>, without: f64, z: f64) -> f64 {
    if !(value.is_finite() && value > 0.0) {
        return value;
    }
    let [low, high] = ends.unwrap_or([value / without, value * without]);
    let log = |x: f64| libm::log(x.max(f64::MIN_POSITIVE));
    libm::exp(split(log(value), log(low), log(high), z))
}

/// A share of 1 that a block leaves or takes; 0 and 1 are certain.
fn share(value: f64, ends: Option<[f64; 2]>, without: f64, z: f64) -> f64 {
    if value <= 0.0 || value >= 1.0 {
        return value;
    }
    let odds = |x: f64| {
        let x = x.clamp(1e-6, 1.0 - 1e-6);
        libm::log(x / (1.0 - x))
    };
    let middle = odds(value);
    let half = libm::log(without);
    let [low, high] = ends.map_or([middle - half, middle + half], |ends| ends.map(odds));
    1.0 / (1.0 + libm::exp(-split(middle, low, high, z)))
}

/// What a compound does at saturation.
fn maximum(number: &Number<Maximum>, z: f64) -> Maximum {
    let without = factor(number.evidence);
    let ends = |of: fn(Maximum) -> f64| number.range.map(|range| range.map(of));
    match number.value {
        Maximum::Factor(value) if value > 1.0 => {
            Maximum::Factor(1.0 + positive(value - 1.0, ends(|end| end.bare() - 1.0), without, z))
        }
        Maximum::Factor(value) => Maximum::Factor(share(value, ends(Maximum::bare), without, z)),
        Maximum::Blocked(value) => Maximum::Blocked(share(value, ends(Maximum::bare), without, z)),
        Maximum::Conductance(value) => {
            Maximum::Conductance(Conductance::from_ns(positive(value.ns(), ends(Maximum::bare), without, z)))
        }
    }
}

/// Draws of one compound.
struct Drawing<'a> {
    compound: &'a str,
    scores: &'a mut dyn Scores,
}

impl Drawing<'_> {
    fn score(&mut self, kind: &str, what: String, number: &str) -> f64 {
        let alike = format!("{kind} {number}");
        self.scores.score(&ConstantKey { compound: self.compound.to_owned(), what, alike })
    }

    fn concentration(&mut self, kind: &str, what: String, number: &mut Number<Concentration>) {
        let z = self.score(kind, what, &number.in_words());
        let ends = number.range.as_ref().map(|ends| ends.map(|end| end.um()));
        number.value = Concentration::from_um(positive(number.value.um(), ends, factor(number.evidence), z));
    }

    fn bare(&mut self, kind: &str, what: String, number: &mut Number<f64>, without: f64) {
        let z = self.score(kind, what, &number.in_words());
        number.value = positive(number.value, number.range, without, z);
    }

    fn time(&mut self, kind: &str, what: String, number: &mut Number<Time>) {
        let z = self.score(kind, what, &number.in_words());
        let ends = number.range.as_ref().map(|ends| ends.map(|end| end.ms()));
        number.value = Time::from_ms(positive(number.value.ms(), ends, factor(number.evidence), z));
    }

    fn action(&mut self, action: &mut Action) {
        let target = action.target.to_string();
        let potency = action.potency_kind.meaning();
        self.concentration("potency", format!("{potency} on {target}"), &mut action.potency);
        self.bare("Hill", format!("Hill coefficient on {target}"), &mut action.hill, HILL_FACTOR);
        if let Some(number) = &mut action.maximum {
            let z = self.score("maximum", format!("maximum on {target}"), &number.in_words());
            number.value = maximum(number, z);
        }
    }
}

impl Compound {
    /// The compound with every constant of its actions and of its uptake drawn. Ranges stay
    /// as they are: they are what the draws come from.
    pub fn drawn(&self, scores: &mut dyn Scores) -> Self {
        let mut own = self.clone();
        let mut drawing = Drawing { compound: &self.name, scores };
        for action in &mut own.targets {
            if action.takes_part() {
                drawing.action(action);
            }
        }
        drawing.time("wash-in", "wash-in time constant".to_owned(), &mut own.kinetics.wash_in);
        if let Some(membrane) = &mut own.kinetics.membrane {
            drawing.time("membrane", "membrane pool time constant".to_owned(), membrane);
        }
        if let Some(law) = &mut own.allostery {
            let without = factor(law.c.evidence);
            drawing.concentration("allostery", "K at the closed receptor".to_owned(), &mut law.k);
            drawing.bare("c", "closed over open affinity".to_owned(), &mut law.c, without);
        }
        own
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;
    use crate::Library;
    use crate::compound::target::Target;

    /// Every constant at one score; which were asked for.
    struct All(f64, Vec<ConstantKey>);

    impl Scores for All {
        fn score(&mut self, key: &ConstantKey) -> f64 {
            self.1.push(key.clone());
            self.0
        }
    }

    #[test]
    fn the_ends_of_a_range_are_its_central_95_per_cent() {
        let library = Library::embedded();
        let allo = library.find("allopregnanolone").unwrap();
        let fast = |compound: &Compound| {
            let mut of = compound.targets.iter().filter(|a| a.target == Target::GabaAFastDecay && a.scenario.is_none());
            let action = of.next().unwrap().clone();
            (action.potency.value.um(), action.maximum.unwrap().value.bare())
        };
        let at = |z: f64| fast(&allo.drawn(&mut All(z, Vec::new())));
        let near = |(a, b): (f64, f64), (c, d): (f64, f64)| (a / c - 1.0).abs() < 1e-9 && (b / d - 1.0).abs() < 1e-9;
        assert!(near(at(0.0), (0.13, 2.8)) && near(at(-Z95), (0.021, 1.5)) && near(at(Z95), (0.6, 5.7)));
    }

    #[test]
    fn what_a_record_takes_over_moves_together() {
        let library = Library::embedded();
        let mut all = All(0.0, Vec::new());
        library.find("allopregnanolone").unwrap().drawn(&mut all);
        let on = |target: &str| all.1.iter().find(|key| key.what == format!("EC50 on {target}"));
        let [fast, slow] = ["gaba_a_fast_decay", "gaba_a_slow_decay"].map(|target| on(target).unwrap());
        assert!(fast.is_one_with(slow));
        let direct = all.1.iter().find(|key| key.what == "EC50 on gaba_a_direct").unwrap();
        assert!(!fast.is_one_with(direct));
    }

    #[test]
    fn drawn_constants_stay_possible_in_every_record() {
        let library = Library::embedded();
        for compound in library.compounds() {
            for z in [-3.0, -1.0, 1.0, 3.0] {
                for action in compound.drawn(&mut All(z, Vec::new())).targets {
                    let maximum = action.maximum.map(|number| number.value.bare());
                    assert!(action.potency.value.um() > 0.0 && action.hill.value > 0.0, "{}", compound.name);
                    assert!(maximum.is_none_or(|value| value.is_finite() && value >= 0.0), "{}", compound.name);
                }
            }
        }
    }
}
