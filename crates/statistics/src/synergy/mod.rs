//! Two drugs at once: competitive antagonism (Gaddum and Schild) and joint
//! action (Bliss, Loewe, highest single agent).
//!
//! Which model applies is a matter of mechanism and must be declared before the
//! data are seen: Bliss (independent action) and Loewe (dose additivity) disagree
//! for most curves, and neither is right in general.

mod effect_curve;
mod estimate;
mod gaddum;
mod grid;
mod loewe;
pub(crate) mod schild;

pub use effect_curve::{EffectCurve, MaximalEffect, bliss_expected};
pub use estimate::Estimate;
pub use gaddum::{GaddumFit, GaddumSchild, gaddum_schild};
pub use grid::{Interaction, Reference, interaction};
pub use loewe::{LoeweCell, combination_index, loewe, loewe_expected};
pub use schild::{SchildPoint, SchildRegression, schild_regression};
