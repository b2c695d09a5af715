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

use crate::plan::identity::identity;
use crate::plan::plan::{Condition, Plan};
use crate::run::slice::exposure_to;
use pharmacology::chloride::gaba_reversal_mv;
use pharmacology::{Application, BathCompound, Exposure, ExposurePlan, Library};
use quantity::{Concentration, Current, Time, Voltage};
use recording::digitise::{Converter, DigitiseError, SweepHead};
use recording::{Event, Phase, SliceKey, SliceRecording, Sweep};
use synapse::Modulation;
use synapse::patch::{Holding, MiniWindow, PatchCell, StepProtocol, current_step, spontaneous_current};
use thiserror::Error;

/// Name of the protocol in the keys of cells.
pub(crate) const PROTOCOL: &str = "patch";

/// Points of the exposure that are kept with a cell, less one.
const COURSE_OF_EXPOSURE: u32 = 60;

/// Number of the stretches of the course, after those at the ends of the phases.
const COURSE: u32 = 16;

/// Sampling of current and of voltage clamp, Hz.
const RATES_HZ: [f64; 2] = [10_000.0, 5_000.0];

/// Range of the converter in current clamp, mV, and voltage clamp, pA.
const RANGES: [f64; 2] = [200.0, 5_000.0];

/// The settings of the rig.
#[derive(Clone, Debug, PartialEq)]
pub struct PatchPlan {
    /// Cells of each animal in each condition.
    pub cells_per_animal: u32,
    /// Before the drug.
    pub baseline: Time,
    /// In the drug.
    pub drug: Time,
    /// After it.
    pub wash_out: Time,
    /// Holding potential.
    pub hold: Voltage,
    /// Chloride in the pipette.
    pub chloride: Concentration,
    /// First and last current of the steps.
    pub steps: [Current; 2],
    /// From one step to the next.
    pub step: Current,
    /// Length of each stretch of voltage clamp.
    pub stretch: Time,
    /// From one stretch of the course to the next.
    pub every: Time,
}

impl Default for PatchPlan {
    /// Baseline 5 min, drug and wash-out 10 min, −70 mV, 10 mM chloride: the usual
    /// course and potassium gluconate solution of slice laboratories.
    fn default() -> Self {
        Self {
            cells_per_animal: 1,
            baseline: Time::from_min(5.0),
            drug: Time::from_min(10.0),
            wash_out: Time::from_min(10.0),
            hold: Voltage::from_mv(-70.0),
            chloride: Concentration::from_mm(10.0),
            steps: [Current::from_pa(-100.0), Current::from_pa(300.0)],
            step: Current::from_pa(50.0),
            stretch: Time::from_s(30.0),
            every: Time::from_min(2.5),
        }
    }
}

/// Why a cell could not be recorded.
#[derive(Debug, Error)]
pub enum PatchFailure {
    /// A sweep could not be converted.
    #[error("a sweep of {cell} cannot be digitised: {reason}")]
    Digitise {
        /// The cell.
        cell: SliceKey,
        /// Why.
        reason: DigitiseError,
    },
    /// A record that isolates currents is missing from the library.
    #[error("the library has no {0}, which isolates the currents")]
    NoTool(&'static str),
}

/// The blockers that isolate the currents, as factors.
struct Tools {
    nbqx: Modulation,
    gabazine: Modulation,
    picrotoxin: Modulation,
}

impl Tools {
    fn of(library: &Library) -> Result<Self, PatchFailure> {
        let settled = |name: &'static str, um: f64| {
            let compound = library.find(name).map_err(|_| PatchFailure::NoTool(name))?.clone();
            let entry = BathCompound { compound, concentration: Concentration::from_um(um) };
            let flows = vec![[f64::NEG_INFINITY, f64::INFINITY]];
            let plan = ExposurePlan { bath: vec![Application { entry, flows }], ..ExposurePlan::default() };
            Ok(Exposure::of(plan).modulation(0.0))
        };
        Ok(Self {
            nbqx: settled("NBQX", 10.0)?,
            gabazine: settled("gabazine", 10.0)?,
            picrotoxin: settled("picrotoxin", 100.0)?,
        })
    }
}

