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
//! The test is the one that the plan chooses for the design: its closed form for equal
//! numbers of slices stands in [`crate::required`], and the simulation makes the very
//! same analysis.
//!
//! Power is planned for an effect; for the effect found in recorded animals it
//! only restates their p value, which the notes then say.

use crate::conclude::compare::required::{Assumptions, MOST_ANIMALS, Spread};
use crate::conclude::comparing::plain;
use crate::error::AnalysisError;
use crate::findings::findings::Findings;
use crate::power::answer::{Allocated, AnimalsForSlices, Assumed, ComparisonPower, IccPower, PowerAnswer, Simulated};
use crate::power::layout::Counts;
use crate::power::question::{Costs, PowerQuestion};
use crate::words::{number, signed};
use results::Manifest;
use results::plan::{Adjustment, DegreesOfFreedom, Variances};
use statistics::clustered;
use statistics::power::{Simulation, optimal_units, simulate};
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
    for assumed in question.assumptions(findings, manifest.design.within_animal)? {
        let counts = Counts::of(manifest, findings, &assumed);
        let setting = Setting { manifest, alpha, goal, question, assumed: &assumed, counts: &counts };
        comparisons.push(setting.comparison().map_err(|fault| AnalysisError::Power(fault.to_string()))?);
    }
    let notes = notes(manifest, findings, question, comparisons.len(), goal);
    let within_animal = manifest.design.within_animal;
    Ok(PowerAnswer { name: manifest.name.clone(), within_animal, alpha, power: goal, comparisons, notes })
}

/// SDs of the reference and of the condition.
#[derive(Clone, Copy)]
struct Deviations {
    animal: [f64; 2],
    slice: [f64; 2],
}

