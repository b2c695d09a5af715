//! Power of an experiment, and the animals and slices that it needs: by closed
//! form for the planned, balanced design, and by simulation over the slices
//! that were really kept.
//!
//! Effect and variances are those of the findings, or the planner's own; an
//! intraclass correlation splits a total SD into its parts,
//!
//! ```text
//! σ_a = σ √ICC      σ_e = σ √(1 − ICC)
//! ```
//!
//! Power is planned for an effect; for the effect found in recorded animals it
//! only restates their p value, which the notes then say.

use crate::conclude::compare::required::MOST_ANIMALS;
use crate::conclude::comparing::plain;
use crate::error::AnalysisError;
use crate::findings::findings::Findings;
use crate::power::answer::{Allocated, AnimalsForSlices, Assumed, ComparisonPower, IccPower, PowerAnswer, Simulated};
use crate::power::layout::Counts;
use crate::power::question::{Costs, PowerQuestion};
use crate::words::{number, signed};
use results::Manifest;
use results::plan::{Adjustment, DegreesOfFreedom};
use statistics::power::{
    Simulation, cheapest_plan, cheapest_plan_within, optimal_units, power_nested, power_within,
    required_clusters_nested, required_clusters_within, simulate, simulate_within,
};
use statistics::{DfMethod, StatisticsError};

/// Slices per animal (and condition, within animals) that are looked at.
const MOST_SLICES: usize = 6;
/// Intraclass correlations of the sensitivity table.
const ICCS: [f64; 7] = [0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9];

/// Answers `question` for the design of `manifest`. `findings` (of a run of it)
/// give what the question leaves open.
///
/// # Errors
/// [`AnalysisError::Power`] if neither the question nor the findings give an
/// effect and variances, or they allow no power.
pub fn power(
    manifest: &Manifest,
    findings: Option<&Findings>,
    question: &PowerQuestion,
) -> Result<PowerAnswer, AnalysisError> {
    // Without the rounding error of 1 − 0.95.
    let planned = ((1.0 - manifest.statistics.interval.value()) * 1e12).round() / 1e12;
    let alpha = question.alpha.unwrap_or(planned);
    let goal = question.power.unwrap_or(manifest.statistics.power.value());
    let mut comparisons = Vec::new();
    for assumed in question.assumptions(findings)? {
        let counts = Counts::of(manifest, findings, &assumed);
        let setting = Setting { manifest, alpha, goal, question, assumed: &assumed, counts: &counts };
        comparisons.push(setting.comparison().map_err(|fault| AnalysisError::Power(fault.to_string()))?);
    }
    let notes = notes(manifest, findings, question, comparisons.len(), goal);
    let within_animal = manifest.design.within_animal;
    Ok(PowerAnswer { name: manifest.name.clone(), within_animal, alpha, power: goal, comparisons, notes })
}

/// One comparison and all that it is computed with.
struct Setting<'a> {
    manifest: &'a Manifest,
    alpha: f64,
    goal: f64,
    question: &'a PowerQuestion,
    assumed: &'a Assumed,
    counts: &'a Counts,
}

