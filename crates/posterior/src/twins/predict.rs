//! An experiment predicted.
//!
//! Each of n sets of synapse parameters θᵢ stands with two draws of the constants of the
//! compounds, δᵢ and δᵢ₊₁, each time with animals of their own. The two outcomes of one θ
//! have nothing but θ in common, the two of one δ nothing but δ, so that their covariances
//! are the variances that come with either (Saltelli et al. 2010 Comput Phys Commun 181:259):
//!
//! V_θ = cov f(θᵢ, δᵢ), f(θᵢ, δᵢ₊₁),   V_δ = cov f(θᵢ₊₁, δᵢ₊₁), f(θᵢ, δᵢ₊₁)

use crate::draws::Posterior;
use crate::twins::constants::Constants;
use crate::twins::summary::{Spread, covariance, explained, mean, quantile, spread, threshold};
use analysis::Findings;
use analysis::findings::{InteractionKind, RequiredAnimals};
use analysis::measure;
use experiment::{Plan, Seen, in_memory_twins, slices};
use rayon::prelude::*;
use results::beside::prediction::{Predicted, PredictedKind, Prediction, Source};
use statistics::power::{power_nested, power_within};
use synapse::{Homeostasis, Parameters};

/// How an experiment is predicted.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// Sets of synapse parameters.
    pub sets: usize,
    /// Animals of a draw; at least 2.
    pub animals: u32,
    /// Seed.
    pub seed: u64,
    /// Hears of every draw that is done.
    pub done: &'a (dyn Fn() + Sync),
}

/// Groups of a laboratory's experiment for which the assurance is given.
const GROUPS: [usize; 12] = [3, 4, 5, 6, 8, 10, 12, 16, 20, 30, 40, 60];

/// Fewest sets of which anything is said.
const LEAST: usize = 3;

/// Sources that are named.
const NAMED: usize = 6;

/// Spines of a virtual slice here: half of the usual, since the spread over spines is averaged
/// over draws.
const SPINES: f64 = 48.0;

/// Outcomes of one draw: `values[induction][condition][animal]`.
type Outcomes = Vec<Vec<Vec<f64>>>;

/// What is wanted of the draws: a number of each animal.
struct Wanted {
    kind: PredictedKind,
    induction: String,
    condition: String,
    reference: String,
    /// Sum of (sign, place of induction, place of condition).
    terms: Vec<(f64, usize, usize)>,
}

/// Predicts an experiment; `findings` name its interactions and the animals that a
/// laboratory would need. There are no outcomes if under fewer than three sets of
/// parameters every slice could be simulated and measured.
pub fn predict(plan: &Plan, posterior: &Posterior, findings: &Findings, asked: &Asked<'_>) -> Prediction {
    let n = asked.sets;
    let places = posterior.resampled(n);
    let compounds = plan.conditions.iter().flat_map(|condition| &condition.bath).map(|entry| &entry.compound);
    let constants = Constants::of(compounds, n, asked.seed);
    let moved = Moved::of(plan, posterior);
    let one = |k: usize| {
        let (set, pass) = (k % n, k / n);
        let plan = drawn(plan, &moved, posterior, places[set], &constants, (set + pass) % n, asked.animals);
        let outcomes = simulate(&plan, asked.seed.wrapping_add(1 + k as u64));
        (asked.done)();
        outcomes
    };
    let draws: Vec<Option<Outcomes>> = (0..2 * n).into_par_iter().map(one).collect();
    // Both draws of a set are needed to tell what is the synapse's and what the compound's.
    let whole: Vec<usize> = (0..n).filter(|i| draws[*i].is_some() && draws[n + *i].is_some()).collect();
    let context = Context {
        posterior,
        places: &places,
        constants: &constants,
        moved: &moved,
        draws: &draws,
        whole: &whole,
        n,
        seed: asked.seed,
    };
    // Three sets have a spread; of fewer nothing is said.
    let wanted = if whole.len() < LEAST { Vec::new() } else { wanted(plan, findings) };
    let bound = plan.statistics.equivalence_percent;
    let outcomes = wanted.iter().map(|wanted| context.predicted(wanted, bound, plan, findings)).collect();
    Prediction {
        sets: whole.len(),
        draws: 2 * whole.len(),
        failed: 2 * (n - whole.len()),
        animals: asked.animals,
        seed: asked.seed,
        posterior: [posterior.draws.len() as f64, posterior.effective],
        unconditioned: moved.unconditioned.clone(),
        stated: moved.stated.clone(),
        constants: constants.scores().len(),
        bound,
        outcomes,
    }
}

