//! How a command ends if it does not succeed: a message and an exit code.

use crate::arguments::exit_codes::{FAULTY_INPUT, INTERRUPTED, NO_INPUT, NO_OUTPUT, SLICE_FAILED, UNEXPECTED, USAGE};
use analysis::AnalysisError;
use experiment::{FolderError, RunError};
use form::{Faults, SourceError, nearest};
use laboratory::LaboratoryError;
use recording::StoreError;
use report::ReportError;
use std::io::IsTerminal;
use study::StudyError;
use synapse::rules::RuleError;
use validation::ValidationError;

/// The end of a command that did not succeed.
#[derive(Debug)]
pub struct Failure {
    code: u8,
    message: String,
}

impl Failure {
    /// The exit code.
    pub fn code(&self) -> u8 {
        self.code
    }

    /// What to print; empty if nothing.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// A failure that nobody foresaw.
    pub fn unexpected(message: impl Into<String>) -> Self {
        Self { code: UNEXPECTED, message: format!("error: {}", message.into()) }
    }

    /// A command line that says too little or contradicts itself.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { code: USAGE, message: format!("error: {}", message.into()) }
    }

    /// Input that cannot be used.
    pub fn faulty_input(message: impl Into<String>) -> Self {
        Self { code: FAULTY_INPUT, message: format!("error: {}", message.into()) }
    }

    /// Input that is not there.
    pub fn no_input(message: impl Into<String>) -> Self {
        Self { code: NO_INPUT, message: format!("error: {}", message.into()) }
    }

    /// Output that cannot be written.
    pub fn output(message: impl Into<String>) -> Self {
        Self { code: NO_OUTPUT, message: format!("error: {}", message.into()) }
    }

    /// Faulty input that was reported already, as JSON.
    pub fn reported() -> Self {
        Self { code: FAULTY_INPUT, message: String::new() }
    }

    /// Whoever read the output has closed it: a success.
    pub fn reader_left() -> Self {
        Self { code: 0, message: String::new() }
    }
}

impl From<Faults> for Failure {
    fn from(faults: Faults) -> Self {
        Self { code: FAULTY_INPUT, message: faults.render(std::io::stderr().is_terminal()) }
    }
}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        match error {
            SourceError::Missing(_) | SourceError::Unreadable { .. } => Self::no_input(error.to_string()),
            SourceError::Folder(..)
            | SourceError::TooLarge { .. }
            | SourceError::Empty(..)
            | SourceError::NotUtf8 { .. } => Self::faulty_input(error.to_string()),
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
        _ => NO_OUTPUT,
    }
}

/// The exit code for a file of a results folder.
fn store_code(error: &StoreError) -> u8 {
    if matches!(error, StoreError::Unwritable { .. }) { NO_OUTPUT } else { FAULTY_INPUT }
}

impl From<results::FolderError> for Failure {
    fn from(error: results::FolderError) -> Self {
        Self { code: folder_code(&error), message: format!("error: {error}") }
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        let code = match &error {
            RunError::Folder(fault) => folder_code(fault),
            RunError::Store(fault) => store_code(fault),
            RunError::SlicesFailed { .. } => SLICE_FAILED,
            RunError::Interrupted { .. } => INTERRUPTED,
            RunError::Threads(_) => UNEXPECTED,
        };
        let word = if code == INTERRUPTED { "" } else { "error: " };
        Self { code, message: format!("{word}{error}") }
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
            ValidationError::Slice { .. } => Self { code: SLICE_FAILED, message: format!("error: {error}") },
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
            LaboratoryError::NoFolder(_) | LaboratoryError::Unfinished { .. } => Self::no_input(text),
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
