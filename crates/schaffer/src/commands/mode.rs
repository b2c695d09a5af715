//! What the options say about a results folder that exists.

use results::Mode;

/// `--resume`, `--overwrite` or neither.
pub fn mode(resume: bool, overwrite: bool) -> Mode {
    match (resume, overwrite) {
        (true, _) => Mode::Resume,
        (_, true) => Mode::Overwrite,
        _ => Mode::Fresh,
    }
}
