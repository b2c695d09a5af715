//! Waves of Igor Pro: binary waves (`.ibw`, versions 1 to 5), packed experiments
//! (`.pxp`, `.pxt`) and text (`.itx`).

pub(crate) mod file;
pub(crate) mod packed;
pub(crate) mod sweeps;
pub(crate) mod text;
pub(crate) mod wave;