fn root_mean_square([a, b]: [f64; 2]) -> f64 {
    ((a * a + b * b) / 2.0).sqrt()
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

    /// What the closed form is computed for with so many slices each.
    fn assumptions(&self, sd: Deviations, slices: usize, alpha: f64) -> Assumptions {
        let m = slices as f64;
        let [a, b] = [0, 1].map(|g| sd.animal[g].powi(2) + sd.slice[g].powi(2) / m);
        let spread = if self.within() {
            let slices = (sd.slice[0].powi(2) + sd.slice[1].powi(2)) / m;
            Spread::Within((sd.animal[0].powi(2) + slices).sqrt())
        } else {
            Spread::Between([a.sqrt(), b.sqrt()])
        };
        Assumptions { effect: self.assumed.effect, spread, alpha }
    }

    /// Closed form for `animals` (per group, or in all within animals).
    fn closed(&self, sd: Deviations, animals: usize, slices: usize) -> Result<f64, StatisticsError> {
        let animals = u32::try_from(animals).unwrap_or(u32::MAX);
        let undefined = |why: &str| StatisticsError::Undefined { what: "power".to_owned(), why: why.to_owned() };
        if animals < 2 {
            return Err(undefined("one animal has no variance"));
        }
        self.assumptions(sd, slices, self.alpha).power(animals).ok_or_else(|| undefined("values are constant"))
    }

    /// Animals needed; `None` above the largest number worth stating.
    fn needed(&self, sd: Deviations, slices: usize, alpha: f64) -> Option<usize> {
        self.assumptions(sd, slices, alpha).animals(self.goal).map(|n| n as usize)
    }

    fn comparison(&self) -> Result<ComparisonPower, StatisticsError> {
        let (assumed, design) = (self.assumed, &self.manifest.design);
        let sd = Deviations { animal: assumed.sd_animal, slice: assumed.sd_slice };
        let (animals, slices) = (design.animals as usize, design.slices_per_animal.max(1) as usize);
        let closed_form = self.closed(sd, animals, slices)?;
        let simulated = self.simulated()?;
        let for_slices: Vec<AnimalsForSlices> = (1..=MOST_SLICES)
            .map(|slices| AnimalsForSlices { slices_per_animal: slices, animals: self.needed(sd, slices, self.alpha) })
            .collect();
        let family = self.manifest.conditions.len().saturating_sub(1).max(1);
        let animals_needed = self.needed(sd, slices, self.alpha);
        let by_icc = ICCS.iter().map(|&icc| self.at_icc(icc, sd, animals, slices)).collect::<Result<_, _>>()?;
        let optimum = self.question.costs.map(|costs| self.optimum(sd, costs)).transpose()?;
        let (sd_animal, sd_slice) = (root_mean_square(sd.animal), root_mean_square(sd.slice));
        let mut found = ComparisonPower {
            induction: assumed.induction.clone(),
            condition: assumed.condition.clone(),
            reference: assumed.reference.clone(),
            effect: assumed.effect,
            sd_animal,
            sd_slice,
            sd_animal_of: sd.animal,
            sd_slice_of: sd.slice,
            icc: sd_animal * sd_animal / (sd_animal * sd_animal + self.slice_parts() * sd_slice * sd_slice),
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

    /// How often the slices' variance is in that of the animals' values: a difference
    /// has it twice.
    fn slice_parts(&self) -> f64 {
        if self.within() { 2.0 } else { 1.0 }
    }

    fn simulated(&self) -> Result<Simulated, StatisticsError> {
        let equal = self.manifest.statistics.variances == Variances::Equal;
        let (assumed, question) = (self.assumed, self.question);
        let own = clustered::Assumed {
            effect: assumed.effect,
            sd_cluster: assumed.sd_animal,
            sd_unit: assumed.sd_slice,
            alpha: self.alpha,
            replicates: question.simulations,
            seed: question.seed,
        };
        let (found, df_method) = match self.counts {
            Counts::Between(layout) if equal => {
                let df_method = match self.manifest.statistics.df {
                    DegreesOfFreedom::KenwardRoger => DfMethod::KenwardRoger,
                    DegreesOfFreedom::Satterthwaite => DfMethod::Satterthwaite,
                };
                let simulation = Simulation {
                    effect: assumed.effect,
                    sd_cluster: root_mean_square(assumed.sd_animal),
                    sd_unit: root_mean_square(assumed.sd_slice),
                    alpha: self.alpha,
                    df_method,
                    replicates: question.simulations,
                    seed: question.seed,
                };
                (simulate(layout, &simulation)?, df_method.name())
            }
            Counts::Between(layout) => (clustered::simulate(layout, &own)?, DfMethod::Satterthwaite.name()),
            Counts::Within(layout) => (clustered::simulate_within(layout, &own)?, DfMethod::Satterthwaite.name()),
        };
        Ok(Simulated {
            power: found.power,
            se: found.se,
            low: found.low,
            high: found.high,
            simulations: found.replicates,
            singular: found.singular,
            df_method: df_method.to_owned(),
            animals: self.counts.animals(),
            slices: self.counts.slices(),
        })
    }

    /// Total variance of each group held, its share between animals varied.
    fn at_icc(&self, icc: f64, sd: Deviations, animals: usize, slices: usize) -> Result<IccPower, StatisticsError> {
        let parts = self.slice_parts();
        let total = [0, 1].map(|g| (sd.animal[g].powi(2) + parts * sd.slice[g].powi(2)).sqrt());
        let split = Deviations {
            animal: total.map(|sd| sd * icc.sqrt()),
            slice: total.map(|sd| sd * ((1.0 - icc) / parts).sqrt()),
        };
        let power = self.closed(split, animals, slices)?;
        Ok(IccPower { icc, power, animals: self.needed(split, slices, self.alpha) })
    }

    /// The cheapest design that reaches the power; two groups of animals, or animals that
    /// give slices to both conditions.
    fn optimum(&self, sd: Deviations, costs: Costs) -> Result<Allocated, StatisticsError> {
        let price = |animals: usize, slices: usize| {
            let (n, m) = (animals as f64, slices as f64);
            if self.within() {
                n * (costs.animal + 2.0 * m * costs.slice)
            } else {
                2.0 * n * (costs.animal + m * costs.slice)
            }
        };
        let mut best: Option<(f64, usize, usize)> = None;
        for slices in 1..=MOST_SLICES {
            let Some(animals) = self.needed(sd, slices, self.alpha) else { continue };
            let cost = price(animals, slices);
            if best.is_none_or(|known| cost < known.0) {
                best = Some((cost, animals, slices));
            }
        }
        let (cost, animals, slices) = best.ok_or_else(|| StatisticsError::Undefined {
            what: "cheapest design".to_owned(),
            why: format!("more than {MOST_ANIMALS} animals would be needed"),
        })?;
        let (sd_animal, sd_slice) = (root_mean_square(sd.animal), root_mean_square(sd.slice));
        let unbounded = self.within() || sd_animal <= 0.0;
        let continuous = if unbounded {
            None
        } else {
            Some(optimal_units(costs.animal, costs.slice, sd_animal, sd_slice)?.continuous)
        };
        Ok(Allocated {
            cost_animal: costs.animal,
            cost_slice: costs.slice,
            slices_continuous: continuous.filter(|m| m.is_finite()),
            slices_per_animal: slices,
            animals,
            power: self.closed(sd, animals, slices)?,
            cost,
        })
    }

    fn sentence(&self, found: &ComparisonPower) -> String {
        let within = self.within();
        let unit = |n: usize| match (within, n) {
            (true, _) => "animals, each giving slices to both conditions,",
            (false, _) => "animals per group",
        };
        let slices = |n: usize| if n == 1 { "1 slice".to_owned() } else { format!("{n} slices") };
        let of = if within { "of the difference" } else { "of the outcome" };
        let per = if within { "per animal and condition" } else { "per animal" };
        let needed = found.animals_needed.map_or_else(
            || format!("more than {MOST_ANIMALS} {} would be needed", unit(0)),
            |n| format!("{n} {} are needed", unit(n)),
        );
        let s = &found.simulated;
        format!(
            "To detect a difference of {} percentage points between {} and {} ({}) with {} % power (two-sided α = {}), \
             {needed} at {} {per}, given an SD {of} of {} points between animals and {} between slices (ICC {}); with the \
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
    let same = question.sd_effect.is_none() && findings.is_none_or(|f| f.models.iter().all(|m| m.variances.is_empty()));
    if manifest.design.within_animal && same {
        notes.push(String::from(
            "Within animals the effect is taken to be the same in every animal; if it varies, more animals are needed: \
             give its SD between animals with --effect-sd.",
        ));
    }
    if goal < 0.8 {
        notes.push(format!("A power of {} % misses a true effect often.", plain(100.0 * goal)));
    }
    notes
}