impl Setting<'_> {
    fn within(&self) -> bool {
        self.manifest.design.within_animal
    }

    /// Closed form for `animals` (per group, or in all within animals).
    fn closed(&self, sd: (f64, f64), animals: usize, slices: usize) -> Result<f64, StatisticsError> {
        let effect = self.assumed.effect;
        if self.within() {
            power_within(effect, sd.1, animals, slices, self.alpha)
        } else {
            power_nested(effect, sd.0, sd.1, animals, slices, self.alpha)
        }
    }

    /// Animals needed; `None` above the largest number worth stating.
    fn needed(&self, sd: (f64, f64), slices: usize, alpha: f64) -> Option<usize> {
        let effect = self.assumed.effect;
        let found = if self.within() {
            required_clusters_within(effect, sd.1, slices, alpha, self.goal)
        } else {
            required_clusters_nested(effect, sd.0, sd.1, slices, alpha, self.goal)
        };
        found.ok().filter(|n| *n <= MOST_ANIMALS as usize)
    }

    fn comparison(&self) -> Result<ComparisonPower, StatisticsError> {
        let (assumed, design) = (self.assumed, &self.manifest.design);
        let sd = (assumed.sd_animal, assumed.sd_slice);
        let (animals, slices) = (design.animals as usize, design.slices_per_animal.max(1) as usize);
        let closed_form = self.closed(sd, animals, slices)?;
        let simulated = self.simulated()?;
        let for_slices: Vec<AnimalsForSlices> = (1..=MOST_SLICES)
            .map(|slices| AnimalsForSlices { slices_per_animal: slices, animals: self.needed(sd, slices, self.alpha) })
            .collect();
        let family = self.manifest.conditions.len().saturating_sub(1).max(1);
        let animals_needed = self.needed(sd, slices, self.alpha);
        let total = (sd.0 * sd.0 + sd.1 * sd.1).sqrt();
        let by_icc = ICCS.iter().map(|&icc| self.at_icc(icc, total, animals, slices)).collect::<Result<_, _>>()?;
        let optimum = self.question.costs.map(|costs| self.optimum(costs)).transpose()?;
        let mut found = ComparisonPower {
            induction: assumed.induction.clone(),
            condition: assumed.condition.clone(),
            reference: assumed.reference.clone(),
            effect: assumed.effect,
            sd_animal: sd.0,
            sd_slice: sd.1,
            icc: sd.0 * sd.0 / (total * total),
            animals,
            slices_per_animal: slices,
            closed_form,
            simulated,
            animals_needed,
            animals_needed_family: self.needed(sd, slices, self.alpha / family as f64),
            for_slices,
            by_icc,
            optimum,
            sentence: String::new(),
        };
        found.sentence = self.sentence(&found);
        Ok(found)
    }

    fn simulated(&self) -> Result<Simulated, StatisticsError> {
        let df_method = match self.manifest.statistics.df {
            DegreesOfFreedom::KenwardRoger => DfMethod::KenwardRoger,
            DegreesOfFreedom::Satterthwaite => DfMethod::Satterthwaite,
        };
        let simulation = Simulation {
            effect: self.assumed.effect,
            sd_cluster: self.assumed.sd_animal,
            sd_unit: self.assumed.sd_slice,
            alpha: self.alpha,
            df_method,
            replicates: self.question.simulations,
            seed: self.question.seed,
        };
        let found = match self.counts {
            Counts::Between(layout) => simulate(layout, &simulation)?,
            Counts::Within(layout) => simulate_within(layout, &simulation)?,
        };
        Ok(Simulated {
            power: found.power,
            se: found.se,
            low: found.low,
            high: found.high,
            simulations: found.replicates,
            singular: found.singular,
            df_method: df_method.name().to_owned(),
            animals: self.counts.animals(),
            slices: self.counts.slices(),
        })
    }

    /// Total SD held, its share between animals varied.
    fn at_icc(&self, icc: f64, total: f64, animals: usize, slices: usize) -> Result<IccPower, StatisticsError> {
        let sd = (total * icc.sqrt(), total * (1.0 - icc).sqrt());
        let power = self.closed(sd, animals, slices)?;
        Ok(IccPower { icc, power, animals: self.needed(sd, slices, self.alpha) })
    }

    fn optimum(&self, costs: Costs) -> Result<Allocated, StatisticsError> {
        let (assumed, effect) = (self.assumed, self.assumed.effect);
        let (animal, slice) = (costs.animal, costs.slice);
        let sd = (assumed.sd_animal, assumed.sd_slice);
        let plan = if self.within() {
            cheapest_plan_within(effect, sd.1, animal, slice, self.alpha, self.goal, MOST_SLICES)?
        } else {
            cheapest_plan(effect, sd.0, sd.1, animal, slice, self.alpha, self.goal)?
        };
        let continuous = if self.within() { None } else { Some(optimal_units(animal, slice, sd.0, sd.1)?.continuous) };
        Ok(Allocated {
            cost_animal: animal,
            cost_slice: slice,
            slices_continuous: continuous.filter(|m| m.is_finite()),
            slices_per_animal: plan.units_per_cluster,
            animals: plan.clusters_per_group,
            power: plan.power,
            cost: plan.cost,
        })
    }

    fn sentence(&self, found: &ComparisonPower) -> String {
        let within = self.within();
        let unit = |n: usize| match (within, n) {
            (true, _) => "animals, each giving slices to both conditions,",
            (false, _) => "animals per group",
        };
        let slices = |n: usize| if n == 1 { "1 slice".to_owned() } else { format!("{n} slices") };
        let per = if within { "per animal and condition" } else { "per animal" };
        let needed = found.animals_needed.map_or_else(
            || format!("more than {MOST_ANIMALS} {} would be needed", unit(0)),
            |n| format!("{n} {} are needed", unit(n)),
        );
        let s = &found.simulated;
        format!(
            "To detect a difference of {} percentage points between {} and {} ({}) with {} % power (two-sided α = {}), \
             {needed} at {} {per}, given an SD of {} points between animals and {} between slices (ICC {}); with the \
             planned {} {} of {} the power is {} % (closed form) and with the {} slices of {} animals at hand {} % \
             (95 % Monte-Carlo interval {} to {} %, {} simulated experiments, {}).",
            signed(found.effect, 1),
            found.condition,
            found.reference,
            found.induction,
            plain(100.0 * self.goal),
            number(self.alpha, 3).trim_end_matches('0'),
            slices(found.slices_per_animal),
            number(found.sd_animal, 1),
            number(found.sd_slice, 1),
            number(found.icc, 2),
            found.animals,
            if within { "animals" } else { "animals per group" },
            slices(found.slices_per_animal),
            number(100.0 * found.closed_form, 1),
            s.slices,
            s.animals,
            number(100.0 * s.power, 1),
            number(100.0 * s.low, 1),
            number(100.0 * s.high, 1),
            s.simulations,
            s.df_method
        )
    }
}

