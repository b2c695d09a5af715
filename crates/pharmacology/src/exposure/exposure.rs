//! A bath of compounds over time, on top of what the tissue brings along, and
//! what both do to the synapse at each moment.

use crate::compound::compound::Compound;
use crate::compound::curve::occupancy_ratio;
use crate::compound::scenario::Scenario;
use crate::compound::target::{Factors, Mode};
use crate::exposure::course::block::{BlockCourse, Blocker, Stimulus};
use crate::exposure::course::chamber::Chamber;
use crate::exposure::course::delayed::{Delay, DelayedCourse};
use crate::exposure::course::kinetics::Course;
use crate::exposure::course::scavenger::free_share;
use crate::exposure::effect::effects::{Effects, ReceptorMix};
use crate::exposure::effect::laws;
use crate::exposure::participants::in_force;
use crate::exposure::plan::{Application, BathCompound, ExposurePlan};
use crate::tissue::endogenous::{Endogenous, Surroundings, SynthesisCourse};
use evidence::{Remark, RemarkKind};
use quantity::Concentration;
use synapse::{Modulation, Parameters};

/// Concentrations kept on the stack; larger baths use the heap.
const COMMON_BATH: usize = 8;

/// A carrier of steroids in the bath.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Carrier {
    compound: usize,
    k_um: f64,
}

/// Compounds over time, compiled for quick evaluation.
#[derive(Clone, Debug, PartialEq)]
pub struct Exposure {
    bath: Vec<BathCompound>,
    endogenous: Vec<Endogenous>,
    /// Bath compounds, then those that only the tissue holds.
    compounds: Vec<Compound>,
    scenario: Scenario,
    receptors: ReceptorMix,
    chamber: Chamber,
    on_ms: f64,
    courses: Vec<Course>,
    /// Constant levels of the tissue by compound, µM.
    levels_um: Vec<f64>,
    synthesis: Option<SynthesisCourse>,
    carriers: Vec<Carrier>,
    blocks: Vec<BlockCourse>,
    delays: Vec<DelayedCourse>,
    effects: Effects,
}

impl Exposure {
    /// All compounds flow from `drug_on_ms` to `drug_off_ms` (to the end if
    /// `None`; −∞ as the start means in equilibrium from the beginning). An off
    /// time before the on time means that the drug never flows. A compound named
    /// twice is taken at the sum of its concentrations.
    pub fn new(bath: Vec<BathCompound>, drug_on_ms: f64, drug_off_ms: Option<f64>, scenario: &Scenario) -> Self {
        let flow = [drug_on_ms, drug_off_ms.unwrap_or(f64::INFINITY)];
        let bath = merged(bath).into_iter().map(|entry| Application { entry, flows: vec![flow] }).collect();
        Self::of(ExposurePlan { bath, scenario: scenario.clone(), ..ExposurePlan::default() })
    }

    /// The exposure of a plan.
    pub fn of(plan: ExposurePlan) -> Self {
        let courses = plan.bath.iter().map(|application| {
            let compound = &application.entry.compound;
            let free = compound.free_fraction.as_ref().map_or(1.0, |f| f.value.value());
            Course::new(
                application.entry.concentration.um() * free,
                &compound.kinetics,
                &application.flows,
                &plan.chamber,
            )
        });
        let courses: Vec<Course> = courses.collect();
        let flows = plan.bath.iter().flat_map(|application| &application.flows);
        let on_ms = flows.map(|[on, _]| *on).fold(f64::INFINITY, f64::min);
        let bath: Vec<BathCompound> = plan.bath.into_iter().map(|application| application.entry).collect();
        let mut compounds: Vec<Compound> = bath.iter().map(|entry| entry.compound.clone()).collect();
        let mut levels_um = vec![0.0; compounds.len()];
        for steroid in &plan.endogenous {
            match compounds.iter().position(|compound| compound.name == steroid.compound.name) {
                Some(place) => levels_um[place] += steroid.free.um(),
                None => {
                    compounds.push(steroid.compound.clone());
                    levels_um.push(steroid.free.um());
                }
            }
        }
        let all: Vec<&Compound> = compounds.iter().collect();
        let effects = Effects::new(&all, &plan.scenario);
        let from_bath = |place: usize, t_ms: f64| courses.get(place).map_or(0.0, |course| course.at(t_ms));
        let surroundings = Surroundings { compounds: &all, bath_um: &from_bath, scenario: &plan.scenario };
        let synthesis = SynthesisCourse::new(&plan.endogenous, plan.region, plan.end_ms, &surroundings);
        let carriers = in_force(&all, &plan.scenario)
            .filter(|(_, action)| action.mode == Mode::Scavenger)
            .map(|(compound, action)| Carrier { compound, k_um: action.potency.value.um() })
            .collect();
        let mut exposure = Self {
            bath,
            endogenous: plan.endogenous,
            compounds,
            scenario: plan.scenario,
            receptors: plan.receptors,
            chamber: plan.chamber,
            on_ms,
            courses,
            levels_um,
            synthesis,
            carriers,
            blocks: Vec::new(),
            delays: Vec::new(),
            effects,
        };
        let blocks = exposure.block_courses(&plan.stimuli, &plan.parameters);
        let delays = exposure.delay_courses(plan.end_ms);
        exposure.blocks = blocks;
        exposure.delays = delays;
        exposure
    }

