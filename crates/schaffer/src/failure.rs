//! How a command ends if it does not succeed: a message and an exit code.

use crate::arguments::exit_codes::{
    FAULTY_INPUT, INTERRUPTED, NO_INPUT, NO_OUTPUT, SLICE_FAILED, SYSTEM, UNEXPECTED, USAGE,
};
use analysis::AnalysisError;
use experiment::{FolderError, RunError};
use form::{Faults, SourceError, nearest};
use laboratory::LaboratoryError;
use recording::StoreError;
use report::ReportError;
use serde::Serialize;
use study::StudyError;
use synapse::rules::RuleError;
use validation::ValidationError;

/// The end of a command that did not succeed.
#[derive(Debug)]
pub struct Failure {
    code: u8,
    /// What to say; empty if nothing is left to be said.
    message: String,
    /// What is wrong with a person's file, if that is the reason.
    faults: Option<Box<Faults>>,
    /// Line and column of the one thing that is wrong with a file, from 1.
    place: Option<(usize, usize)>,
}

impl Failure {
    /// The exit code.
    pub fn code(&self) -> u8 {
        self.code
    }

    fn new(code: u8, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), faults: None, place: None }
    }

    fn error(code: u8, message: impl Into<String>) -> Self {
        Self::new(code, format!("error: {}", message.into()))
    }

    /// What to say; empty if nothing is left to be said, or faults say it.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What is wrong with a person's file, if that is the reason.
    pub fn faults(&self) -> Option<&Faults> {
        self.faults.as_deref()
    }

    /// All of it for programs; `None` if nothing is left to be said.
    pub fn told(&self) -> Option<Told<'_>> {
        let message = self.message.strip_prefix("error: ").unwrap_or(&self.message);
        let faults: Vec<Listed<'_>> = match &self.faults {
            Some(faults) => faults.list().iter().map(|fault| Listed::new(fault, faults.position(fault))).collect(),
            None if message.is_empty() => return None,
            None => vec![Listed { message, ..Listed::at(self.place) }],
        };
        let more = self.faults.as_ref().map_or(0, |faults| faults.more());
        Some(Told { sound: false, exit_code: self.code, faults, more })
    }

    /// A failure that nobody foresaw.
    pub fn unexpected(message: impl Into<String>) -> Self {
        Self::error(UNEXPECTED, message)
    }

    /// A command line that says too little or contradicts itself.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::error(USAGE, message)
    }

    /// Input that cannot be used.
    pub fn faulty_input(message: impl Into<String>) -> Self {
        Self::error(FAULTY_INPUT, message)
    }

    /// Input that is not there.
    pub fn no_input(message: impl Into<String>) -> Self {
        Self::error(NO_INPUT, message)
    }

    /// The system grants too little.
    pub fn system(message: impl Into<String>) -> Self {
        Self::error(SYSTEM, message)
    }

    /// Output that cannot be written.
    pub fn output(message: impl Into<String>) -> Self {
        Self::error(NO_OUTPUT, message)
    }

    /// Faulty input that was reported already, as JSON.
    pub fn reported() -> Self {
        Self::new(FAULTY_INPUT, "")
    }

    /// Whoever read the output has closed it: a success.
    pub fn reader_left() -> Self {
        Self::new(0, "")
    }
}

/// A failure, for programs: what is wrong, each with its place if it has one.
#[derive(Serialize)]
pub struct Told<'a> {
    sound: bool,
    exit_code: u8,
    faults: Vec<Listed<'a>>,
    /// Faults besides these, if there are very many.
    #[serde(skip_serializing_if = "is_none")]
    more: usize,
}

/// Whether there are no more faults than those of the list.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_none(more: &usize) -> bool {
    *more == 0
}

/// One fault; line and column from 1.
#[derive(Serialize)]
struct Listed<'a> {
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    found: &'a str,
    accepted: &'a str,
    help: &'a str,
}

impl<'a> Listed<'a> {
    fn at(place: Option<(usize, usize)>) -> Self {
        let (line, column) = (place.map(|(line, _)| line), place.map(|(_, column)| column));
        Self { line, column, message: "", found: "", accepted: "", help: "" }
    }

    fn new(fault: &'a form::Fault, place: Option<(usize, usize)>) -> Self {
        let form::Fault { message, label, accepted, help, .. } = fault;
        Self { message, found: label, accepted, help, ..Self::at(place) }
    }
}

impl From<Faults> for Failure {
    fn from(faults: Faults) -> Self {
        Self { faults: Some(Box::new(faults)), ..Self::new(FAULTY_INPUT, "") }
    }
}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        match error {
            SourceError::Missing(_) | SourceError::Unreadable { .. } => Self::no_input(error.to_string()),
            SourceError::NotUtf8 { line, column, .. } => {
                Self { place: Some((line, column)), ..Self::faulty_input(error.to_string()) }
            }
            SourceError::Folder(..)
            | SourceError::NoFile(..)
            | SourceError::TooLarge { .. }
            | SourceError::Empty(..) => Self::faulty_input(error.to_string()),
        }
    }
}

