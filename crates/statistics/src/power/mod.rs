//! Power and sample size: closed forms, simulation, costs.
//!
//! Closed forms use the noncentral t and F. A balanced nested comparison of two
//! groups (n clusters a group, m units a cluster) is a t test of cluster means:
//!
//!   δ = Δ / √(2 (σ_c² + σ_u²/m) / n),  ν = 2n − 2
//!
//! A comparison inside clusters (n clusters, m units in each condition) is a
//! paired t test of cluster means, if the effect is the same in all clusters:
//!
//!   δ = Δ / √(2 σ_u² / (m n)),  ν = n − 1
//!
//! Unbalanced layouts are simulated with the very model that will be fitted.
//! Power is computed for an effect chosen in advance, never for the effect
//! observed.

mod closed_form;
mod cost;
pub(crate) mod simulation;

pub use closed_form::{
    power_anova, power_f, power_nested, power_t, power_t_one_sample, power_t_two_sample, power_tost_normal,
    power_within, required_clusters_nested, required_clusters_within, required_n_two_sample, sensitivity_icc,
};
pub use cost::{Allocation, Plan, best_plan, cheapest_plan, cheapest_plan_within, optimal_units};
pub use simulation::{Layout, SimulatedPower, Simulation, simulate, simulate_within};
