//! Another results folder beside this one.

use analysis::Findings;
use results::Manifest;

/// The other results folder.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Its plan.
    pub manifest: Manifest,
    /// Its numbers.
    pub findings: Findings,
}
