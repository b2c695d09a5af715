//! That the windows of the study lie in its recordings: otherwise every slice would be
//! left out, one by one, and nobody would see why.

use crate::carry_out::manifest::Extent;
use crate::error::StudyError;
use crate::file::file::StudyFile;
use form::{Fault, Faults};
use quantity::counted;
use std::path::Path;

/// Refuses an outcome window that begins after the end of every recording.
///
/// # Errors
/// [`StudyError::Faulty`] with the place of the window and the longest recording.
pub(crate) fn check(file: &StudyFile, extent: &Extent, text: &str, path: &Path) -> Result<(), StudyError> {
    let Some([from, to]) = &file.analysis.window else { return Ok(()) };
    let longest = extent.after_min.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if !longest.is_finite() || from.min() <= longest {
        return Ok(());
    }
    let span = from.span.start..to.span.end.max(from.span.end);
    let fault = Fault::at(span, "`window`: no recording lasts until this window begins")
        .found(format!(
            "the longest of {} ends {} min after the induction",
            counted(extent.after_min.len(), "recording"),
            (longest * 10.0).round() / 10.0
        ))
        .remedy("choose a window that lies within the recordings");
    Err(StudyError::Faulty(Faults::new(&path.display().to_string(), text, vec![fault])))
}
