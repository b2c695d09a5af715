//! Text formats of acquisition programs: WinLTP sweeps and Axon Text Files.

pub(crate) mod atf;
pub(crate) mod fields;
pub(crate) mod winltp;