impl From<FolderError> for Failure {
    fn from(error: FolderError) -> Self {
        match error {
            FolderError::Missing(_) | FolderError::Unreadable { .. } => Self::no_input(error.to_string()),
            FolderError::Empty(_) | FolderError::Records(_) => Self::faulty_input(error.to_string()),
        }
    }
}

/// The exit code for a results folder that cannot be begun or written.
fn folder_code(error: &results::FolderError) -> u8 {
    match error {
        results::FolderError::Store(fault) => store_code(fault),
        results::FolderError::Unfinished(_) | results::FolderError::Damaged { .. } => FAULTY_INPUT,
        _ => NO_OUTPUT,
    }
}

/// The exit code for a file of a results folder.
fn store_code(error: &StoreError) -> u8 {
    if matches!(error, StoreError::Unwritable { .. }) { NO_OUTPUT } else { FAULTY_INPUT }
}

impl From<results::FolderError> for Failure {
    fn from(error: results::FolderError) -> Self {
        Self::error(folder_code(&error), error.to_string())
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        let code = match &error {
            RunError::Folder(fault) => folder_code(fault),
            RunError::Store(fault) => store_code(fault),
            RunError::SlicesFailed { .. } => SLICE_FAILED,
            RunError::Interrupted { .. } => INTERRUPTED,
            RunError::Threads(_) => SYSTEM,
        };
        if code == INTERRUPTED { Self::new(code, error.to_string()) } else { Self::error(code, error.to_string()) }
    }
}

impl From<AnalysisError> for Failure {
    fn from(error: AnalysisError) -> Self {
        match &error {
            AnalysisError::Store(StoreError::Unwritable { .. }) => Self::output(error.to_string()),
            AnalysisError::Store(_) | AnalysisError::NoRecordings { .. } | AnalysisError::Power(_) => {
                Self::faulty_input(error.to_string())
            }
            _ => Self::unexpected(error.to_string()),
        }
    }
}

impl From<ValidationError> for Failure {
    fn from(error: ValidationError) -> Self {
        match &error {
            ValidationError::Slice { .. } => Self::error(SLICE_FAILED, error.to_string()),
            _ => Self::faulty_input(error.to_string()),
        }
    }
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        match &error {
            ReportError::Unreadable { .. } | ReportError::Invalid { .. } | ReportError::Format { .. } => {
                Self::faulty_input(error.to_string())
            }
            ReportError::Unwritable { .. } | ReportError::Store(StoreError::Unwritable { .. }) => {
                Self::output(error.to_string())
            }
            ReportError::Store(_) => Self::faulty_input(error.to_string()),
            ReportError::Asked(_) => Self::usage(error.to_string()),
            _ => Self::unexpected(error.to_string()),
        }
    }
}

impl From<StudyError> for Failure {
    fn from(error: StudyError) -> Self {
        match error {
            StudyError::Source(fault) => fault.into(),
            StudyError::Faulty(ref faults) => {
                Self { faults: Some(Box::new(faults.clone())), ..Self::new(FAULTY_INPUT, "") }
            }
            StudyError::Unreadable { .. } => Self::no_input(error.to_string()),
            StudyError::Exchange(ref fault) if fault.is_missing() => Self::no_input(error.to_string()),
            StudyError::Folder(fault) => fault.into(),
            StudyError::Store(StoreError::Unwritable { .. }) => Self::output(error.to_string()),
            StudyError::Analysis(fault) => fault.into(),
            _ => Self::faulty_input(error.to_string()),
        }
    }
}

impl From<LaboratoryError> for Failure {
    fn from(error: LaboratoryError) -> Self {
        let text = error.to_string();
        match error {
            LaboratoryError::Source(fault) => fault.into(),
            LaboratoryError::Faulty(faults) => faults.into(),
            LaboratoryError::Records(fault) => fault.into(),
            LaboratoryError::Folder(fault) => fault.into(),
            LaboratoryError::Run(fault) => fault.into(),
            LaboratoryError::Analysis(fault) => fault.into(),
            LaboratoryError::Validation(fault) => fault.into(),
            LaboratoryError::Report(fault) => fault.into(),
            LaboratoryError::Study(fault) => fault.into(),
            LaboratoryError::Unwritable(_) | LaboratoryError::Scratch { .. } => Self::output(text),
            LaboratoryError::NoFolder(_) | LaboratoryError::Unreadable(_) | LaboratoryError::Unfinished { .. } => {
                Self::no_input(text)
            }
            LaboratoryError::Threads(_) => Self::system(text),
            LaboratoryError::NotResults(_)
            | LaboratoryError::NothingBeside(_)
            | LaboratoryError::Blinded(_)
            | LaboratoryError::NoFit(_)
            | LaboratoryError::FitParameter { .. } => Self::faulty_input(text),
            _ => Self::unexpected(text),
        }
    }
}

impl From<RuleError> for Failure {
    fn from(error: RuleError) -> Self {
        Self::faulty_input(guessed(&error))
    }
}

/// Why a rule cannot be run as asked, with the known name that was probably meant.
pub fn guessed(error: &RuleError) -> String {
    let meant = error.unknown().and_then(|(asked, known)| nearest(asked, known.iter().map(String::as_str)));
    meant.map_or_else(|| error.to_string(), |meant| format!("{error}; did you mean \"{meant}\"?"))
}
