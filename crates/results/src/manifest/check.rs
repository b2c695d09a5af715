//! What a manifest must not contradict itself in.

use crate::manifest::manifest::{FORMAT, Manifest};
use quantity::Fraction;
use recording::Origin;
use std::collections::BTreeSet;

impl Manifest {
    /// Checks what the types cannot say.
    ///
    /// # Errors
    /// One sentence with the first contradiction and what was expected.
    pub fn check(&self) -> Result<(), String> {
        require(self.format == FORMAT, || format!("format is {}: expected {FORMAT}", self.format))?;
        let inductions = self.inductions.iter().map(|plan| plan.name.as_str());
        let conditions = self.conditions.iter().map(|plan| plan.name.as_str());
        distinct("induction", inductions)?;
        distinct("condition", conditions.clone())?;
        let reference = &self.statistics.reference;
        require(conditions.clone().any(|name| name == reference), || {
            let names: Vec<_> = conditions.collect();
            format!("reference \"{reference}\" is no condition: expected one of {}", names.join(", "))
        })?;
        self.check_numbers()?;
        self.check_windows()
    }

    fn check_numbers(&self) -> Result<(), String> {
        let rate = self.rate_hz;
        require(rate.is_finite() && rate > 0.0, || format!("rate_hz is {rate}: expected a number above zero"))?;
        for entry in self.conditions.iter().flat_map(|condition| &condition.bath) {
            not_negative(&format!("concentration of {}", entry.compound), entry.concentration_um)?;
        }
        for induction in &self.inductions {
            not_negative(&format!("duration of {}", induction.name), induction.duration_s)?;
        }
        let course = &self.timeline;
        not_negative("baseline_min", course.baseline_min)?;
        not_negative("wash_in_min", course.wash_in_min)?;
        not_negative("follow_up_min", course.follow_up_min)?;
        not_negative("test_interval_s", course.test_interval_s)?;
        let design = &self.design;
        require(self.origin == Origin::Recorded || (design.animals > 0 && design.slices_per_animal > 0), || {
            let (animals, slices) = (design.animals, design.slices_per_animal);
            format!("{animals} animals with {slices} slices: expected at least one of each")
        })
    }

    fn check_windows(&self) -> Result<(), String> {
        let analysis = &self.analysis;
        for (name, [from, to]) in [("window", analysis.window), ("short_term_window", analysis.short_term_window)] {
            require(from < to, || format!("{name} is from {from} to {to}: expected the earlier time first"))?;
        }
        let [low, high] = analysis.slope.shares();
        require(low < high && high <= Fraction::from_value(1.0), || {
            format!("slope is from {low} to {high}: expected the lower bound first and at most 100 %")
        })?;
        require(analysis.bin.ms() > 0.0, || format!("bin is {}: expected a time above zero", analysis.bin))?;
        let statistics = &self.statistics;
        for (name, level) in [("interval", statistics.interval), ("power", statistics.power)] {
            require(level.value() > 0.0 && level.value() < 1.0, || {
                format!("{name} is {level}: expected between 0 % and 100 %")
            })?;
        }
        statistics.equivalence_percent.map_or(Ok(()), |bound| not_negative("equivalence_percent", bound))
    }
}

fn require(holds: bool, reason: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(reason()) }
}

fn not_negative(what: &str, value: f64) -> Result<(), String> {
    require(value.is_finite() && value >= 0.0, || {
        format!("{what} is {value}: expected a finite number, not below zero")
    })
}

fn distinct<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for name in names {
        require(!name.trim().is_empty(), || format!("a name among the {what}s is empty"))?;
        require(seen.insert(name), || format!("the {what} \"{name}\" is there twice"))?;
    }
    require(!seen.is_empty(), || format!("no {what}: expected at least one"))
}
