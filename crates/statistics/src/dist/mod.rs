//! Distribution functions: tails accurate where p values need them.
//!
//! Incomplete gamma and error functions come from `statrs` and `libm`; the
//! incomplete beta function is evaluated here because tails down to 1e-300 and
//! thousands of degrees of freedom are needed. Noncentral t, studentized range
//! and max-|T| are integrated numerically to about 1e-12.

pub(crate) mod beta;
pub mod chi_squared;
pub mod f;
pub mod max_t;
pub mod noncentral;
pub mod normal;
pub(crate) mod quadrature;
pub mod student_t;
pub mod studentized_range;