    /// Blockers that need open channels, followed through the stimuli.
    fn block_courses(&self, stimuli: &[Stimulus], parameters: &Parameters) -> Vec<BlockCourse> {
        let all = self.compounds();
        let blockers = in_force(&all, &self.scenario).filter_map(|(compound, action)| {
            let rate = action.on_rate.as_ref().filter(|_| action.is_state())?;
            Some(Blocker {
                compound,
                target: action.target,
                k_um: self.scenario.potency(&all[compound].name, action.target).unwrap_or(action.potency.value).um(),
                rate_per_um_ms: rate.value / 1000.0,
                resting: action.resting_activity.as_ref().map_or(0.0, |activity| activity.value),
                maximum: 1.0 - action.saturation(),
            })
        });
        blockers
            .map(|b| BlockCourse::new(b, self.on_ms, stimuli, parameters, &|t_ms| self.free_um(b.compound, t_ms)))
            .collect()
    }

    /// Effects with a delay.
    fn delay_courses(&self, end_ms: f64) -> Vec<DelayedCourse> {
        let all = self.compounds();
        let delays = in_force(&all, &self.scenario).filter_map(|(compound, action)| {
            let (onset, offset) = (action.onset.as_ref()?, action.offset.as_ref()?);
            action.target.is_modelled().then(|| Delay {
                compound,
                target: action.target,
                k_um: action.potency.value.um(),
                hill: action.hill.value,
                maximum: action.saturation(),
                onset_ms: onset.value.ms(),
                offset_ms: offset.value.ms(),
            })
        });
        delays.map(|d| DelayedCourse::new(d, self.on_ms, end_ms, &|t_ms| self.free_um(d.compound, t_ms))).collect()
    }

    /// The compounds of the bath and their nominal concentrations.
    pub fn bath(&self) -> &[BathCompound] {
        &self.bath
    }

    /// The steroids that the tissue brings along.
    pub fn endogenous(&self) -> &[Endogenous] {
        &self.endogenous
    }

    /// Every compound that takes part: those of the bath, then those of the tissue alone.
    pub fn participants(&self) -> &[Compound] {
        &self.compounds
    }

    /// The chamber.
    pub fn chamber(&self) -> &Chamber {
        &self.chamber
    }

    /// The receptors of the preparation.
    pub fn receptors(&self) -> ReceptorMix {
        self.receptors
    }

    /// The scenarios in force.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Concentration of participant `i` at the receptors, µM, at `t_ms`: the free
    /// bath concentration with which tissue (and membrane pool) are in
    /// equilibrium, and the level of the tissue itself. 0 if there is no such compound.
    pub fn tissue_um(&self, i: usize, t_ms: f64) -> f64 {
        if i < self.compounds.len() { self.free_um(i, t_ms) } else { 0.0 }
    }

    /// From bath and tissue together, before any carrier, µM.
    fn total_um(&self, i: usize, t_ms: f64) -> f64 {
        let level = match &self.synthesis {
            Some(course) if self.levels_um[i] > 0.0 || self.is_product(i) => {
                course.level_um(&self.compounds[i], t_ms).unwrap_or(self.levels_um[i])
            }
            _ => self.levels_um[i],
        };
        level + self.courses.get(i).map_or(0.0, |course| course.at(t_ms))
    }

    fn is_product(&self, i: usize) -> bool {
        matches!(self.compounds[i].stereo_key.as_str(), "3a5a" | "3b5a")
    }

    /// What carriers leave free, µM.
    fn free_um(&self, i: usize, t_ms: f64) -> f64 {
        let total = self.total_um(i, t_ms);
        if self.carriers.is_empty() || !self.is_carried(i) { total } else { total * self.share_free(t_ms) }
    }

    /// Lipophilic compounds are carried: those with a membrane pool.
    fn is_carried(&self, i: usize) -> bool {
        self.compounds[i].kinetics.membrane.is_some()
    }

    fn share_free(&self, t_ms: f64) -> f64 {
        let carried = (0..self.compounds.len()).filter(|i| self.is_carried(*i));
        let steroid: f64 = carried.map(|i| self.total_um(i, t_ms)).sum();
        let shares = self.carriers.iter().map(|c| free_share(steroid, self.total_um(c.compound, t_ms), c.k_um));
        shares.product()
    }

