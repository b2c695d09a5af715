//! What every model of the crate runs on: the stepping kernel, eight numbers side
//! by side, and random draws by key.

pub(crate) mod draws;
pub(crate) mod lanes;
pub(crate) mod random;
pub(crate) mod stepping;
