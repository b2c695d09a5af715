//! TODO: what the room `dose_response` holds.

pub(crate) mod compare;
pub(crate) mod curve;
pub(crate) mod fit;
pub(crate) mod global;
pub mod shapes;
pub(crate) mod start;

pub(crate) use crate::dose_response::compare::fit_shared;
pub use crate::dose_response::compare::{CurveComparison, CurveData, compare_curves, compare_nested};
pub use crate::dose_response::curve::{CurveParameters, Parameter, Shape};
pub use crate::dose_response::fit::fit;
pub(crate) use crate::dose_response::global::Curves;
pub use shapes::{
    CurveFit, CurveOutcome, Ec50, NotIdentified, NotIdentifiedReason, ParameterEstimate, fit_3pl, fit_4pl, fit_5pl,
};
