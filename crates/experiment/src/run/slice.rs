//! One slice: the model in its chamber, its sweeps through the converter.

use crate::exposure::exposure::{exposure, flows};
use crate::plan::identity::{identity, slices};
use crate::plan::plan::{Condition, Plan};
use crate::plan::protocol::Induction;
use crate::plan::schedule::Schedule;

use crate::run::recorder::{Failure, Recorded, Recorder};
use crate::run::seen::Seen;
use pharmacology::Exposure;
use recording::digitise::{Converter, DigitiseError, SweepHead};
use recording::slice::Exposure as ExposureCourse;
use recording::{Event, SliceKey, SliceRecording, Sweep};
use results::beside::mechanism::{SliceMechanism, Value};
use synapse::{Parameters, Plasticity, Pulse, RawSweep, SimulationFailure, SliceIdentity, SliceOutcome, SweepWindow};
use thiserror::Error;

/// Name of the stimulated pathway.
const PATHWAY: &str = "S1";

/// From one value of the stored drug exposure to the next, ms.
const EXPOSURE_STEP_MS: f64 = 60_000.0;

/// Test pulses that lead into a window, ms: the post-tetanic trace that test pulses keep
/// up (40 s) is back after them.
const LEAD_MS: f64 = 180_000.0;

/// Why a slice failed.
#[derive(Debug, Error)]
pub enum SliceFailure {
    /// The model gave up.
    #[error("the model failed: {failure}{changed}")]
    Simulation {
        /// What the model said: variable, value and time.
        failure: SimulationFailure,
        /// The parameters that the experiment changes, in words; empty if none.
        changed: String,
    },
    /// A sweep could not be converted.
    #[error("the sweep at {at_s} s cannot be digitised: {reason}")]
    Digitise {
        /// Start of the sweep, s.
        at_s: f64,
        /// Why.
        reason: DigitiseError,
    },
}

/// All slices of a plan.
pub(crate) struct Slices<'p> {
    /// In the order of the plan; the slices of a group are neighbours in `keys`.
    groups: Vec<Group<'p>>,
    per_group: usize,
    keys: Vec<SliceKey>,
    seed: u64,
    seen: Seen,
    /// Whether slices of one number are the same slice under every condition.
    twins: bool,
}

impl<'p> Slices<'p> {
    /// The slices of `plan` under a seed.
    pub(crate) fn of(plan: &'p Plan, seed: u64) -> Self {
        let of = |induction| plan.conditions.iter().map(move |condition| Group::new(plan, induction, condition));
        let groups: Vec<Group<'p>> = plan.inductions.iter().flat_map(of).collect();
        let per_group = (plan.slices() / groups.len().max(1)).max(1);
        Self { groups, per_group, keys: slices(plan), seed, seen: Seen::Whole, twins: false }
    }

    /// The same with some test pulses only.
    pub(crate) fn seen(self, seen: Seen) -> Self {
        Self { seen, ..self }
    }

    /// The same with slices that differ between conditions by nothing but the condition:
    /// animal, spines and every draw of chance are those of the first.
    pub(crate) fn twins(self) -> Self {
        Self { twins: true, ..self }
    }

    /// Who the slice at `place` is to its random streams.
    fn identity(&self, place: usize) -> SliceIdentity {
        let per_condition = self.per_group;
        match (self.twins, self.groups.get(place / per_condition)) {
            (true, Some(group)) => {
                let conditions = group.plan.conditions.len().max(1);
                let induction = place / (per_condition * conditions);
                let first = induction * per_condition * conditions + place % per_condition;
                identity(self.seed, &self.keys[first])
            }
            _ => identity(self.seed, &self.keys[place]),
        }
    }
}

impl Recorder for Slices<'_> {
    fn keys(&self) -> &[SliceKey] {
        &self.keys
    }

    fn record(&self, place: usize) -> Result<Recorded, Failure> {
        let (recording, mechanism) =
            self.groups[place / self.per_group].simulate(&self.keys[place], self.identity(place), self.seen)?;
        Ok(Recorded { recording, mechanism: Some(mechanism) })
    }
}

/// Everything that slices of one induction and condition share.
struct Group<'p> {
    plan: &'p Plan,
    induction: &'p Induction,
    condition: &'p Condition,
    schedule: Schedule,
    exposure: Exposure,
    parameters: Parameters,
    plasticity: Plasticity,
}

impl<'p> Group<'p> {
    /// The group of `condition` under `induction`.
    fn new(plan: &'p Plan, induction: &'p Induction, condition: &'p Condition) -> Self {
        let schedule = Schedule::new(&plan.course, induction);
        let exposure = exposure(plan, &schedule, condition);
        let parameters = condition.animals.parameters(&plan.synapse.parameters);
        let plasticity = plan.synapse.plasticity();
        Self { plan, induction, condition, schedule, exposure, parameters, plasticity }
    }

