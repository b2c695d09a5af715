//! Draws from a posterior by the preconditioned Crank–Nicolson walk, which leaves the
//! standard normal prior of the coordinates as it is (Cotter et al. 2013 Stat Sci 28:424):
//!
//! u' = √(1 − s²) u + s ξ,  ξ ~ N(0, I),  accepted with min(1, L(u')/L(u))

use rayon::prelude::*;
use statistics::dist::normal;
use statistics::random::Stream;

/// Steps of a chain.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Length {
    /// Steps that are not kept, in which the step size is set.
    pub(crate) burn_in: usize,
    /// Steps that are kept.
    pub(crate) kept: usize,
}

/// Share of accepted steps that is aimed at.
const ACCEPTED: f64 = 0.25;

/// Steps after which the step size is looked at.
const LOOK: usize = 100;

/// `draws` points from as many chains as there are `starts`, evenly spaced along them.
/// `log_likelihood` is −∞ where there is no probability.
pub(crate) fn draw(
    starts: &[Vec<f64>],
    log_likelihood: &(dyn Fn(&[f64]) -> f64 + Sync),
    length: Length,
    draws: usize,
    seed: u64,
) -> Vec<Vec<f64>> {
    let each = draws.div_ceil(starts.len().max(1));
    let chain = |(number, start): (usize, &Vec<f64>)| {
        walk(start, log_likelihood, length, each, Stream::new(seed, number as u64))
    };
    let mut chains: Vec<Vec<Vec<f64>>> = starts.par_iter().enumerate().map(chain).collect();
    // One of each chain in turn, so that any first part is a mixture of all.
    let mut all = Vec::with_capacity(draws);
    for place in 0..each {
        for chain in &mut chains {
            if all.len() < draws && place < chain.len() {
                all.push(std::mem::take(&mut chain[place]));
            }
        }
    }
    all
}

/// One chain.
fn walk(
    start: &[f64],
    log_likelihood: &(dyn Fn(&[f64]) -> f64 + Sync),
    length: Length,
    draws: usize,
    mut stream: Stream,
) -> Vec<Vec<f64>> {
    let mut u = start.to_vec();
    let mut here = log_likelihood(&u);
    let (mut step, mut accepted) = (0.3_f64, 0_usize);
    let mut kept = Vec::with_capacity(draws);
    for turn in 0..length.burn_in + length.kept {
        let stay = libm::sqrt(1.0 - step * step);
        let mut normal = || normal::quantile(stream.unit().max(f64::MIN_POSITIVE));
        let there: Vec<f64> = u.iter().map(|x| stay * x + step * normal()).collect();
        let value = log_likelihood(&there);
        if libm::log(stream.unit().max(f64::MIN_POSITIVE)) < value - here || here == f64::NEG_INFINITY {
            (u, here) = (there, value);
            accepted += 1;
        }
        if turn < length.burn_in {
            if (turn + 1) % LOOK == 0 {
                let share = accepted as f64 / LOOK as f64;
                step = (step * libm::exp(share - ACCEPTED)).clamp(0.01, 1.0);
                accepted = 0;
            }
        } else if (turn - length.burn_in + 1) * draws / length.kept > kept.len() && kept.len() < draws {
            kept.push(u.clone());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Prior N(0, 1) and one observation of u₀ with SD ½ at 1.5: the posterior is
    /// N(1.2, 0.2); the other coordinates keep their prior.
    #[test]
    fn a_gaussian_posterior_comes_out() {
        let log = |u: &[f64]| -0.5 * ((u[0] - 1.5) / 0.5).powi(2);
        let starts = vec![vec![0.0; 6]; 8];
        let found = draw(&starts, &log, Length { burn_in: 2_000, kept: 40_000 }, 4_000, 3);
        let moments = |k: usize| {
            let mean = found.iter().map(|u| u[k]).sum::<f64>() / found.len() as f64;
            (mean, found.iter().map(|u| (u[k] - mean).powi(2)).sum::<f64>() / found.len() as f64)
        };
        let (mean, variance) = moments(0);
        assert!((mean - 1.2).abs() < 0.05 && (variance - 0.2).abs() < 0.03, "{mean} {variance}");
        let (mean, variance) = moments(4);
        assert!(mean.abs() < 0.1 && (variance - 1.0).abs() < 0.12, "{mean} {variance}");
    }

    #[test]
    fn draws_do_not_depend_on_threads() {
        let log = |u: &[f64]| -u[0].abs();
        let run = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| draw(&vec![vec![0.1; 3]; 4], &log, Length { burn_in: 200, kept: 500 }, 30, 5))
        };
        assert_eq!(run(1), run(3));
    }
}
