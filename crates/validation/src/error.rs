//! What can go wrong with records and their simulation.

use thiserror::Error;

/// Why a scoreboard or a sensitivity analysis cannot be made.
#[derive(Debug, Error)]
pub enum ValidationError {
    /// A file of records cannot be understood.
    #[error("{file}: {what}")]
    Record {
        /// Name of the file.
        file: String,
        /// What is wrong, with the line and what is accepted.
        what: String,
    },
    /// The experiment that a record describes is faulty.
    #[error("{file}, outcome \"{id}\", arm \"{arm}\": as an experiment it reads\n{faults}")]
    Arm {
        /// Name of the file.
        file: String,
        /// Identifier of the record.
        id: String,
        /// Name of the arm.
        arm: String,
        /// Faults with lines of the experiment made from the arm.
        faults: String,
    },
    /// A slice could not be simulated.
    #[error("{what}: {failure}")]
    Slice {
        /// Record and arm, or experiment.
        what: String,
        /// Slice and reason.
        failure: String,
    },
    /// A parameter cannot be changed as asked.
    #[error(transparent)]
    Parameter(#[from] synapse::ParameterError),
    /// No parameter of that name may vary.
    #[error("unknown parameter \"{0}\"; `schaffer rules --parameters` lists them")]
    UnknownParameter(String),
    /// A parameter cannot be fitted within the bounds asked for.
    #[error("{parameter}: {what}")]
    Bounds {
        /// Path of the parameter.
        parameter: String,
        /// What was found and what is accepted.
        what: String,
    },
    /// A study cannot be fitted.
    #[error("{study}: the model cannot be fitted: {what}")]
    Fit {
        /// Name of the study file.
        study: String,
        /// What is missing or wrong.
        what: String,
    },
    /// A search for the lowest misfit cannot be made.
    #[error("the search: {0}")]
    Search(String),
    /// Nothing is left to vary.
    #[error("no parameter is left to vary")]
    NothingToVary,
}
