//! What is asked of groups, pairs, curves and combinations of substances: each
//! file reads the table for its methods and answers with rows and a sentence.

pub(crate) mod cohorts;
pub(crate) mod counts;
pub(crate) mod difference;
pub(crate) mod doses;
pub(crate) mod factorial;
pub(crate) mod family;
pub(crate) mod groups;
pub(crate) mod one_sample;
pub(crate) mod pairs;
pub(crate) mod power;
pub(crate) mod resampling;
pub(crate) mod robust;
