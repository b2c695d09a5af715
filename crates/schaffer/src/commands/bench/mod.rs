//! TODO: what the room `bench` holds.

pub(crate) mod b1;
pub(crate) mod bench;
pub(crate) mod clock;
pub(crate) mod growth;