/// Which parameters of the posterior move in an experiment.
struct Moved {
    /// Their places in the posterior.
    places: Vec<usize>,
    /// Paths that the experiment or its animals state.
    stated: Vec<String>,
    /// Why the thresholds of the posterior do not hold; empty if they do.
    unconditioned: String,
}

impl Moved {
    fn of(plan: &Plan, posterior: &Posterior) -> Self {
        let by_animals = |path: &str| {
            plan.conditions
                .iter()
                .all(|condition| condition.animals.prepared.changes.iter().any(|change| change.parameter == path))
        };
        let is_stated = |path: &str| plan.states(path) || by_animals(path);
        let places = (0..posterior.parameters.len()).filter(|k| !is_stated(&posterior.parameters[*k])).collect();
        let stated = posterior.parameters.iter().filter(|path| is_stated(path)).cloned().collect();
        let unconditioned = match plan.synapse.rule.rule.name {
            "effective_calcium" if plan.synapse.homeostasis == Homeostasis::Absolute => String::new(),
            "effective_calcium" => "the thresholds of this experiment follow each preparation (homeostasis = \
                                    \"renormalised\"), those of the posterior do not"
                .to_owned(),
            _ => format!(
                "the posterior was found with the rule of the program; under {} it holds for transmission alone",
                plan.synapse.rule.in_words()
            ),
        };
        Self { places, stated, unconditioned }
    }
}

/// The experiment with one set of parameters and one draw of constants, one slice of each
/// of a few animals, the same ones under every condition.
fn drawn(
    plan: &Plan,
    moved: &Moved,
    posterior: &Posterior,
    place: usize,
    constants: &Constants,
    k: usize,
    animals: u32,
) -> Plan {
    let mut own = plan.clone();
    own.design.within_animal = true;
    own.design.animals = animals;
    own.design.slices_per_animal = 1;
    let draw = &posterior.draws[place];
    for parameter in &moved.places {
        // A draw lies in the accepted ranges; that was checked when it was read.
        let _ = own.synapse.parameters.set(&posterior.parameters[*parameter], draw[1 + parameter]);
    }
    if !plan.states("spines.number") {
        let _ = own.synapse.parameters.set("spines.number", SPINES);
    }
    for entry in own.conditions.iter_mut().flat_map(|condition| &mut condition.bath) {
        entry.compound = constants.draw(&entry.compound, k);
    }
    own
}

/// All outcomes of a drawn experiment; none if a slice fails or cannot be measured.
fn simulate(plan: &Plan, seed: u64) -> Option<Outcomes> {
    let each = |recording: &recording::SliceRecording| measure(recording, &plan.analysis).slice.potentiation_percent;
    let values = in_memory_twins(plan, seed, Seen::Outcome, &each).ok()?;
    if values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    debug_assert_eq!(values.len(), slices(plan).len());
    let per_condition = plan.design.animals as usize;
    let per_induction = per_condition * plan.conditions.len();
    let of_induction = |values: &[f64]| values.chunks(per_condition).map(<[f64]>::to_vec).collect();
    Some(values.chunks(per_induction).map(of_induction).collect())
}