    /// What the compounds do to the synapse at `t_ms`. Neutral before the drug
    /// if the tissue brings nothing along.
    pub fn modulation(&self, t_ms: f64) -> Modulation {
        if self.compounds.is_empty() || (t_ms <= self.on_ms && self.endogenous.is_empty()) {
            return Modulation::default();
        }
        let mut few = [0.0; COMMON_BATH];
        let mut many;
        let concentrations = match few.get_mut(..self.compounds.len()) {
            Some(stack) => stack,
            None => {
                many = vec![0.0; self.compounds.len()];
                many.as_mut_slice()
            }
        };
        for (i, concentration) in concentrations.iter_mut().enumerate() {
            *concentration = self.free_um(i, t_ms);
        }
        let modulation = self.effects.at(concentrations, self.receptors);
        self.with_states(modulation, t_ms)
    }

    /// The modulation with blocks and delayed effects.
    fn with_states(&self, modulation: Modulation, t_ms: f64) -> Modulation {
        let mut factors = Factors::of(modulation);
        for block in &self.blocks {
            let left = block.left(t_ms, &|at_ms| self.free_um(block.compound(), at_ms));
            for effector in block.effectors() {
                *effector.slot(&mut factors) *= left;
            }
        }
        for delay in &self.delays {
            for effector in delay.effectors() {
                *effector.slot(&mut factors) *= delay.factor(t_ms);
            }
        }
        factors.modulation
    }

    /// Potentiation of the fast IPSC decay over the prior of an antagonist's
    /// unknown potency, at concentrations that have settled: for the quantiles
    /// `shares` (0–1) of the log-uniform prior. Empty if no antagonist of
    /// potentiation with a range is in the bath.
    pub fn prior_of_potentiation(&self, shares: &[f64]) -> Vec<f64> {
        let settled: Vec<f64> = (0..self.compounds.len()).map(|i| self.settled_um(i)).collect();
        let all = self.compounds();
        let uncertain = in_force(&all, &self.scenario)
            .any(|(_, action)| action.mode == Mode::Gamsa && action.potency.range.is_some());
        if !uncertain {
            return Vec::new();
        }
        let without: Vec<Compound> = self.compounds.iter().map(without_gamsa).collect();
        let bare = Effects::new(&without.iter().collect::<Vec<_>>(), &self.scenario);
        let whole = bare.at(&settled, self.receptors).gaba_a_fast_decay;
        let spared = |share: f64| -> f64 {
            let taken: f64 = in_force(&all, &self.scenario)
                .filter(|(_, action)| action.mode == Mode::Gamsa)
                .map(|(place, action)| {
                    let k = action.potency.log_uniform(share).um();
                    occupancy_ratio(settled[place], 1.0 / k, action.hill.value)
                })
                .sum();
            1.0 / (1.0 + taken)
        };
        shares.iter().map(|share| 1.0 + (whole - 1.0) * spared(*share)).collect()
    }

    fn settled_um(&self, i: usize) -> f64 {
        let free = |c: &Compound| c.free_fraction.as_ref().map_or(1.0, |f| f.value.value());
        let bath = self.bath.get(i).map_or(0.0, |entry| entry.concentration.um() * free(&entry.compound));
        self.levels_um[i] + bath
    }

    /// The laws by which the compounds act and combine, in words.
    pub fn laws(&self) -> Vec<Remark> {
        let mut laws = laws::in_words(&self.compounds(), &self.scenario, &self.effects);
        let prior = self.prior_of_potentiation(&[0.05, 0.5, 0.95]);
        if let [low, middle, high] = prior.as_slice()
            && *high > 1.0 + 1e-9
        {
            let in_bath = |entry: &BathCompound| format!("{} {}", entry.compound.label, entry.concentration);
            let bath: Vec<String> = self.bath.iter().map(in_bath).collect();
            let who = if bath.is_empty() { "The steroids of the tissue".to_owned() } else { bath.join(" + ") };
            laws.push(format!(
                "{who}: over the log-uniform prior of the antagonist's IC50 the fast IPSC decay at full concentration \
                 is × {low:.2} to × {high:.2} (90 % interval), × {middle:.2} in the middle."
            ));
        }
        laws.into_iter().map(|law| Remark::new(RemarkKind::Law, law)).collect()
    }

    pub(crate) fn compounds(&self) -> Vec<&Compound> {
        self.compounds.iter().collect()
    }

    pub(crate) fn effects(&self) -> &Effects {
        &self.effects
    }

    pub(crate) fn follows_synthesis(&self) -> bool {
        self.synthesis.is_some()
    }
}

/// The compound without antagonism of potentiation.
fn without_gamsa(compound: &Compound) -> Compound {
    let mut bare = compound.clone();
    bare.targets.retain(|action| action.mode != Mode::Gamsa);
    bare
}

/// One entry per compound, in the order of first mention.
fn merged(bath: Vec<BathCompound>) -> Vec<BathCompound> {
    let mut once: Vec<BathCompound> = Vec::new();
    for entry in bath {
        match once.iter_mut().find(|o| o.compound.name == entry.compound.name) {
            Some(first) => {
                let sum = first.concentration.um() + entry.concentration.um();
                first.concentration = Concentration::from_um(sum);
            }
            None => once.push(entry),
        }
    }
    once
}
