//! Figures of what only a model can show: its internals, the spread over
//! accepted parameter sets, the parameters that an outcome rests on.

pub(crate) mod dose_band;
pub(crate) mod mechanism;
pub(crate) mod prediction;
pub(crate) mod tornado;
