//! The model under the protocols of the catalogue.

use crate::published::narayanan_johnston_2010::parameters::NarayananJohnston2010;
use crate::published::narayanan_johnston_2010::simulation::simulate;
use crate::published::narayanan_johnston_2010::synapse::START_WEIGHT;
use crate::rules::error::RuleError;
use crate::rules::outcome::{Outcome, Prepared};
use crate::rules::protocol::Protocol;

/// The model prepared for protocols: pulses only.
pub(crate) fn prepare(values: &[f64], step_ms: Option<f64>) -> Result<Prepared, RuleError> {
    let mut p = NarayananJohnston2010::from_values(values);
    if let Some(step_ms) = step_ms {
        // Sodium activation is the fastest gate; its floor is 0.02 ms, and at the
        // potentials between −65 and −20 mV its time constant is 0.1 ms.
        if !(step_ms > 0.0 && step_ms <= 0.1) {
            return Err(RuleError::StepTooLarge {
                rule: "narayanan_johnston_2010",
                step_ms,
                which: "sodium activation",
                fastest_ms: 0.1,
                limit_ms: 0.1,
            });
        }
        p.step_ms = step_ms;
    }
    Ok(Box::new(move |protocol| outcome(&p, protocol)))
}

fn outcome(p: &NarayananJohnston2010, protocol: &Protocol) -> Result<Outcome, RuleError> {
    let pattern = protocol.pattern()?;
    let run = simulate(p, pattern.n, protocol.frequency_hz())?;
    Ok(Outcome::new(run.weight / START_WEIGHT)
        .with("weight_end", "1", run.weight)
        .with("change", "%", 100.0 * (run.weight / START_WEIGHT - 1.0))
        .with("calcium_max", "mM", run.calcium_max_mm)
        .with("e_pas", "mV", run.leak_mv))
}
