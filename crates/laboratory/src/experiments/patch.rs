//! Virtual whole-cell recordings: from the experiment file to tables, findings,
//! figures and the page.

use crate::error::LaboratoryError;
use crate::event::{Event, Listener, Stage};
use crate::folder::usual;
use crate::read::read_with_library;
use crate::report::write_report;
use crate::setting::Setting;
use analysis::patch::{PatchFindings, analyse_patch_folder};
use experiment::{Cells, Opening, Run};
use results::Mode;
use results::folder::Begun;
use std::path::PathBuf;

/// An experiment whose cells are to be recorded; `[patch]` of its file holds the
/// settings of the rig.
#[derive(Clone, Debug)]
pub struct PatchRequest {
    /// The experiment file.
    pub experiment: PathBuf,
    /// Folder with records of one's own instead of the one that the file names.
    pub records: Option<PathBuf>,
    /// Folder for the results instead of `results/NAME-patch`.
    pub out: Option<PathBuf>,
    /// What to do about a folder that exists.
    pub mode: Mode,
}

/// Finished whole-cell recordings.
#[derive(Clone, Debug)]
pub struct PatchFinished {
    /// Title of the experiment.
    pub title: String,
    /// The results folder.
    pub out: PathBuf,
    /// The numbers of the answer.
    pub findings: PatchFindings,
    /// The page.
    pub report: PathBuf,
}

/// Records, measures, compares and draws.
///
/// # Errors
/// As [`run`](crate::run()), for cells in place of slices.
pub fn patch(
    request: &PatchRequest,
    setting: &Setting<'_>,
    events: &Listener<'_>,
) -> Result<PatchFinished, LaboratoryError> {
    let (plan, library) = read_with_library(&request.experiment, request.records.as_deref())?;
    let out = request.out.clone().unwrap_or_else(|| usual(&format!("{}-patch", plan.name)));
    let cells = Cells::of(&plan, plan.seed, &library).map_err(|tool| LaboratoryError::Missing(tool.to_string()))?;
    let opening = Opening::of_cells(&plan, plan.seed, setting.commit);
    let Begun { folder, resumed } = opening.begin(&plan, &out, request.mode, setting.jobs)?;
    let run = Run {
        folder: &folder,
        resumed,
        jobs: setting.jobs,
        interrupted: setting.interrupted,
        events: &|event| events(Event::Recording(event)),
    };
    run.record(&cells)?;
    events(Event::Done(Stage::Record));
    events(Event::Begun(Stage::Compare));
    let findings = analyse_patch_folder(&out)?;
    events(Event::Done(Stage::Compare));
    events(Event::Begun(Stage::Draw));
    let report = write_report(&out, None, setting.jobs, events)?;
    events(Event::Done(Stage::Draw));
    folder.seal()?;
    Ok(PatchFinished { title: plan.title, out, findings, report })
}
