//! What is known of drug-free slices and cells, and how probable it is under a parameter set.

pub(crate) mod likelihood;
pub(crate) mod outputs;
pub(crate) mod record;

pub(crate) use likelihood::Likelihood;
pub(crate) use likelihood::Observed;
pub(crate) use outputs::Outputs;
