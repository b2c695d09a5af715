//! Faults of the slices of a study against its own plan.

use crate::error::StudyError;
use crate::file::file::StudyFile;
use crate::lint::courses::BASELINE;
use crate::lint::fault::{LintFault, Rule};
use crate::recordings::slices::read;
use recording::{Phase, Sweep};
use std::path::Path;

/// Slices with too short a baseline, or that end before the outcome window.
pub(super) fn study(file: &StudyFile, folder: &Path) -> Result<Vec<LintFault>, StudyError> {
    let mut faults = Vec::new();
    for part in &file.slice {
        let slice = read(file, part, folder)?.recording;
        let name = part.files.get_ref().first().cloned().unwrap_or_default();
        let place = slice.key.to_string();
        let phase = |wanted: &[Phase]| -> Vec<&Sweep> {
            slice.sweeps.iter().filter(|sweep| wanted.contains(&sweep.phase)).collect()
        };
        let before = phase(&[Phase::Baseline, Phase::WashIn]);
        let Some(zero) = slice.induction_s else {
            let found = "no induction: state induction or induction_sweep".to_owned();
            faults.push(LintFault::new(Rule::EndsEarly, &name, place, found));
            continue;
        };
        if before.len() < BASELINE {
            let found = format!("{} sweeps before induction: expected at least {BASELINE}", before.len());
            faults.push(LintFault::new(Rule::ShortBaseline, &name, place.clone(), found));
        }
        if phase(&[Phase::FollowUp]).is_empty() {
            let end_min = slice.sweeps.last().map_or(0.0, |sweep| sweep.start_s / 60.0);
            let found = format!(
                "no sweep after the induction at {:.1} min; the last one begins at {end_min:.1} min: are induction and \
                 interval right?",
                zero / 60.0
            );
            faults.push(LintFault::new(Rule::EndsEarly, &name, place, found));
            continue;
        }
        let last = phase(&[Phase::FollowUp]).last().map_or(0.0, |sweep| (sweep.start_s - zero) / 60.0);
        if let Some([from, _]) = &file.analysis.window
            && last < from.min()
        {
            let found = format!("ends {last:.1} min after induction; the outcome window begins at {}", from.value);
            faults.push(LintFault::new(Rule::EndsEarly, &name, place, found));
        }
    }
    Ok(faults)
}
