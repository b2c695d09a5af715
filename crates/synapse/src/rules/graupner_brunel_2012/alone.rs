//! The rule alone: its closed form under a protocol.

use crate::rules::error::RuleError;
use crate::rules::graupner_brunel_2012::analytic::expected;
use crate::rules::graupner_brunel_2012::parameters::GraupnerBrunel2012;
use crate::rules::outcome::Outcome;
use crate::rules::protocol::Protocol;

/// The closed form as an outcome.
///
/// # Errors
/// As [`expected`].
pub(crate) fn outcome(values: &[f64], protocol: &Protocol) -> Result<Outcome, RuleError> {
    let p = GraupnerBrunel2012::from_values(values);
    let t = expected(&p, protocol)?;
    Ok(Outcome::new(t.ratio)
        .with("alpha_d", "1", t.alpha_d)
        .with("alpha_p", "1", t.alpha_p)
        .with("gamma_d", "1", t.gamma_d)
        .with("gamma_p", "1", t.gamma_p)
        .with("rho_bar", "1", t.rho_bar)
        .with("sigma_rho2", "1", t.sigma_rho2)
        .with("tau_eff", "s", t.tau_eff_s)
        .with("probability_up", "1", t.up)
        .with("probability_down", "1", t.down)
        .with("mean_from_0", "1", t.mean_from_0)
        .with("mean_from_1", "1", t.mean_from_1))
}
