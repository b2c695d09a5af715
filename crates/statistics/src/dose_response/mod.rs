//! Dose–response curves: logistic fits with ln EC50 as the parameter, profile
//! likelihood intervals, lack of fit, comparison of curves.
//!
//! Profile limits come first, Wald limits on the log scale second; limits that
//! are symmetric on the linear dose scale are not given, because they mislead.
//! Standard errors come from J′J; programs that use a numerical Hessian (drc)
//! print slightly different ones for the same estimates.

pub(crate) mod bounds;
pub(crate) mod compare;
pub(crate) mod curve;
pub(crate) mod fit;
pub(crate) mod global;
pub(crate) mod judge;
pub(crate) mod other;
pub(crate) mod outcome;
pub(crate) mod shapes;
pub(crate) mod start;

pub use compare::{CurveComparison, CurveData, compare_curves, compare_nested};
pub use curve::{CurveParameters, Parameter, Shape};
pub use fit::fit;
pub use judge::{NoLogistic, Verdict, judge};
pub use other::{OtherEstimate, OtherFit, OtherParameter, OtherShape, fit_other};
pub use outcome::{CurveFit, CurveOutcome, Ec50, NotIdentified, NotIdentifiedReason, ParameterEstimate};
pub use shapes::{fit_3pl, fit_4pl, fit_5pl};
