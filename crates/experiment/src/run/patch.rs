//! Virtual whole-cell recordings of a plan: before, in and after the drug.
//!
//! Each cell is recorded three times: at the end of the baseline, of the drug
//! application and of the wash-out. A recording holds current steps, and stretches
//! of voltage clamp with the other transmitter blocked (NBQX 10 µM for IPSCs,
//! gabazine 10 µM for EPSCs) and with GABA-A receptors blocked (NBQX and picrotoxin
//! 100 µM), whose difference in holding current is the tonic current. On a rig
//! picrotoxin ends the experiment; here every phase has its own. Between the ends
//! of the phases IPSCs are recorded at a regular interval, so that a drug can be
//! followed in and out.

use crate::exposure::patch::{MissingTool, Tools, exposure, with};
use crate::plan::identity::{cells, identity};
use crate::plan::patch::PatchPlan;
use crate::plan::plan::{Condition, Plan};
use crate::run::recorder::{Failure, Recorded, Recorder};
use pharmacology::chloride::gaba_reversal_mv;
use pharmacology::{Exposure, Library};
use quantity::Voltage;
use recording::digitise::{Converter, DigitiseError, SweepHead};
use recording::slice::Exposure as ExposureCourse;
use recording::{Clamp, Event, Phase, Shown, SliceKey, SliceRecording, Sweep};
use synapse::Modulation;
use synapse::patch::{Holding, MiniWindow, PatchCell, StepProtocol, current_step, spontaneous_current};
use thiserror::Error;

/// Points of the exposure that are kept with a cell, less one.
const COURSE_OF_EXPOSURE: u32 = 60;

/// Number of the stretches of the course, after those at the ends of the phases.
const COURSE: u32 = 16;

/// How an amplifier is read.
struct Channel {
    /// Sampling, Hz.
    rate_hz: f64,
    /// Half the range of the converter, mV or pA.
    range: f64,
}

/// Current clamp, in mV.
const POTENTIALS: Channel = Channel { rate_hz: 10_000.0, range: 200.0 };

/// Voltage clamp, in pA.
const CURRENTS: Channel = Channel { rate_hz: 5_000.0, range: 5_000.0 };

/// A sweep that could not be converted.
#[derive(Debug, Error)]
#[error("a sweep of {cell} cannot be digitised: {reason}")]
struct PatchFailure {
    /// The cell.
    cell: SliceKey,
    /// Why.
    reason: DigitiseError,
}

/// All cells of a plan.
pub struct Cells<'p> {
    plan: &'p Plan,
    tools: Tools,
    keys: Vec<SliceKey>,
    seed: u64,
}

impl<'p> Cells<'p> {
    /// The cells of `plan` under a seed.
    ///
    /// # Errors
    /// The library has not all blockers that isolate the currents.
    pub fn of(plan: &'p Plan, seed: u64, library: &Library) -> Result<Self, MissingTool> {
        Ok(Self { plan, tools: Tools::of(library)?, keys: cells(plan), seed })
    }
}

impl Recorder for Cells<'_> {
    fn keys(&self) -> &[SliceKey] {
        &self.keys
    }

    fn record(&self, place: usize) -> Result<Recorded, Failure> {
        let key = &self.keys[place];
        // The cells of a condition are neighbours, and as many in each.
        let condition = &self.plan.conditions[place * self.plan.conditions.len() / self.keys.len()];
        Ok(Recorded { recording: record(self.plan, condition, key, self.seed, &self.tools)?, mechanism: None })
    }
}

/// Records one cell.
fn record(
    plan: &Plan,
    condition: &Condition,
    key: &SliceKey,
    seed: u64,
    tools: &Tools,
) -> Result<SliceRecording, PatchFailure> {
    let patch = &plan.patch;
    let rig = Rig {
        patch,
        tools,
        cell: PatchCell::new(&condition.animals.parameters(&plan.synapse.parameters), identity(seed, key)),
        exposure: exposure(plan, condition),
        holding: Holding { mv: patch.hold.mv(), gaba_reversal_mv: gaba_reversal_mv(patch.chloride.um() / 1000.0) },
    };
    let on_ms = patch.baseline.ms();
    let off_ms = on_ms + patch.drug.ms();
    let end_ms = off_ms + patch.wash_out.ms();
    // The stretches of a phase end where the phase ends.
    let phases = [(Phase::Baseline, on_ms), (Phase::WashIn, off_ms), (Phase::FollowUp, end_ms)];
    let mut sweeps = Sweeps { key, list: Vec::new() };
    let mut from_ms = 0.0;
    for (number, (phase, at_ms)) in (0_u32..).zip(phases) {
        rig.record_course(phase, [from_ms, at_ms], &mut sweeps)?;
        from_ms = at_ms;
        let drug = rig.exposure.modulation(at_ms);
        rig.record_steps(&drug, phase, at_ms, &mut sweeps)?;
        rig.record_stretches(&drug, number, phase, at_ms, &mut sweeps)?;
    }
    Ok(SliceRecording {
        key: key.clone(),
        induction_s: None,
        drug_on_s: (!condition.bath.is_empty()).then_some(on_ms / 1000.0),
        sweeps: sweeps.list,
        events: events(condition, on_ms, off_ms),
        exposure: exposure_course(condition, &rig.exposure, end_ms),
    })
}

/// A cell on the rig.
struct Rig<'p> {
    patch: &'p PatchPlan,
    tools: &'p Tools,
    cell: PatchCell,
    exposure: Exposure,
    holding: Holding,
}

