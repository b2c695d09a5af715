//! The study file as it is written: which recordings there are, what they are,
//! and how they are to be analysed. Unknown keys are faults with their line.

use crate::error::StudyError;
use crate::file::fit::FitPart;
use crate::file::table::TablePart;
use form::{Fault, Faults, FileKind, Section};
use quantity::{Frequency, Time, Voltage};
use results::plan::read::{Stated, read_of_rig};
use results::plan::{Deflection, ReportPlan, SlopeRule, StatedStatistics, read_report};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// Version of the study file that this program reads.
pub const FORMAT: u32 = 1;

/// A study file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudyFile {
    /// Version of the file.
    pub format: u32,
    /// Name, also of the results folder.
    pub name: Spanned<String>,
    /// Title of the report.
    pub title: Option<String>,
    /// Whether conditions are compared between or within animals; needed where a name
    /// of an animal occurs in several conditions.
    pub design: Option<Spanned<Design>>,
    /// Species, age, solutions …: ready to print.
    #[serde(default)]
    pub preparation: BTreeMap<String, String>,
    /// What holds for all recordings unless a slice says otherwise.
    #[serde(default)]
    pub recording: RecordingPart,
    /// The induction.
    #[serde(default)]
    pub protocol: ProtocolPart,
    /// Conditions; the first is the reference unless `[statistics]` names one.
    #[serde(default)]
    pub condition: Vec<ConditionPart>,
    /// Slices with their recordings.
    #[serde(default)]
    pub slice: Vec<SlicePart>,
    /// Tables of time courses that were measured elsewhere.
    #[serde(default)]
    pub table: Vec<TablePart>,
    /// What a person decided against the automatic analysis.
    #[serde(default, rename = "override")]
    pub overrides: Vec<OverridePart>,
    /// How the recordings are measured.
    #[serde(skip)]
    pub analysis: Stated,
    /// How the groups are compared.
    #[serde(skip)]
    pub statistics: StatedStatistics,
    /// How the report looks.
    #[serde(skip)]
    pub report: ReportPlan,
    #[serde(default, rename = "analysis")]
    _analysis: ReadElsewhere,
    #[serde(default, rename = "statistics")]
    _statistics: ReadElsewhere,
    #[serde(default, rename = "report")]
    _report: ReadElsewhere,
    /// Whether the conditions are codes.
    pub blinding: Option<BlindingPart>,
    /// What else is looked through for faults.
    #[serde(default)]
    pub lint: LintPart,
    /// How the model is fitted to the study.
    pub fit: Option<Spanned<FitPart>>,
}

/// A table with a grammar of its own, which experiment files share: [`results::plan::read`].
#[derive(Clone, Debug, Default)]
struct ReadElsewhere;

impl<'de> Deserialize<'de> for ReadElsewhere {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

/// A channel by its place, from 0, or its name.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged, expecting = "expected the place of a channel, from 0, or its name in quotes")]
pub enum ChannelChoice {
    /// Place, from 0.
    Place(usize),
    /// Name as in the file.
    Name(String),
}

/// How animals are spread over the conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Design {
    /// Every animal belongs to one condition: equal names in two are different animals.
    #[serde(rename = "between-animals", alias = "between-animal")]
    Between,
    /// Animals gave slices to several conditions: equal names are one animal.
    #[serde(rename = "within-animal", alias = "within-animals")]
    Within,
}

/// `[recording]`, and the same keys within a slice.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
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
}

/// A voltage step.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepPart {
    /// Begin after the first sample.
    pub from: Time,
    /// End after the first sample.
    pub to: Time,
    /// Size.
    pub size: Voltage,
}

/// `[protocol]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
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
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BathPart {
    /// The compound.
    pub compound: String,
    /// Its concentration.
    pub concentration: quantity::Concentration,
}

/// `[[condition]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionPart {
    /// Name, unique in the study; a code while the study is blinded.
    pub name: Spanned<String>,
    /// Compounds in the bath.
    #[serde(default)]
    pub bath: Vec<BathPart>,
}

/// `[[slice]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
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
    #[serde(default = "first")]
    pub slice: u32,
    /// Start of the induction since the start of the recording.
    pub induction: Option<Time>,
    /// First test sweep after the induction, from 0, instead of `induction`.
    pub induction_sweep: Option<usize>,
    /// When the drug was switched on since the start of the recording.
    pub drug_on: Option<Time>,
    /// What differs from `[recording]`.
    #[serde(default)]
    pub recording: RecordingPart,
}

fn first() -> u32 {
    1
}

/// `[[override]]`; see [`analysis::overrides::Override`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverridePart {
    /// Animal of the slice.
    pub animal: Spanned<String>,
    /// Its condition, if the animal gave slices to several.
    pub condition: Option<String>,
    /// Number of the slice.
    #[serde(default = "first")]
    pub slice: u32,
    /// Sweeps left out: first and last, from 0.
    pub sweeps: Option<[u32; 2]>,
    /// Whether the slice is left out.
    #[serde(default)]
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
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlindingPart {
    /// Who holds the key; printed in the report.
    pub key_holder: String,
}

/// `[lint]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LintPart {
    /// Files of the same collection that are looked through with those of the
    /// study, for duplicates across groups.
    pub also: Vec<PathBuf>,
}

/// The study file as a kind of file.
const STUDY_FILE: FileKind =
    FileKind { name: "a study file", largest_bytes: 4_000_000, needs: "`format`, `name`, [[condition]] and [[slice]]" };

impl StudyFile {
    /// Reads a study file and gives its text beside it.
    ///
    /// # Errors
    /// [`StudyError::Source`]; [`StudyError::Faulty`] with the line.
    pub fn read(path: &Path) -> Result<(Self, String), StudyError> {
        let text = form::read_text(path, STUDY_FILE)?;
        let faulty = |fault| StudyError::Faulty(Faults::new(&path.display().to_string(), &text, vec![fault]));
        let mut file: Self = toml::from_str(&text).map_err(|error| {
            let message = error.message().trim().replace('\n', " ");
            faulty(error.span().map_or_else(|| Fault::of_file(&message), |span| Fault::at(span, &message)))
        })?;
        if file.format != FORMAT {
            let message = format!("format {} is not known: expected format = {FORMAT}", file.format);
            return Err(faulty(Fault::at(0..0, message)));
        }
        (file.analysis, file.statistics, file.report) =
            form::read(&text, &path.display().to_string(), plans).map_err(StudyError::Faulty)?;
        Ok((file, text))
    }
}

/// Reads `[analysis]`, `[statistics]` and `[report]` of the whole file.
fn plans(mut top: Section<'_>) -> Option<(Stated, StatedStatistics, ReportPlan)> {
    let analysis = top.section("analysis", "[analysis]").map(read_of_rig).unwrap_or_default();
    let statistics = top.section("statistics", "[statistics]").map(StatedStatistics::read).unwrap_or_default();
    let report = top.section("report", "[report]").map(read_report).unwrap_or_default();
    Some((analysis, statistics, report))
}
