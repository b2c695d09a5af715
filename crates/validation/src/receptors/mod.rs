//! Published receptor-level outcomes against virtual voltage-clamp experiments, and
//! every receptor under a bath of the user's choice.

pub(crate) mod assay;
pub(crate) mod clamp;
pub(crate) mod read;
pub(crate) mod record;
pub(crate) mod responses;
pub(crate) mod scoreboard;

pub use assay::Assay;
pub use record::{Outcome, Published, Role};
pub use responses::{Response, Responses, responses};
pub use scoreboard::{Score, judged, outcomes, scores};