/// `drug` with the blockers on top, for the currents that a patch shows.
fn with(drug: &Modulation, blockers: &[&Modulation]) -> Modulation {
    let mut both = *drug;
    for blocker in blockers {
        both.ampa_gain *= blocker.ampa_gain;
        both.gaba_a_fast_gain *= blocker.gaba_a_fast_gain;
        both.gaba_a_slow_gain *= blocker.gaba_a_slow_gain;
        both.gaba_a_tonic_gain *= blocker.gaba_a_tonic_gain;
        both.gaba_a_direct_ns *= blocker.gaba_a_tonic_gain;
    }
    both
}

/// All cells of the plan: condition, animal, cell.
pub fn cells(plan: &Plan) -> Vec<SliceKey> {
    let mut keys = Vec::new();
    for condition in &plan.conditions {
        for number in 1..=plan.design.animals {
            let animal = match plan.design.within_animal {
                true => format!("A{number:02}"),
                false => format!("A{number:02} {}", condition.name),
            };
            keys.extend((1..=plan.patch.cells_per_animal).map(|cell| SliceKey {
                induction: PROTOCOL.to_owned(),
                condition: condition.name.clone(),
                animal: animal.clone(),
                slice: cell,
            }));
        }
    }
    keys
}

/// Records one cell.
///
/// # Errors
/// A current that is not finite, or a library without the isolating blockers.
pub fn record(
    plan: &Plan,
    condition: &Condition,
    key: &SliceKey,
    seed: u64,
    library: &Library,
) -> Result<SliceRecording, PatchFailure> {
    let patch = &plan.patch;
    let tools = Tools::of(library)?;
    let cell = PatchCell::new(&condition.animals.parameters(&plan.synapse.parameters), identity(seed, key));
    let exposure = exposure(plan, condition);
    let on_ms = patch.baseline.ms();
    let off_ms = on_ms + patch.drug.ms();
    let end_ms = off_ms + patch.wash_out.ms();
    // The stretches of a phase end where the phase ends.
    let phases = [(Phase::Baseline, on_ms), (Phase::WashIn, off_ms), (Phase::FollowUp, end_ms)];
    let holding = Holding { mv: patch.hold.mv(), gaba_reversal_mv: gaba_reversal_mv(patch.chloride.um() / 1000.0) };
    let mut sweeps = Sweeps { key, list: Vec::new() };
    let mut from_ms = 0.0;
    for (number, (phase, at_ms)) in (0_u32..).zip(phases) {
        for (place, between_ms) in course(patch, [from_ms, at_ms]) {
            let state = with(&exposure.modulation(between_ms), &[&tools.nbqx]);
            let window = MiniWindow { number: COURSE + place, length_ms: patch.stretch.ms(), rate_hz: RATES_HZ[1] };
            let pa = spontaneous_current(&cell, &state, &holding, &window);
            sweeps.add("vc ipsc", phase, between_ms, Vec::new(), &pa, 1)?;
        }
        from_ms = at_ms;
        let drug = exposure.modulation(at_ms);
        record_steps(plan, &cell, &drug, phase, at_ms, &mut sweeps)?;
        let stretches = [
            ("vc ipsc", with(&drug, &[&tools.nbqx])),
            ("vc epsc", with(&drug, &[&tools.gabazine])),
            ("vc blocked", with(&drug, &[&tools.nbqx, &tools.picrotoxin])),
        ];
        for (pathway, state) in &stretches {
            let window = MiniWindow { number, length_ms: patch.stretch.ms(), rate_hz: RATES_HZ[1] };
            let pa = spontaneous_current(&cell, state, &holding, &window);
            sweeps.add(pathway, phase, at_ms, Vec::new(), &pa, 1)?;
        }
    }
    let event = |time_ms: f64, what: &str| Event { time_s: time_ms / 1000.0, what: what.to_owned() };
    let mut events = vec![event(0.0, "baseline")];
    for entry in &condition.bath {
        events.push(event(on_ms, &format!("drug on: {} {}", entry.compound.name, entry.concentration)));
        events.push(event(off_ms, &format!("drug off: {}", entry.compound.name)));
    }
    events.sort_by(|one, other| one.time_s.total_cmp(&other.time_s));
    let drug_on_s = (!condition.bath.is_empty()).then_some(on_ms / 1000.0);
    let times_ms: Vec<f64> =
        (0..=COURSE_OF_EXPOSURE).map(|k| end_ms * f64::from(k) / f64::from(COURSE_OF_EXPOSURE)).collect();
    let tissue = |place: usize| times_ms.iter().map(|t_ms| exposure.tissue_um(place, *t_ms)).collect();
    let exposures = condition.bath.iter().enumerate().map(|(place, entry)| recording::Exposure {
        compound: entry.compound.name.clone(),
        time_s: times_ms.iter().map(|t_ms| t_ms / 1000.0).collect(),
        tissue_um: tissue(place),
    });
    Ok(SliceRecording {
        key: key.clone(),
        induction_s: None,
        drug_on_s,
        sweeps: sweeps.list,
        events,
        exposure: exposures.collect(),
    })
}

