//! That results are what was written, before they are used.

use crate::folder::entry::Entry;
use crate::folder::error::FolderError;
use crate::folder::sums::{Part, Sums};
use crate::manifest::manifest::Manifest;
use std::path::Path;

/// How far results are to be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The recordings, to be measured again; they may be unsealed: each slice has
    /// checksums of its own.
    Recordings,
    /// The findings, to be drawn or planned with.
    Findings,
    /// The findings and the data of the figures, to be exported.
    Figures,
}

impl Reach {
    /// The parts that must be intact.
    pub(crate) const fn parts(self) -> &'static [Part] {
        match self {
            Self::Recordings => &[Part::Recorded],
            Self::Findings => &[Part::Recorded, Part::Concluded, Part::Beside],
            Self::Figures => &[Part::Recorded, Part::Concluded, Part::Beside, Part::Figures],
        }
    }

    /// The parts that whoever uses results so far may write anew.
    pub(crate) const fn anew(self) -> &'static [Part] {
        match self {
            Self::Recordings => &[Part::Concluded, Part::Figures, Part::Pages],
            Self::Findings => &[Part::Figures, Part::Pages],
            Self::Figures => &[Part::Pages],
        }
    }
}

/// Demands that the results in `dir` are finished and unchanged as far as they are to
/// be used.
///
/// # Errors
/// [`FolderError::Unfinished`] if nothing was concluded from the recordings,
/// [`FolderError::Damaged`] naming what was changed, removed or added.
pub fn demand(dir: &Path, reach: Reach) -> Result<(), FolderError> {
    demanded(dir, reach).map(drop)
}

/// [`demand`] that gives the seal, if there is one.
pub(crate) fn demanded(dir: &Path, reach: Reach) -> Result<Option<Sums>, FolderError> {
    let sums = Sums::read(dir)?;
    let concluded = sums.as_ref().is_some_and(|sums| sums.has(Entry::Findings));
    if reach != Reach::Recordings && !concluded {
        // What is no results folder at all is told as such.
        Manifest::read(&Entry::Manifest.within(dir))?;
        return Err(FolderError::Unfinished(dir.to_owned()));
    }
    if let Some(sums) = &sums {
        let (missing, changed) = sums.broken(dir, reach.parts())?;
        let foreign = sums.foreign(dir, reach.parts())?;
        if !(missing.is_empty() && changed.is_empty() && foreign.is_empty()) {
            let recorded = missing.iter().chain(&changed).chain(&foreign).any(|path| Part::of(path) == Part::Recorded);
            let what = told(&[("changed", &changed), ("missing", &missing), ("not of this run", &foreign)]);
            return Err(FolderError::Damaged { dir: dir.to_owned(), what, recorded });
        }
    }
    Ok(sums)
}

/// What is wrong with which files, shortened.
fn told(kinds: &[(&str, &Vec<String>)]) -> String {
    const MOST: usize = 5;
    let one = |(kind, paths): &(&str, &Vec<String>)| {
        let mut names: Vec<&str> = paths.iter().take(MOST).map(String::as_str).collect();
        let more = format!("and {} more", paths.len().saturating_sub(MOST));
        if paths.len() > MOST {
            names.push(&more);
        }
        format!("{kind}: {}", names.join(", "))
    };
    kinds.iter().filter(|(_, paths)| !paths.is_empty()).map(one).collect::<Vec<_>>().join("; ")
}