/// Every change, effect and interaction, in the order of the plan.
fn wanted(plan: &Plan, findings: &Findings) -> Vec<Wanted> {
    let condition = |name: &str| plan.conditions.iter().position(|condition| condition.name == name);
    let induction = |name: &str| plan.inductions.iter().position(|induction| induction.name == name);
    let reference = plan.statistics.reference.as_str();
    let Some(against) = condition(reference) else { return Vec::new() };
    let mut wanted = Vec::new();
    for (i, protocol) in plan.inductions.iter().enumerate() {
        let named = |kind, c: usize, reference: &str, terms| Wanted {
            kind,
            induction: protocol.name.clone(),
            condition: plan.conditions[c].name.clone(),
            reference: reference.to_owned(),
            terms,
        };
        let all = 0..plan.conditions.len();
        wanted.extend(all.clone().map(|c| named(PredictedKind::Change, c, "", vec![(1.0, i, c)])));
        let others = all.filter(|c| *c != against);
        wanted
            .extend(others.map(|c| named(PredictedKind::Effect, c, reference, vec![(1.0, i, c), (-1.0, i, against)])));
    }
    for one in &findings.interactions {
        let terms = match one.kind {
            InteractionKind::Mixture => {
                let drug_free = plan.conditions.iter().position(|condition| condition.bath.is_empty());
                let alone = one.parts.each_ref().map(|part| condition(part));
                let (Some(i), Some(both), [Some(a), Some(b)], Some(none)) =
                    (induction(&one.induction), condition(&one.condition), alone, drug_free)
                else {
                    continue;
                };
                vec![(1.0, i, both), (-1.0, i, a), (-1.0, i, b), (1.0, i, none)]
            }
            InteractionKind::Induction => {
                let places = (induction(&one.parts[0]), induction(&one.parts[1]), condition(&one.condition));
                let (Some(first), Some(other), Some(c)) = places else { continue };
                vec![(1.0, other, c), (-1.0, other, against), (-1.0, first, c), (1.0, first, against)]
            }
        };
        wanted.push(Wanted {
            kind: PredictedKind::Interaction,
            induction: one.induction.clone(),
            condition: one.what.clone(),
            reference: String::new(),
            terms,
        });
    }
    wanted
}

/// Everything that one outcome is computed from.
struct Context<'a> {
    posterior: &'a Posterior,
    places: &'a [usize],
    constants: &'a Constants,
    moved: &'a Moved,
    draws: &'a [Option<Outcomes>],
    whole: &'a [usize],
    n: usize,
    seed: u64,
}