/// Stretches of the course that end strictly within a part of the recording: the
/// number and the end of each, ms. One too near to the begin has no room.
fn course(patch: &PatchPlan, [from_ms, to_ms]: [f64; 2]) -> Vec<(u32, f64)> {
    let every_ms = patch.every.ms();
    let ends = (1_u32..).map(|k| (k, f64::from(k) * every_ms)).take_while(|(_, end_ms)| *end_ms < to_ms - 1.0);
    ends.filter(|(_, end_ms)| *end_ms > from_ms + 1.0 && *end_ms >= patch.stretch.ms()).collect()
}

/// The exposure of a cell: a compound flows for the drug phase, or by its own
/// regimen if it has one.
fn exposure(plan: &Plan, condition: &Condition) -> Exposure {
    let on_ms = plan.patch.baseline.ms();
    let off_ms = on_ms + plan.patch.drug.ms();
    let bath = condition.bath.iter().enumerate().map(|(place, entry)| {
        let regimen = condition.regimens.get(place).copied().flatten();
        let flows = regimen.map_or_else(|| vec![[on_ms, off_ms]], |regimen| regimen.flows());
        Application { entry: entry.clone(), flows }
    });
    exposure_to(plan, condition, bath.collect(), Vec::new(), off_ms + plan.patch.wash_out.ms())
}

/// Records the current steps of a phase.
fn record_steps(
    plan: &Plan,
    cell: &PatchCell,
    drug: &Modulation,
    phase: Phase,
    at_ms: f64,
    sweeps: &mut Sweeps<'_>,
) -> Result<(), PatchFailure> {
    let patch = &plan.patch;
    let protocol = StepProtocol { before_ms: 100.0, step_ms: 500.0, after_ms: 100.0, rate_hz: RATES_HZ[0] };
    let count = ((patch.steps[1].pa() - patch.steps[0].pa()) / patch.step.pa()).round() as u32;
    for k in 0..=count {
        let current_pa = patch.steps[0].pa() + f64::from(k) * patch.step.pa();
        let trace = current_step(cell, drug, &protocol, current_pa);
        let stimulus = vec![protocol.before_ms, protocol.before_ms + protocol.step_ms];
        sweeps.add(&format!("cc {current_pa} pA"), phase, at_ms, stimulus, &trace.soma_mv, 0)?;
    }
    Ok(())
}

/// The sweeps of a cell so far.
struct Sweeps<'k> {
    key: &'k SliceKey,
    list: Vec<Sweep>,
}

impl Sweeps<'_> {
    /// Adds one; `clamp` is 0 for current clamp and 1 for voltage clamp.
    fn add(
        &mut self,
        pathway: &str,
        phase: Phase,
        end_ms: f64,
        stimulus_ms: Vec<f64>,
        samples: &[f64],
        clamp: usize,
    ) -> Result<(), PatchFailure> {
        let failure = |reason| PatchFailure::Digitise { cell: self.key.clone(), reason };
        let head = SweepHead {
            index: u32::try_from(self.list.len()).unwrap_or(u32::MAX),
            pathway: pathway.to_owned(),
            phase,
            start_s: (end_ms - samples.len() as f64 * 1000.0 / RATES_HZ[clamp]) / 1000.0,
            stimulus_ms,
            rate_hz: RATES_HZ[clamp],
        };
        let converter = Converter::new(Voltage::from_mv(RANGES[clamp])).map_err(failure)?;
        let digitised = converter.sweep(head, samples).map_err(failure)?;
        self.list.push(digitised.sweep);
        Ok(())
    }
}
