//! The exit codes, and how they are told below every help text.

/// Unexpected failure.
pub const UNEXPECTED: u8 = 1;
/// Wrong usage.
pub const USAGE: u8 = 2;
/// The input is faulty.
pub const FAULTY_INPUT: u8 = 65;
/// The input is missing.
pub const NO_INPUT: u8 = 66;
/// A slice failed.
pub const SLICE_FAILED: u8 = 70;
/// The system grants too few threads or too little memory.
pub const SYSTEM: u8 = 71;
/// The output exists or cannot be written.
pub const NO_OUTPUT: u8 = 73;
/// Interrupted; can be resumed.
pub const INTERRUPTED: u8 = 75;

/// The exit codes, as printed below every help text.
pub const EXIT_CODES: &str = "\
Exit codes:
   0  done
   1  unexpected failure
   2  wrong usage
  65  the input is faulty (every fault is listed)
  66  the input is missing
  70  a slice failed; the others are on disk
  71  the system grants too few threads or too little memory
  73  the output exists or cannot be written
  75  interrupted; --resume goes on";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_told() {
        for code in [UNEXPECTED, USAGE, FAULTY_INPUT, NO_INPUT, SLICE_FAILED, SYSTEM, NO_OUTPUT, INTERRUPTED] {
            assert!(EXIT_CODES.lines().any(|line| line.starts_with(&format!("{code:>4}  "))), "{code}");
        }
    }
}
