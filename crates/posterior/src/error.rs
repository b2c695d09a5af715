//! Why a posterior cannot be made or used.

use thiserror::Error;
use validation::ValidationError;

/// Why a posterior cannot be made or used.
#[derive(Debug, Error)]
pub enum PosteriorError {
    /// The table of observations is faulty.
    #[error("observations.toml: {0}")]
    Observations(String),
    /// The parameters that come with the program cannot be simulated.
    #[error("the shipped parameters cannot be simulated")]
    Shipped,
    /// A file of draws cannot be used.
    #[error("{file}: {what}")]
    File {
        /// Name of the file.
        file: String,
        /// What is wrong, and what is accepted.
        what: String,
    },
    /// A published outcome cannot be simulated.
    #[error(transparent)]
    Validation(#[from] ValidationError),
}
