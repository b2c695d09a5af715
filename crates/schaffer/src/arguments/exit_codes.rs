//! The exit codes, as told below every help text.

/// The exit codes, as printed below every help text.
pub const EXIT_CODES: &str = "\
Exit codes:
   0  done
   1  unexpected failure
   2  wrong usage
  65  the input is faulty (every fault is listed)
  66  the input is missing
  70  a slice failed; the others are on disk
  73  the output exists or cannot be written
  75  interrupted; --resume goes on";
