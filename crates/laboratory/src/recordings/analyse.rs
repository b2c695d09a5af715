//! Recordings to findings: a study up to its report, or a results folder again.

use crate::error::LaboratoryError;
use crate::event::{Event, Listener, Stage, measuring};
use crate::folder::{existing, usual};
use crate::report::write_report;
use crate::setting::Setting;
use analysis::Findings;
use analysis::folder::analyse_in_steps;
use analysis::patch::{PatchFindings, analyse_patch_folder};
use results::folder::Reach;
use results::{Entry, ResultsFolder, WholeCellRig};
use std::path::{Path, PathBuf};
use study::{Key, Options, StudyFile};

/// The program, as it stands in the manifest of a study.
pub(crate) const PROGRAM: &str = concat!("schaffer ", env!("CARGO_PKG_VERSION"));

/// A study to be analysed.
#[derive(Clone, Debug)]
pub struct StudyRequest {
    /// The study file.
    pub study: PathBuf,
    /// Folder for the results instead of `results/NAME`, or `results/NAME-unblinded`
    /// with a key.
    pub out: Option<PathBuf>,
    /// Whether an existing results folder is replaced.
    pub overwrite: bool,
    /// What the codes of the conditions stand for: unblinds the study.
    pub key: Option<PathBuf>,
    /// Results of the blinded analysis, whose exclusions stay, instead of
    /// `results/NAME`.
    pub blinded: Option<PathBuf>,
}

/// An analysed study.
#[derive(Clone, Debug)]
pub struct StudyFinished {
    /// The results folder.
    pub out: PathBuf,
    /// The numbers of the answer.
    pub findings: Findings,
    /// The page.
    pub report: PathBuf,
}

/// Carries out a study from its file to its report.
///
/// # Errors
/// [`LaboratoryError::Study`] for the file, the recordings and the results folder,
/// [`LaboratoryError::Report`] for the report.
pub fn analyse_study(
    request: &StudyRequest,
    setting: &Setting<'_>,
    events: &Listener<'_>,
) -> Result<StudyFinished, LaboratoryError> {
    let (file, _) = StudyFile::read(&request.study)?;
    let name = file.name.get_ref();
    let key = request.key.as_deref().map(Key::read).transpose()?;
    let out = match (&request.out, &key) {
        (Some(out), _) => out.clone(),
        (None, Some(_)) => usual(&format!("{name}-unblinded")),
        (None, None) => usual(name),
    };
    let blinded = request.blinded.clone().unwrap_or_else(|| usual(name));
    let options = Options {
        out: &out,
        overwrite: request.overwrite,
        key: key.as_ref().map(|key| (key, blinded)),
        jobs: setting.jobs,
        program: (PROGRAM, setting.commit),
        measuring: &|step| measuring(events, step),
    };
    events(Event::Begun(Stage::Measure));
    let (folder, findings) = study::carry_out(&request.study, &options)?;
    events(Event::Done(Stage::Compare));
    events(Event::Begun(Stage::Draw));
    let report = write_report(&out, None, setting.jobs, events)?;
    events(Event::Done(Stage::Draw));
    folder.seal()?;
    Ok(StudyFinished { out, findings, report })
}

/// The numbers of the answer, by what was recorded.
#[derive(Clone, Debug)]
pub enum Reanalysed {
    /// Of slices.
    Slices(Box<Findings>),
    /// Of patched cells.
    Cells(Box<PatchFindings>),
}

/// Measures and compares the recordings of a results folder again, on so many threads.
///
/// # Errors
/// A folder that is not one of results, recordings that cannot be read, tables that
/// cannot be written.
pub fn analyse_folder(folder: &Path, jobs: usize, events: &Listener<'_>) -> Result<Reanalysed, LaboratoryError> {
    let folder = existing(folder)?;
    let held = ResultsFolder::reopen(folder, Reach::Recordings)?;
    let findings = reanalyse(folder, jobs, events)?;
    held.seal()?;
    Ok(findings)
}

/// The same for a folder that is locked.
fn reanalyse(folder: &Path, jobs: usize, events: &Listener<'_>) -> Result<Reanalysed, LaboratoryError> {
    if WholeCellRig::is_in(folder) {
        return Ok(Reanalysed::Cells(Box::new(analyse_patch_folder(folder)?)));
    }
    let findings = analyse_in_steps(folder, Some(jobs), &mut |step| measuring(events, step))?;
    if Entry::Study.within(folder).is_file() {
        study::write_exclusions(folder)?;
    }
    Ok(Reanalysed::Slices(Box::new(findings)))
}
