//! TODO: what the room `outcomes` holds.

pub(crate) mod arm;
pub(crate) mod measured;
pub(crate) mod record;
pub(crate) mod scoreboard;
