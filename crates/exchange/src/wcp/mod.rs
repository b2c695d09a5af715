//! WinWCP data files (Strathclyde Electrophysiology Software).

pub(crate) mod file;
pub(crate) mod header;
