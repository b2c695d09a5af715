//! Comparisons that a few outlying units do not decide: trimmed means and Huber's
//! M-estimates. They answer another question than the mean (about the middle of the
//! units), so they are declared in the plan, not chosen after a look at the data.

mod huber;
mod trimmed;

pub use huber::{HuberFit, huber};
pub use trimmed::{TRIM, TrimmedMean, trimmed_mean, yuen, yuen_paired};