impl Rig<'_> {
    /// Records the IPSCs of the course within a part of the recording, ms.
    fn record_course(&self, phase: Phase, part_ms: [f64; 2], sweeps: &mut Sweeps<'_>) -> Result<(), PatchFailure> {
        for (place, between_ms) in course(self.patch, part_ms) {
            let state = with(&self.exposure.modulation(between_ms), &[&self.tools.nbqx]);
            let pa = self.current(&state, COURSE + place);
            sweeps.add(Clamp::Voltage(Shown::Ipsc), phase, between_ms, Vec::new(), &pa)?;
        }
        Ok(())
    }

    /// Records the current steps of a phase.
    fn record_steps(
        &self,
        drug: &Modulation,
        phase: Phase,
        at_ms: f64,
        sweeps: &mut Sweeps<'_>,
    ) -> Result<(), PatchFailure> {
        let patch = self.patch;
        let protocol = StepProtocol { before_ms: 100.0, step_ms: 500.0, after_ms: 100.0, rate_hz: POTENTIALS.rate_hz };
        let count = ((patch.steps[1].pa() - patch.steps[0].pa()) / patch.step.pa()).round() as u32;
        for k in 0..=count {
            let step_pa = patch.steps[0].pa() + f64::from(k) * patch.step.pa();
            let trace = current_step(&self.cell, drug, &protocol, step_pa);
            let stimulus = vec![protocol.before_ms, protocol.before_ms + protocol.step_ms];
            sweeps.add(Clamp::Current { step_pa }, phase, at_ms, stimulus, &trace.soma_mv)?;
        }
        Ok(())
    }

    /// Records the stretches of voltage clamp at the end of a phase.
    fn record_stretches(
        &self,
        drug: &Modulation,
        number: u32,
        phase: Phase,
        at_ms: f64,
        sweeps: &mut Sweeps<'_>,
    ) -> Result<(), PatchFailure> {
        let Tools { nbqx, gabazine, picrotoxin } = self.tools;
        let stretches = [
            (Shown::Ipsc, with(drug, &[nbqx])),
            (Shown::Epsc, with(drug, &[gabazine])),
            (Shown::Blocked, with(drug, &[nbqx, picrotoxin])),
        ];
        for (shown, state) in &stretches {
            let pa = self.current(state, number);
            sweeps.add(Clamp::Voltage(*shown), phase, at_ms, Vec::new(), &pa)?;
        }
        Ok(())
    }

    /// The current of one stretch of voltage clamp, pA.
    fn current(&self, state: &Modulation, number: u32) -> Vec<f64> {
        let window = MiniWindow { number, length_ms: self.patch.stretch.ms(), rate_hz: CURRENTS.rate_hz };
        spontaneous_current(&self.cell, state, &self.holding, &window)
    }
}

/// What is done to a cell, in the order of time.
fn events(condition: &Condition, on_ms: f64, off_ms: f64) -> Vec<Event> {
    let event = |time_ms: f64, what: &str| Event { time_s: time_ms / 1000.0, what: what.to_owned() };
    let mut events = vec![event(0.0, "baseline")];
    for entry in &condition.bath {
        events.push(event(on_ms, &format!("drug on: {} {}", entry.compound.name, entry.concentration)));
        events.push(event(off_ms, &format!("drug off: {}", entry.compound.name)));
    }
    events.sort_by(|one, other| one.time_s.total_cmp(&other.time_s));
    events
}

/// Concentrations at the receptors over the recording.
fn exposure_course(condition: &Condition, exposure: &Exposure, end_ms: f64) -> Vec<ExposureCourse> {
    let times_ms: Vec<f64> =
        (0..=COURSE_OF_EXPOSURE).map(|k| end_ms * f64::from(k) / f64::from(COURSE_OF_EXPOSURE)).collect();
    let tissue = |place: usize| times_ms.iter().map(|t_ms| exposure.tissue_um(place, *t_ms)).collect();
    let course = condition.bath.iter().enumerate().map(|(place, entry)| ExposureCourse {
        compound: entry.compound.name.clone(),
        time_s: times_ms.iter().map(|t_ms| t_ms / 1000.0).collect(),
        tissue_um: tissue(place),
    });
    course.collect()
}

/// Stretches of the course that end strictly within a part of the recording: the
/// number and the end of each, ms. One too near to the begin has no room.
fn course(patch: &PatchPlan, [from_ms, to_ms]: [f64; 2]) -> Vec<(u32, f64)> {
    let every_ms = patch.every.ms();
    let ends = (1_u32..).map(|k| (k, f64::from(k) * every_ms)).take_while(|(_, end_ms)| *end_ms < to_ms - 1.0);
    ends.filter(|(_, end_ms)| *end_ms > from_ms + 1.0 && *end_ms >= patch.stretch.ms()).collect()
}

/// The sweeps of a cell so far.
struct Sweeps<'k> {
    key: &'k SliceKey,
    list: Vec<Sweep>,
}

impl Sweeps<'_> {
    /// Adds one.
    fn add(
        &mut self,
        clamp: Clamp,
        phase: Phase,
        end_ms: f64,
        stimulus_ms: Vec<f64>,
        samples: &[f64],
    ) -> Result<(), PatchFailure> {
        let failure = |reason| PatchFailure { cell: self.key.clone(), reason };
        let Channel { rate_hz, range } = match clamp {
            Clamp::Voltage(_) => CURRENTS,
            Clamp::Current { .. } | Clamp::Field => POTENTIALS,
        };
        let head = SweepHead {
            index: u32::try_from(self.list.len()).unwrap_or(u32::MAX),
            pathway: clamp.to_string(),
            phase,
            start_s: (end_ms - samples.len() as f64 * 1000.0 / rate_hz) / 1000.0,
            stimulus_ms,
            rate_hz,
        };
        let converter = Converter::new(Voltage::from_mv(range)).map_err(failure)?;
        let digitised = converter.sweep(head, samples).map_err(failure)?;
        self.list.push(digitised.sweep);
        Ok(())
    }
}
