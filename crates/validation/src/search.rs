//! The search for the lowest misfit inside the unit cube: BOBYQA (Powell 2009,
//! Cambridge report NA06).

use crate::error::ValidationError;

/// Moves `x` to the lowest value of `objective` found in at most `most`
/// evaluations; `steps` are the first and the last, as shares of the range.
///
/// The model that the search builds takes 2n + 1 points if the evaluations allow,
/// and n + 2 at least.
///
/// # Errors
/// Fewer than n + 3 evaluations, or a search that cannot start.
pub(crate) fn minimise(
    objective: impl FnMut(&[f64]) -> f64,
    x: &mut [f64],
    steps: [f64; 2],
    most: usize,
) -> Result<(), ValidationError> {
    let n = x.len();
    if most < n + 3 {
        let what = format!("{most} evaluations for {n} parameters; at least {} are needed", n + 3);
        return Err(ValidationError::Search(what));
    }
    let mut config = bobyqa::Config::new(n);
    config.npt = (2 * n + 1).min(most - 1);
    config.rho_begin = steps[0];
    config.rho_end = steps[1];
    config.max_fun = most;
    let (low, high) = (vec![0.0; n], vec![1.0; n]);
    let outcome = bobyqa::bobyqa(objective, x, &low, &high, config);
    if outcome.n_eval == 0 {
        return Err(ValidationError::Search(format!("it cannot start ({:?})", outcome.status)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bowl_is_found_whatever_the_evaluations_allow() {
        for (most, accuracy) in [(60, 1e-3), (7, 0.3)] {
            let mut tried = 0;
            let mut x = [0.4, 0.5, 0.6, 0.5];
            let bowl = |x: &[f64]| {
                tried += 1;
                x.iter().map(|x| (x - 0.7).powi(2)).sum()
            };
            minimise(bowl, &mut x, [0.1, 1e-4], most).unwrap();
            assert!(tried > 4 && tried <= most, "{tried}");
            let distance = x.iter().map(|x| (x - 0.7).powi(2)).sum::<f64>().sqrt();
            assert!(distance < accuracy, "{most}: {x:?}");
        }
        let refused = minimise(|_| 0.0, &mut [0.5; 4], [0.1, 1e-4], 6).unwrap_err().to_string();
        assert!(refused.contains("at least 7 are needed"), "{refused}");
    }
}
