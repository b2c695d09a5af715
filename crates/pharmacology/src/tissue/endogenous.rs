//! Steroids that the tissue brings along: their level when the slices are made,
//! and its course where the bath holds enzyme inhibitors or precursors.

use crate::compound::compound::{Compound, DHP, PROGESTERONE};
use crate::compound::curve::inhibition;
use crate::compound::scenario::Scenario;
use crate::compound::target::{Mode, Target};
use crate::tissue::biosynthesis::{Biosynthesis, Drive, ISO_OVER_ALLO, PROGESTERONE_UM, Region, Steroids};
use quantity::Concentration;

/// Step of a stored course, ms: what drives it is constant within.
pub(crate) const STEP_MS: f64 = 30_000.0;

/// Steps of a course kept at most: a day of recording.
pub(crate) const MOST_STEPS: usize = 2880;

/// Share of 5α-reductase that is type 1, the form of the brain. A choice of the model.
const TYPE_1: f64 = 0.9;

/// A steroid of the tissue.
#[derive(Clone, Debug, PartialEq)]
pub struct Endogenous {
    /// The compound.
    pub compound: Compound,
    /// Its free concentration when the recording begins.
    pub free: Concentration,
}

/// The concentrations of ALLO and ISO over a recording.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SynthesisCourse {
    start_ms: f64,
    states: Vec<Steroids>,
}

/// The stereochemical keys of the products of the scheme.
const ALLO_KEY: &str = "3a5a";
const ISO_KEY: &str = "3b5a";

/// What the bath does to the scheme.
pub(crate) struct Surroundings<'a> {
    pub compounds: &'a [&'a Compound],
    /// Concentration of each from the bath at a time in ms, µM.
    pub bath_um: &'a dyn Fn(usize, f64) -> f64,
    pub scenario: &'a Scenario,
}

impl Surroundings<'_> {
    /// True if something in the bath acts on synthesis.
    fn matter(&self) -> bool {
        self.compounds.iter().any(|compound| {
            compound.is_precursor()
                || compound.targets.iter().any(|a| reductase(a.target) && a.mode == Mode::EnzymeInhibitor)
        })
    }

    fn of(&self, wanted: impl Fn(&Compound) -> bool, t_ms: f64) -> f64 {
        let places = self.compounds.iter().enumerate().filter(|(_, compound)| wanted(compound));
        places.map(|(place, _)| (self.bath_um)(place, t_ms)).sum()
    }

    fn drive(&self, progesterone_um: f64, t_ms: f64) -> Drive {
        Drive {
            activity: self.activity(t_ms),
            progesterone_um: progesterone_um + self.of(|c| c.stereo_key == PROGESTERONE, t_ms),
            bath: Steroids {
                dhp: self.of(|c| c.stereo_key == DHP, t_ms),
                allo: self.of(|c| c.stereo_key == ALLO_KEY, t_ms),
                iso: self.of(|c| c.stereo_key == ISO_KEY, t_ms),
            },
        }
    }

    /// Share of 5α-reductase left by the inhibitors of the bath.
    fn activity(&self, t_ms: f64) -> f64 {
        let left = |target: Target| -> f64 {
            let mut left = 1.0;
            for (place, compound) in self.compounds.iter().enumerate() {
                for action in compound.targets.iter().filter(|a| a.target == target && self.scenario.admits(a)) {
                    left *= inhibition((self.bath_um)(place, t_ms), action.potency.value.um(), action.hill.value);
                }
            }
            left
        };
        TYPE_1 * left(Target::Reductase5a1) + (1.0 - TYPE_1) * left(Target::Reductase5a2)
    }
}

fn reductase(target: Target) -> bool {
    matches!(target, Target::Reductase5a1 | Target::Reductase5a2)
}

impl SynthesisCourse {
    /// The course until `end_ms`; `None` if nothing in the bath acts on synthesis.
    /// Levels are what `endogenous` says; without ISO it holds 0.28 of ALLO.
    pub(crate) fn new(
        endogenous: &[Endogenous],
        region: Region,
        end_ms: f64,
        surroundings: &Surroundings<'_>,
    ) -> Option<Self> {
        if !surroundings.matter() {
            return None;
        }
        let level = |wanted: &dyn Fn(&Compound) -> bool| {
            endogenous.iter().find(|steroid| wanted(&steroid.compound)).map(|steroid| steroid.free.um())
        };
        let allo = level(&|c| c.stereo_key == ALLO_KEY).unwrap_or(0.0);
        let iso = level(&|c| c.stereo_key == ISO_KEY).unwrap_or(ISO_OVER_ALLO * allo);
        let progesterone = level(&|c| c.stereo_key == PROGESTERONE).filter(|um| *um > 0.0).unwrap_or(PROGESTERONE_UM);
        let scheme = Biosynthesis::holding(region, allo, iso, progesterone);
        let undisturbed = Drive { activity: 1.0, progesterone_um: progesterone, bath: Steroids::default() };
        let step = scheme.step(STEP_MS / 60_000.0);
        let steps = ((end_ms / STEP_MS).ceil().max(0.0) as usize).min(MOST_STEPS);
        let mut now = scheme.steady(&undisturbed);
        let mut states = vec![now];
        for k in 0..steps {
            let drive = surroundings.drive(progesterone, (k as f64 + 0.5) * STEP_MS);
            now = scheme.advanced(now, &drive, &step);
            states.push(now);
        }
        Some(Self { start_ms: 0.0, states })
    }

    /// The level of a compound at `t_ms`, µM; `None` if the scheme has no such compound.
    pub(crate) fn level_um(&self, compound: &Compound, t_ms: f64) -> Option<f64> {
        let pick: fn(&Steroids) -> f64 = match compound.stereo_key.as_str() {
            ALLO_KEY => |s| s.allo,
            ISO_KEY => |s| s.iso,
            _ => return None,
        };
        let place = ((t_ms - self.start_ms) / STEP_MS).max(0.0);
        let last = self.states.len() - 1;
        let before = (place.floor() as usize).min(last);
        let after = (before + 1).min(last);
        let share = (place - before as f64).clamp(0.0, 1.0);
        let (low, high) = (pick(&self.states[before]), pick(&self.states[after]));
        Some(low + share * (high - low))
    }
}
