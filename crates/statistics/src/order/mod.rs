//! Methods by order and sign: rank correlation, Smirnov's test of two
//! distributions, the sign test, Dunn's pairs after Kruskal–Wallis.

mod association;
mod dunn;
mod sign;
mod smirnov;

pub use association::{Association, kendall, spearman};
pub use dunn::{DunnPair, dunn};
pub use sign::{SignTest, sign_test};
pub use smirnov::{Smirnov, smirnov};
