//! The structure of the house: which crate uses which, and inside each crate no
//! circles, small rooms, one owner for every name and number.
//!
//! What does not hold everywhere yet is counted in `ratchet.toml`; each count
//! may only fall. `print_structure` shows the circles with the names that close
//! them, `print_ratchet` today's counts.

mod catalogue;
mod circles;
mod elementary;
mod facts;
mod functions;
mod graph;
mod imports;
mod items;
mod literals;
mod manifests;
mod picture;
mod print;
mod ratchet;
mod reader;
mod remarks;
mod rooms;
mod signatures;
mod source;
mod surface;
mod tokens;
