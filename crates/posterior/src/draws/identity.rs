//! What draws of a posterior hold for.

use crate::error::PosteriorError;
use recording::digest::sha256_hex;
use std::fmt::Write;
use synapse::{CORRELATED, Parameters};

/// Checksum of the parameter table, its priors and the observations: draws of one are no
/// draws of another.
///
/// # Errors
/// None in a released program.
pub(crate) fn model() -> Result<String, PosteriorError> {
    let mut text = String::new();
    for spec in Parameters::specs() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{} {} {} {} {:?}", spec.path, spec.default, spec.low, spec.high, spec.prior);
    }
    for (one, other, r, _) in CORRELATED {
        let _ = writeln!(text, "{one} {other} {r}");
    }
    text.push_str(include_str!("../../data/observations.toml"));
    Ok(sha256_hex(text.as_bytes())[..16].to_owned())
}
