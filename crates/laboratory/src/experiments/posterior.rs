//! The search for the posterior: it takes an hour, so every simulated set is kept beside the
//! file that it will become, and a search that was stopped goes on from there.

use crate::error::LaboratoryError;
use crate::event::{Event, Listener};
use crate::setting::{Setting, with_threads};
use posterior::{AGAIN, Extent, Found, Notebook, Posterior};
use recording::atomic;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A search for the posterior.
#[derive(Clone, Debug)]
pub struct PosteriorRequest {
    /// File for the draws.
    pub out: PathBuf,
    /// How much is simulated.
    pub extent: Extent,
}

/// Searches, or goes on with a search that was stopped, and writes the draws.
///
/// # Errors
/// A file that cannot be written, sets of another search beside it, shipped parameters
/// that cannot be simulated.
pub fn search_posterior(
    request: &PosteriorRequest,
    setting: &Setting<'_>,
    events: &Listener<'_>,
) -> Result<Posterior, LaboratoryError> {
    let Extent { first, waves, draws, .. } = &request.extent;
    let sets = first + waves.iter().sum::<usize>() + draws + AGAIN.min(*draws);
    let kept = Kept::open(&request.out, &request.extent, events)?;
    events(Event::Search { sets });
    let posterior = with_threads(setting.jobs, || Posterior::search(&request.extent, &kept))??;
    let text = posterior.to_text().map_err(|reason| unwritable(&request.out, std::io::Error::other(reason)))?;
    atomic::write(&request.out, text.as_bytes()).map_err(LaboratoryError::Unwritable)?;
    // What it was made from is not needed any more; left behind it would do no harm.
    let _ = fs::remove_file(&kept.path);
    Ok(posterior)
}

fn unwritable(path: &Path, reason: std::io::Error) -> LaboratoryError {
    LaboratoryError::Scratch { path: path.to_owned(), reason }
}

/// Sets that are simulated, a line each: number and outputs, or `none`.
struct Kept<'a> {
    path: PathBuf,
    known: BTreeMap<usize, Found>,
    file: Mutex<File>,
    events: &'a Listener<'a>,
}

impl<'a> Kept<'a> {
    fn open(out: &Path, extent: &Extent, events: &'a Listener<'a>) -> Result<Self, LaboratoryError> {
        let mut name = out.file_name().unwrap_or_default().to_owned();
        name.push(".sets");
        let path = out.with_file_name(name);
        let head = format!("# {extent:?}");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(reason) if reason.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(reason) => return Err(unwritable(&path, reason)),
        };
        if text.lines().next().is_some_and(|line| line != head) {
            return Err(LaboratoryError::OtherSearch(path));
        }
        let file = OpenOptions::new().create(true).append(true).open(&path);
        let mut file = file.map_err(|reason| unwritable(&path, reason))?;
        if text.is_empty() {
            writeln!(file, "{head}").map_err(|reason| unwritable(&path, reason))?;
        }
        // A line that was cut off by a kill has no end of line and is not read.
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        let known = whole.lines().skip(1).filter_map(read).collect();
        if !text.is_empty() && !text.ends_with('\n') {
            writeln!(file).map_err(|reason| unwritable(&path, reason))?;
        }
        Ok(Self { path, known, file: Mutex::new(file), events })
    }
}

/// One line; none if it is no whole line.
fn read(line: &str) -> Option<(usize, Found)> {
    let (number, rest) = line.split_once(' ')?;
    let number = number.parse().ok()?;
    if rest == "none" {
        return Some((number, None));
    }
    let (values, end) = rest.rsplit_once(' ')?;
    if end != "." {
        return None;
    }
    let values: Result<Vec<f64>, _> = values.split(' ').map(str::parse).collect();
    Some((number, Some(values.ok()?)))
}

impl Notebook for Kept<'_> {
    fn known(&self, number: usize) -> Option<Found> {
        let found = self.known.get(&number).cloned();
        if found.is_some() {
            (self.events)(Event::Simulated);
        }
        found
    }

    fn note(&self, number: usize, found: &Found) {
        let mut line = number.to_string();
        match found {
            None => line.push_str(" none"),
            Some(values) => {
                for value in values {
                    // Writing to a string cannot fail.
                    let _ = write!(line, " {value:?}");
                }
                line.push_str(" .");
            }
        }
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        // A set that cannot be kept is simulated again by the next search.
        let _ = writeln!(file, "{line}");
        (self.events)(Event::Simulated);
    }
}
