//! Names of the files in the folder of a slice.

/// The sweeps.
pub const SWEEPS: &str = "sweeps.parquet";

/// Everything but the sweeps.
pub const HEAD: &str = "slice.toml";
