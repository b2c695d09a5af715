//! From recordings: propose a study, look for faults, measure, analyse, fit, export.

pub mod analyse;
pub mod export;
pub mod fit;
pub mod inspect;
pub mod measure;
mod source;
pub mod study;
pub mod verify;
