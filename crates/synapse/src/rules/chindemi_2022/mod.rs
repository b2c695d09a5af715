//! Chindemi et al. 2022: parameters, the spine of the paper in time, the rule alone,
//! and the rule on a spine of the slice.

pub(crate) mod alone;
pub(crate) mod on_spine;
pub(crate) mod parameters;
pub(crate) mod spine;

pub use parameters::{BASAL, Chindemi2022, SETS, Thresholds};
pub use spine::{Scheme, Trace, run};
