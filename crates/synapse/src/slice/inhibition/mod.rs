//! Inhibition of the slice, one mechanism a file: interneurons of three classes,
//! their presynaptic GABA-B receptors, postsynaptic GABA-B, tonic GABA-A, chloride.

pub(crate) mod autoreceptor;
pub(crate) mod chloride;
pub(crate) mod interneurons;
pub(crate) mod potassium;
pub(crate) mod tonic;