impl Context<'_> {
    /// The animals of a draw.
    fn animals(&self, wanted: &Wanted, draw: usize) -> Vec<f64> {
        let Some(outcomes) = &self.draws[draw] else { return Vec::new() };
        let count = outcomes.first().and_then(|of| of.first()).map_or(0, Vec::len);
        let animal = |a: usize| wanted.terms.iter().map(|(sign, i, c)| sign * outcomes[*i][*c][a]).sum();
        (0..count).map(animal).collect()
    }

    fn predicted(&self, wanted: &Wanted, bound: Option<f64>, plan: &Plan, findings: &Findings) -> Predicted {
        let first = self.whole.iter().map(|i| self.animals(wanted, *i));
        let animals: Vec<Vec<f64>> = first.chain(self.whole.iter().map(|i| self.animals(wanted, self.n + i))).collect();
        let Spread { values, sd, sd_monte_carlo } = spread(&animals);
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let count = values.len() as f64;
        let share = |holds: &dyn Fn(f64) -> bool| values.iter().filter(|value| holds(**value)).count() as f64 / count;
        let compares = wanted.kind != PredictedKind::Change;
        Predicted {
            kind: wanted.kind,
            induction: wanted.induction.clone(),
            condition: wanted.condition.clone(),
            reference: wanted.reference.clone(),
            mean: mean(&values),
            median: quantile(&sorted, 0.5),
            central_50: [0.25, 0.75].map(|share| quantile(&sorted, share)),
            central_95: [0.025, 0.975].map(|share| quantile(&sorted, share)),
            above_zero: share(&|value| value > 0.0),
            below_zero: share(&|value| value < 0.0),
            beyond_bound: bound.filter(|_| compares).map(|bound| share(&|value| value.abs() > bound)),
            sd,
            sd_monte_carlo,
            shares: if compares && sd > 0.0 { self.shares(&animals, sd) } else { None },
            sources: if compares { self.sources(&animals, sd) } else { Vec::new() },
            assurance: match wanted.kind {
                PredictedKind::Effect => {
                    assurance(&values, need(findings, wanted), 1.0 - plan.statistics.interval.value())
                }
                _ => Vec::new(),
            },
            values,
        }
    }

    /// Shares of the synapse and of the compounds in the variance of what is not known.
    fn shares(&self, animals: &[Vec<f64>], sd: f64) -> Option<[f64; 2]> {
        // A cycle of draws needs all of them.
        if self.whole.len() < self.n || self.constants.scores().is_empty() {
            return None;
        }
        let means: Vec<f64> = animals.iter().map(|values| mean(values)).collect();
        let (first, second) = means.split_at(self.n);
        let same_set = covariance(first, second).max(0.0);
        let next: Vec<f64> = (0..self.n).map(|i| first[(i + 1) % self.n]).collect();
        let same_constants = covariance(&next, second).max(0.0);
        let all = (sd * sd).max(same_set + same_constants);
        // Neither stands out from the chance of the animals.
        if same_set + same_constants <= 0.0 {
            return None;
        }
        Some([same_set / all, same_constants / all])
    }

    /// The single quantities that go with an outcome more than chance explains.
    fn sources(&self, animals: &[Vec<f64>], sd: f64) -> Vec<Source> {
        let y: Vec<f64> = animals.iter().map(|values| mean(values)).collect();
        let total = covariance(&y, &y);
        if total <= 0.0 || sd <= 0.0 {
            return Vec::new();
        }
        let mut inputs: Vec<(String, String, Vec<f64>)> = Vec::new();
        let sets = || self.whole.iter().chain(self.whole).copied();
        for place in &self.moved.places {
            let path = &self.posterior.parameters[*place];
            let meaning = Parameters::specs().iter().find(|spec| spec.path == path).map_or("", |spec| spec.meaning);
            let x = sets().map(|i| self.posterior.draws[self.places[i]][1 + place]).collect();
            inputs.push((path.clone(), meaning.to_owned(), x));
        }
        for (key, scores) in self.constants.scores() {
            let x = self.whole.iter().map(|i| scores[*i]).chain(self.whole.iter().map(|i| scores[(i + 1) % self.n]));
            inputs.push((key.compound.clone(), key.what.clone(), x.collect()));
        }
        let columns: Vec<&[f64]> = inputs.iter().map(|(_, _, x)| x.as_slice()).collect();
        let chance = threshold(&columns, &y, self.seed);
        let known = (sd * sd / total).min(1.0);
        let mut found: Vec<Source> = inputs
            .iter()
            .filter_map(|(name, meaning, x)| {
                let (share, rises) = explained(x, &y);
                let source =
                    Source { name: name.clone(), meaning: meaning.clone(), share: (share / known).min(1.0), rises };
                (share > chance).then_some(source)
            })
            .collect();
        found.sort_by(|a, b| b.share.total_cmp(&a.share));
        found.truncate(NAMED);
        found
    }
}

/// What the findings assume of animals and slices for an effect.
fn need<'f>(findings: &'f Findings, wanted: &Wanted) -> Option<&'f RequiredAnimals> {
    findings.required.iter().find(|need| need.induction == wanted.induction && need.condition == wanted.condition)
}

/// Mean power over the draws, for groups of several sizes.
fn assurance(effects: &[f64], need: Option<&RequiredAnimals>, alpha: f64) -> Vec<[f64; 2]> {
    let Some(need) = need else { return Vec::new() };
    let units = (need.slices_per_animal.round() as usize).max(1);
    let power = |effect: f64, n: usize| match need.within_animal {
        false => power_nested(effect, need.sd_animal, need.sd_slice, n, units, alpha),
        true => {
            // The SD of the difference of an animal stands for √(2/m) SD of a slice.
            let sd =
                libm::hypot(need.sd_animal, need.sd_slice * libm::sqrt(2.0 / units as f64)) / core::f64::consts::SQRT_2;
            power_within(effect, sd, n, 1, alpha)
        }
    };
    let at = |n: usize| {
        let powers: Result<Vec<f64>, _> = effects.iter().map(|effect| power(*effect, n)).collect();
        powers.ok().map(|powers| [n as f64, mean(&powers)])
    };
    GROUPS.into_iter().filter_map(at).collect()
}
