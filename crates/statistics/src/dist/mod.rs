//! Distribution functions: tails accurate where p values need them.
//!
//! Elementary and error functions come from `libm`, which gives the same bits on every
//! processor; incomplete gamma and beta functions are evaluated here because tails down to
//! 1e-300 and thousands of degrees of freedom are needed. Noncentral t, studentized range
//! and max-|T| are integrated numerically to about 1e-12.

pub(crate) mod beta;
pub mod chi_squared;
pub mod f;
pub(crate) mod gamma;
pub(crate) mod largest_t;
pub mod max_t;
pub mod noncentral;
pub mod normal;
pub(crate) mod quadrature;
pub(crate) mod stirling;
pub mod student_t;
pub mod studentized_range;
