//! Receptors and channels as the slice has them: their dependence on voltage, the
//! peak of a difference of exponentials, and the gates of calcium channels.

pub(crate) mod channels;
pub(crate) mod voltage;
pub(crate) mod voltage_table;

pub use voltage::{alpha5_rectification, magnesium_block, tonic_rectification};