fn notes(
    manifest: &Manifest,
    findings: Option<&Findings>,
    question: &PowerQuestion,
    comparisons: usize,
    goal: f64,
) -> Vec<String> {
    let mut notes = Vec::new();
    match findings {
        Some(findings) if question.effect.is_none() && findings.simulated => notes.push(String::from(
            "Effects and variances are predictions of the model, not of animals; give the smallest effect that \
             matters with --effect.",
        )),
        Some(findings) if question.effect.is_none() && !findings.simulated => notes.push(String::from(
            "The effects are those found in these recordings: such power restates their p values; give the smallest \
             effect that matters with --effect.",
        )),
        _ => {}
    }
    if question.icc.is_none()
        && question.sd_slice.is_none()
        && findings.is_some_and(|f| f.models.iter().any(|m| m.sd_slice.is_nan()))
    {
        notes.push(String::from(
            "Every animal gave one slice, so its SD counts as one between animals: more slices per animal seem to help \
             nothing; give --icc or --within to see what they would do.",
        ));
    }
    let family = manifest.conditions.len().saturating_sub(1);
    if comparisons > 0 && family > 1 && manifest.statistics.adjust != Adjustment::None {
        notes.push(format!(
            "Power is that of one comparison alone; {family} comparisons with the reference are adjusted and need more \
             animals, at most those given for α/{family}."
        ));
    }
    if manifest.design.within_animal {
        notes.push(String::from(
            "Within animals the effect is taken to be the same in every animal; if it varies, more animals are needed.",
        ));
    }
    if goal < 0.8 {
        notes.push(format!("A power of {} % misses a true effect often.", plain(100.0 * goal)));
    }
    notes
}
