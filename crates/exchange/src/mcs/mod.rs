//! Recordings of Multi Channel Systems: HDF5 files of Multi Channel DataManager.

pub(crate) mod file;
pub(crate) mod info;
