//! The slices of a study: recordings with phases, ready to be stored.

use crate::error::StudyError;
use crate::file::file::{OverridePart, SlicePart, StudyFile};
use crate::file::files;
use crate::recordings::sweeps::{self, Kind, Settings, SliceSweeps};
use analysis::overrides::{Override, Overrides};
use evidence::{Remark, RemarkKind};
use recording::{Event, Phase, SliceKey, SliceRecording};
use std::path::Path;

/// A slice of the study with its remarks.
#[derive(Clone, Debug)]
pub struct StudySlice {
    /// The recording.
    pub recording: SliceRecording,
    /// Remarks for the reader.
    pub remarks: Vec<Remark>,
    /// What the sweeps hold.
    pub kind: Kind,
    /// When time 0 of the recording was, ISO 8601.
    pub started: Option<String>,
}

/// Name of the induction of a study.
pub fn induction_name(file: &StudyFile) -> String {
    file.protocol.induction.clone().unwrap_or_else(|| "induction".to_owned())
}

/// Reads one slice.
///
/// # Errors
/// [`StudyError`] naming the recording.
pub fn read(file: &StudyFile, slice: &SlicePart, folder: &Path) -> Result<StudySlice, StudyError> {
    let settings = Settings::new(&file.recording, &slice.recording);
    let files = files::named(slice.files.get_ref(), folder)?;
    let mut read = sweeps::read(&files, &settings)?;
    let first = files.first().cloned().unwrap_or_default();
    if read.sweeps.is_empty() {
        return Err(StudyError::recording(&first, "no sweep with samples: expected test sweeps"));
    }
    same_name_for_the_tetanised(file, &settings, &mut read);
    let induction_s = induction_s(slice, &read, &first)?;
    let drug_on_s = slice.drug_on.map(|time| time.s());
    for sweep in read.sweeps.iter_mut().filter(|sweep| sweep.phase != Phase::Induction) {
        sweep.phase = match (induction_s, drug_on_s) {
            (Some(at), _) if sweep.start_s >= at => Phase::FollowUp,
            (_, Some(on)) if sweep.start_s >= on => Phase::WashIn,
            _ => Phase::Baseline,
        };
    }
    let mut events: Vec<Event> =
        read.tags.iter().map(|(time_s, text)| Event { time_s: *time_s, what: format!("tag: {text}") }).collect();
    if let Some(time_s) = induction_s {
        events.push(Event { time_s, what: format!("induction: {}", induction_name(file)) });
    }
    if let Some(time_s) = drug_on_s {
        events.push(Event { time_s, what: "drug on".to_owned() });
    }
    events.sort_by(|a, b| a.time_s.total_cmp(&b.time_s));
    let key = SliceKey {
        induction: induction_name(file),
        condition: slice.condition.get_ref().clone(),
        animal: slice.animal.clone(),
        slice: slice.slice,
    };
    let recording = SliceRecording { key, induction_s, drug_on_s, sweeps: read.sweeps, events, exposure: Vec::new() };
    Ok(StudySlice { recording, remarks: read.remarks, kind: read.kind.unwrap_or(Kind::Field), started: read.started })
}

/// The tetanised pathway by the name that the whole study gives it: that of
/// `[recording]`, else the first that a slice states.
pub fn test_pathway(file: &StudyFile) -> Option<String> {
    let stated = || file.slice.iter().find_map(|slice| slice.recording.test_pathway.clone());
    let first =
        || file.recording.pathways.as_ref().filter(|names| names.len() > 1).and_then(|names| names.first().cloned());
    file.recording.test_pathway.clone().or_else(first).or_else(stated)
}

/// A slice that was tetanised through another pathway than most exchanges the two
/// names, so that the pathways of all slices mean the same.
fn same_name_for_the_tetanised(file: &StudyFile, settings: &Settings, read: &mut SliceSweeps) {
    let (Some(usual), Some(own)) = (test_pathway(file), settings.test_pathway()) else { return };
    if own == usual || !read.sweeps.iter().any(|sweep| sweep.pathway == own) {
        return;
    }
    for sweep in &mut read.sweeps {
        if sweep.pathway == own {
            sweep.pathway.clone_from(&usual);
        } else if sweep.pathway == usual {
            sweep.pathway.clone_from(&own);
        }
    }
    let text = format!(
        "Slices tetanised through \"{own}\" exchange the names of their pathways: \"{usual}\" is the tetanised pathway of \
         every slice."
    );
    read.remarks.push(Remark::new(RemarkKind::Pathway, text));
}

/// Start of the induction, s: as stated, or at the train within the recording.
fn induction_s(slice: &SlicePart, read: &SliceSweeps, path: &Path) -> Result<Option<f64>, StudyError> {
    if let Some(time) = slice.induction {
        return Ok(Some(time.s()));
    }
    if let Some(first) = slice.induction_sweep {
        let after = read.sweeps.get(first).ok_or_else(|| {
            let reason = format!("induction_sweep = {first}, but there are {} sweeps", read.sweeps.len());
            StudyError::recording(path, reason)
        })?;
        let before = first.checked_sub(1).and_then(|k| read.sweeps.get(k));
        // Between the last sweep before and the first one after.
        return Ok(Some(before.map_or(after.start_s, |before| (before.start_s + after.start_s) / 2.0)));
    }
    let train = read.sweeps.iter().find(|sweep| sweep.phase == Phase::Induction);
    Ok(train.map(|sweep| sweep.start_s + sweep.stimulus_ms.first().copied().unwrap_or(0.0) / 1000.0))
}

/// What a person decided about a slice.
pub fn overrides(file: &StudyFile, key: &SliceKey) -> Overrides {
    let mine = |part: &&OverridePart| {
        *part.animal.get_ref() == key.animal
            && part.slice == key.slice
            && part.condition.as_ref().is_none_or(|name| *name == key.condition)
    };
    let list = file.overrides.iter().filter(mine).map(|part| Override {
        sweeps: part.sweeps,
        exclude_slice: part.exclude_slice,
        slope: part.slope,
        artefact: part.artefact,
        response: part.response,
        polarity: part.polarity,
        reason: part.reason.clone(),
        who: part.who.clone(),
    });
    Overrides { list: list.collect() }
}
