//! The study file as it is written: which recordings there are, what they are,
//! and how they are to be analysed.

use crate::file::fit::FitPart;
use crate::file::input_output::InputOutputPart;
use crate::file::table::TablePart;
use quantity::{Frequency, Time, Voltage};
use results::plan::read::Stated;
use results::plan::{Deflection, OutcomePlan, ReportPlan, SlopeRule, StatedStatistics};
use std::collections::BTreeMap;
use std::path::PathBuf;
use toml::Spanned;

/// Version of the study file that this program reads.
pub const FORMAT: u32 = 1;

/// A study file.
#[derive(Clone, Debug)]
pub struct StudyFile {
    /// Name, also of the results folder.
    pub name: Spanned<String>,
    /// Title of the report.
    pub title: Option<String>,
    /// Whether conditions are compared between or within animals; needed where a name
    /// of an animal occurs in several conditions.
    pub design: Option<Spanned<Design>>,
    /// Species, age, solutions …: ready to print.
    pub preparation: BTreeMap<String, String>,
    /// What holds for all recordings unless a slice says otherwise.
    pub recording: RecordingPart,
    /// The induction.
    pub protocol: ProtocolPart,
    /// Conditions; the first is the reference unless `[statistics]` names one.
    pub condition: Vec<ConditionPart>,
    /// Slices with their recordings.
    pub slice: Vec<SlicePart>,
    /// Tables of time courses that were measured elsewhere.
    pub table: Vec<TablePart>,
    /// Tables of input–output curves.
    pub input_output: Vec<InputOutputPart>,
    /// Inductions after the first, each with its reference and window.
    pub stage: Vec<OutcomePlan>,
    /// What a person decided against the automatic analysis.
    pub overrides: Vec<OverridePart>,
    /// How the recordings are measured.
    pub analysis: Stated,
    /// How the groups are compared.
    pub statistics: StatedStatistics,
    /// How the report looks.
    pub report: ReportPlan,
    /// Whether the conditions are codes.
    pub blinding: Option<BlindingPart>,
    /// What else is looked through for faults.
    pub lint: LintPart,
    /// How the model is fitted to the study.
    pub fit: Option<Spanned<FitPart>>,
}

/// A channel by its place, from 0, or its name.
#[derive(Clone, Debug, PartialEq)]
pub enum ChannelChoice {
    /// Place, from 0.
    Place(usize),
    /// Name as in the file.
    Name(String),
}

/// How animals are spread over the conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// Every animal belongs to one condition: equal names in two are different animals.
    Between,
    /// Animals gave slices to several conditions: equal names are one animal.
    Within,
}

/// `[recording]`, and the same keys within a slice.
#[derive(Clone, Debug, Default)]
pub struct RecordingPart {
    /// The channel with the responses; without it the first one.
    pub channel: Option<ChannelChoice>,
    /// Unit of the values, where the file is silent or wrong.
    pub unit: Option<String>,
    /// Amplification that the values still contain: they are divided by it.
    pub gain: Option<f64>,
    /// Sampling rate of tables without times.
    pub rate: Option<Frequency>,
    /// From the start of one sweep to the next, where the file does not say.
    pub interval: Option<Time>,
    /// Stimuli after the first sample of a sweep; without it they are looked for.
    pub stimulus: Option<Vec<Time>>,
    /// Pathways in the order in which sweeps take turns.
    pub pathways: Option<Vec<String>>,
    /// The pathway that is tetanised; without it the first.
    pub test_pathway: Option<String>,
    /// Voltage step for series and input resistance.
    pub step: Option<StepPart>,
    /// Whether the whole sweeps of ABF files that were cut off are read.
    pub salvage: Option<bool>,
}

/// A voltage step.
#[derive(Clone, Copy, Debug)]
pub struct StepPart {
    /// Begin after the first sample.
    pub from: Time,
    /// End after the first sample.
    pub to: Time,
    /// Size.
    pub size: Voltage,
}

/// `[protocol]`.
#[derive(Clone, Debug, Default)]
pub struct ProtocolPart {
    /// Name of the induction, e.g. `hfs-1x100`.
    pub induction: Option<String>,
    /// The induction in words.
    pub description: Option<String>,
    /// Pulses of the induction.
    pub pulses: Option<u32>,
    /// From its first to its last pulse.
    pub duration: Option<Time>,
}

/// A compound in the bath.
#[derive(Clone, Debug)]
pub struct BathPart {
    /// The compound.
    pub compound: String,
    /// Its concentration.
    pub concentration: quantity::Concentration,
}

/// `[[condition]]`.
#[derive(Clone, Debug)]
pub struct ConditionPart {
    /// Name, unique in the study; a code while the study is blinded.
    pub name: Spanned<String>,
    /// Compounds in the bath.
    pub bath: Vec<BathPart>,
}

/// `[[slice]]`.
#[derive(Clone, Debug)]
pub struct SlicePart {
    /// Recordings of the slice in the order they were made.
    pub files: Spanned<Vec<PathBuf>>,
    /// A file that holds the induction and no test sweep.
    pub induction_file: Option<PathBuf>,
    /// Condition.
    pub condition: Spanned<String>,
    /// Animal.
    pub animal: String,
    /// Number within the animal and condition.
    pub slice: u32,
    /// Start of the induction since the start of the recording.
    pub induction: Option<Time>,
    /// First test sweep after the induction, from 0, instead of `induction`.
    pub induction_sweep: Option<usize>,
    /// When the drug was switched on since the start of the recording.
    pub drug_on: Option<Time>,
    /// What differs from `[recording]`.
    pub recording: RecordingPart,
}

/// `[[override]]`; see [`analysis::overrides::Override`].
#[derive(Clone, Debug)]
pub struct OverridePart {
    /// Animal of the slice.
    pub animal: Spanned<String>,
    /// Its condition, if the animal gave slices to several.
    pub condition: Option<String>,
    /// Number of the slice.
    pub slice: u32,
    /// Sweeps left out: first and last, from 0.
    pub sweeps: Option<[u32; 2]>,
    /// Whether the slice is left out.
    pub exclude_slice: bool,
    /// Another slope.
    pub slope: Option<SlopeRule>,
    /// Another end of the artefact.
    pub artefact: Option<Time>,
    /// Another window for the peak.
    pub response: Option<[Time; 2]>,
    /// Another direction.
    pub polarity: Option<Deflection>,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub who: String,
}

/// `[blinding]`: the conditions of the file are codes.
#[derive(Clone, Debug)]
pub struct BlindingPart {
    /// Who holds the key; printed in the report.
    pub key_holder: String,
}

/// `[lint]`.
#[derive(Clone, Debug, Default)]
pub struct LintPart {
    /// Files of the same collection that are looked through with those of the
    /// study, for duplicates across groups.
    pub also: Vec<PathBuf>,
}
