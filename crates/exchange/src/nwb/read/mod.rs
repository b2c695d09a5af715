//! Reading NWB: an HDF5 file in bounded pieces, its series, and the channels and
//! sweeps that these make.

pub(crate) mod file;
pub(crate) mod hdf;
pub(crate) mod layout;
pub(crate) mod notes;
pub(crate) mod number;
pub(crate) mod objects;
pub(crate) mod series;
