//! Records of compounds and states as they stand in TOML, and their check.

pub(crate) mod embedded;
pub(crate) mod reading;
pub(crate) mod record;
pub(crate) mod record_action;
pub(crate) mod record_check;
pub(crate) mod state_record;

pub use reading::Reading;
