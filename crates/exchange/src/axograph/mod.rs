//! AxoGraph files: graph, digitized and AxoGraph X (`.axgd`, `.axgx`).

pub(crate) mod column;
pub(crate) mod file;