    /// Runs one slice of the group.
    fn simulate(
        &self,
        key: &SliceKey,
        identity: SliceIdentity,
        seen: Seen,
    ) -> Result<(SliceRecording, SliceMechanism), SliceFailure> {
        let settings = &self.plan.sweeps;
        let window =
            SweepWindow { before_ms: settings.before.ms(), after_ms: settings.after.ms(), rate_hz: settings.rate.hz() };
        let failure = |at_s: f64| move |reason| SliceFailure::Digitise { at_s, reason };
        let converter = Converter::new(settings.range).map_err(failure(0.0))?;
        let mut sweeps = Vec::with_capacity(self.schedule.pulses.len());
        let mut first_failure = None;
        let outcome = synapse::simulate_slice_seen(
            &self.plasticity,
            &self.parameters,
            identity,
            &self.schedule.pulses,
            &|pulse| self.is_seen(pulse, seen),
            &|t_ms| self.exposure.modulation(t_ms),
            &window,
            &mut |raw| match self.digitise(&raw, sweeps.len(), converter) {
                Ok(sweep) => sweeps.push(sweep),
                Err(reason) => {
                    first_failure.get_or_insert_with(|| failure(raw.start_ms / 1000.0)(reason));
                }
            },
        )
        .map_err(|failure| SliceFailure::Simulation { failure, changed: self.changed() })?;
        if let Some(failure) = first_failure {
            return Err(failure);
        }
        let recording = SliceRecording {
            key: key.clone(),
            induction_s: Some(self.schedule.induction_ms / 1000.0),
            drug_on_s: self.drug_on_ms().map(|on_ms| on_ms / 1000.0),
            sweeps,
            events: self.events(),
            exposure: self.exposure_course(),
        };
        Ok((recording, mechanism_of(&outcome)))
    }

    /// Whether a test pulse is simulated.
    fn is_seen(&self, pulse: &Pulse, seen: Seen) -> bool {
        let analysis = &self.plan.analysis;
        let (before, after) = (self.schedule.induction_ms - pulse.t_ms, pulse.t_ms - self.schedule.induction_end_ms);
        match seen {
            Seen::Whole => true,
            // A late phase sees a train end with the first pulse after it.
            Seen::Outcome if self.plan.synapse.late_phase.is_some() => true,
            Seen::Outcome if before > 0.0 => before <= analysis.reference_window.ms() + LEAD_MS,
            Seen::Outcome => (analysis.window[0].ms() - LEAD_MS..=analysis.window[1].ms()).contains(&after),
        }
    }

    /// The parameters that stand otherwise than in the calibrated set, for a message.
    fn changed(&self) -> String {
        let shipped = Parameters::default();
        let other = |spec: &&synapse::ParameterSpec| self.parameters.get(spec.path) != shipped.get(spec.path);
        let words: Vec<String> = Parameters::specs()
            .iter()
            .filter(other)
            .map(|spec| format!("{} = {}", spec.path, self.parameters.get(spec.path).unwrap_or(f64::NAN)))
            .collect();
        if words.is_empty() { String::new() } else { format!(" (changed: {})", words.join(", ")) }
    }

    /// A sweep as the converter delivers it; potentials beyond its range are clipped.
    fn digitise(&self, raw: &RawSweep, index: usize, converter: Converter) -> Result<Sweep, DigitiseError> {
        let pulse_ms = raw.start_ms + raw.stimulus_ms.first().copied().unwrap_or(0.0);
        let head = SweepHead {
            index: u32::try_from(index).unwrap_or(u32::MAX),
            pathway: PATHWAY.to_owned(),
            phase: self.schedule.phase(pulse_ms, raw.kind),
            start_s: raw.start_ms / 1000.0,
            stimulus_ms: raw.stimulus_ms.clone(),
            rate_hz: self.plan.sweeps.rate.hz(),
        };
        converter.sweep(head, &raw.field_mv).map(|digitised| digitised.sweep)
    }

    /// What is done to the slice, in the order of time.
    fn events(&self) -> Vec<Event> {
        let schedule = &self.schedule;
        let event = |time_ms: f64, what: String| Event { time_s: time_ms / 1000.0, what };
        let mut events = vec![event(0.0, "baseline".to_owned())];
        for (place, entry) in self.condition.bath.iter().enumerate() {
            for [on_ms, off_ms] in flows(self.plan, schedule, self.condition, place) {
                events.push(event(on_ms, format!("drug on: {} {}", entry.compound.name, entry.concentration)));
                if off_ms.is_finite() {
                    events.push(event(off_ms, format!("drug off: {}", entry.compound.name)));
                }
            }
        }
        events.push(event(schedule.induction_ms, format!("induction: {}", self.induction.name)));
        events.push(event(schedule.induction_end_ms, "end of induction".to_owned()));
        // The sort is stable: what happens at one time stays in this order.
        events.sort_by(|one, other| one.time_s.total_cmp(&other.time_s));
        events
    }

    /// When the first drug is switched on, ms.
    fn drug_on_ms(&self) -> Option<f64> {
        let places = 0..self.condition.bath.len();
        let on = places.flat_map(|place| flows(self.plan, &self.schedule, self.condition, place)).map(|[on, _]| on);
        on.reduce(f64::min)
    }

    /// Concentration at the receptors, once a minute.
    fn exposure_course(&self) -> Vec<ExposureCourse> {
        let steps = (self.schedule.end_ms / EXPOSURE_STEP_MS).floor() as u32;
        let times = || (0..=steps).map(|step| f64::from(step) * EXPOSURE_STEP_MS);
        let course = |(place, compound): (usize, &pharmacology::Compound)| ExposureCourse {
            compound: compound.name.clone(),
            time_s: times().map(|t_ms| t_ms / 1000.0).collect(),
            tissue_um: times().map(|t_ms| self.exposure.tissue_um(place, t_ms)).collect(),
        };
        self.exposure.participants().iter().enumerate().map(course).collect()
    }
}

/// What the model knows about a slice beyond its recording.
fn mechanism_of(outcome: &SliceOutcome) -> SliceMechanism {
    let value = outcome.mechanism.iter().map(|value| Value {
        name: value.name.to_owned(),
        unit: value.unit.to_owned(),
        value: value.value,
    });
    SliceMechanism { state_hash: format!("{:016x}", outcome.state_hash), value: value.collect() }
}
