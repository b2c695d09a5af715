//! Inhibition of the slice, one mechanism a file: interneurons of three classes,
//! GABA-B on spilt GABA, tonic GABA-A, chloride. The autoreceptor is among the traces of
//! the cell (`slice::cell`).

pub(crate) mod chloride;
pub(crate) mod interneurons;
pub(crate) mod potassium;
pub(crate) mod tonic;
