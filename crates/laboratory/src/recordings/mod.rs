//! Jobs that begin with recordings: analyse a study or a results folder, fit the model
//! to a study.

pub(crate) mod analyse;
pub(crate) mod fit;
pub(crate) mod held;
