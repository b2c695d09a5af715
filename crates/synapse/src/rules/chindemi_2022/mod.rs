//! Chindemi et al. 2022: parameters, the spine in time, and the rule alone.

pub(crate) mod alone;
pub(crate) mod parameters;
pub(crate) mod spine;

pub use parameters::{BASAL, Chindemi2022, SETS, Thresholds};
pub use spine::{Scheme, Trace, run};
