//! Whether the search finds what it should: simulation-based calibration.
//!
//! Parameters are drawn, observations made from them with their errors, the posterior of
//! these observations is drawn from, and the true value is ranked among the draws. If the
//! search is right, ranks are uniform (Talts et al. 2018 arXiv:1804.06788). With truths from
//! the prior and the response surface as the world this tests the walk; with the simulated
//! draws of the posterior as truths, whose outputs come from the simulation and not from the
//! surface, and the published observations kept, it tests the surface where it is used
//! (Säilynoja et al. 2025 arXiv:2502.03279).

use crate::draws::Posterior;
use crate::emulator::surface::{Simulated, Surface};
use crate::error::PosteriorError;
use crate::observation::{Likelihood, Observed, Outputs};
use crate::search::chains::{self, Length};
use crate::space::Space;
use rayon::prelude::*;
use statistics::dist::{chi_squared, normal};
use statistics::random::Stream;
use synapse::Parameters;

/// Draws that a truth is ranked among.
const DRAWS: usize = 63;

/// Bins of the ranks.
const BINS: usize = 8;

/// Chains of one truth, and their length.
const CHAINS: usize = 4;
const LENGTH: Length = Length { burn_in: 4_000, kept: 16_000 };

/// Parameters whose ranks are told: those that observations tell most of.
const TOLD: usize = 10;

/// What the truths are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truths {
    /// Draws of the prior, in a world that is the response surface.
    OfThePrior,
    /// Draws of the posterior with what was simulated of them.
    OfThePosterior,
}

/// Ranks of one quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedQuantity {
    /// A parameter.
    pub name: String,
    /// Truths per bin, from the lowest ranks to the highest.
    pub bins: [usize; BINS],
    /// p of Pearson's test of uniformity.
    pub p: f64,
}

/// Ranks `truths` truths of a kind.
///
/// # Errors
/// None in a released program.
pub fn ranks(
    posterior: &Posterior,
    kind: Truths,
    truths: usize,
    seed: u64,
    done: &(dyn Fn() + Sync),
) -> Result<Vec<RankedQuantity>, PosteriorError> {
    let outputs = Outputs::that_set()?;
    let published = Likelihood::that_set(&outputs)?;
    let space = Space::of_the_synapse();
    let points = points(posterior, &space);
    let surface = Surface::fit(&points, &published.scales(outputs.names().len()));
    let told: Vec<usize> = posterior
        .marginals()
        .iter()
        .take(TOLD)
        .filter_map(|known| space.specs().iter().position(|spec| spec.path == known.path))
        .collect();
    let places = posterior.resampled(truths);
    let one = |k: usize| {
        let mut stream = Stream::new(seed, k as u64);
        let truth = match kind {
            Truths::OfThePrior => of_the_prior(&space, &surface, &mut stream),
            Truths::OfThePosterior => points[places[k]].clone(),
        };
        let made = made(&published, &surface, kind, &truth, &mut stream);
        let log = |u: &[f64]| {
            if !space.holds(u) {
                return f64::NEG_INFINITY;
            }
            let (eta, v) = (surface.at(u), surface.variances());
            let kept = if kind == Truths::OfThePosterior { published.log(&eta, v) } else { 0.0 };
            kept + made.iter().map(|observed| observed.log(&eta, v)).sum::<f64>()
        };
        let starts: Vec<Vec<f64>> = (0..CHAINS).map(|c| points[(k * CHAINS + c) % points.len()].u.clone()).collect();
        let draws = chains::draw(&starts, &log, LENGTH, DRAWS, seed.wrapping_add(1 + k as u64));
        done();
        let rank = |place: &usize| draws.iter().filter(|u| u[*place] < truth.u[*place]).count();
        told.iter().map(rank).collect::<Vec<usize>>()
    };
    let all: Vec<Vec<usize>> = (0..truths).into_par_iter().map(one).collect();
    let quantity = |(column, place): (usize, &usize)| {
        let mut bins = [0; BINS];
        for ranks in &all {
            bins[ranks[column] * BINS / (DRAWS + 1)] += 1;
        }
        RankedQuantity { name: space.specs()[*place].path.to_owned(), bins, p: uniformity(&bins) }
    };
    Ok(told.iter().enumerate().map(quantity).collect())
}

/// p of Pearson's test that all bins are equally probable.
fn uniformity(bins: &[usize]) -> f64 {
    let expected = bins.iter().sum::<usize>() as f64 / bins.len() as f64;
    let statistic = bins.iter().map(|n| (*n as f64 - expected).powi(2) / expected).sum::<f64>();
    chi_squared::upper(statistic, bins.len() as f64 - 1.0)
}

/// The draws as points of the surface.
fn points(posterior: &Posterior, space: &Space) -> Vec<Simulated> {
    let width = 1 + posterior.parameters.len();
    let point = |draw: &Vec<f64>| {
        let mut set = Parameters::default();
        for (path, value) in posterior.parameters.iter().zip(&draw[1..]) {
            // A draw lies in the accepted ranges; that was checked when it was read.
            let _ = set.set(path, *value);
        }
        Simulated { u: space.coordinates(&set), eta: draw[width..].to_vec() }
    };
    posterior.draws.iter().map(point).collect()
}

/// A draw of the prior and what the surface gives of it.
fn of_the_prior(space: &Space, surface: &Surface, stream: &mut Stream) -> Simulated {
    loop {
        let u: Vec<f64> = (0..space.dimensions()).map(|_| standard(stream)).collect();
        if space.holds(&u) {
            let eta = surface.at(&u);
            return Simulated { u, eta };
        }
    }
}

fn standard(stream: &mut Stream) -> f64 {
    normal::quantile(stream.unit().max(f64::MIN_POSITIVE))
}

/// Observations made from a truth: the means, each with its error; ends and orders are kept
/// out, since they say of themselves which way they fell.
fn made(
    published: &Likelihood,
    surface: &Surface,
    kind: Truths,
    truth: &Simulated,
    stream: &mut Stream,
) -> Vec<Observed> {
    let of = |(_, observed): &(String, Observed)| match *observed {
        Observed::Mean { output, sd, .. } => {
            // In the world of the surface its error is a part of the world.
            let v = if kind == Truths::OfThePrior { surface.variances()[output] } else { 0.0 };
            let mean = truth.eta[output] + libm::sqrt(sd * sd + v) * standard(stream);
            Some(Observed::Mean { output, mean, sd })
        }
        Observed::Below { .. } | Observed::Above { .. } => None,
    };
    published.observed().iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_bins_are_uniform_and_a_heap_is_not() {
        assert_eq!(uniformity(&[25; 8]), 1.0);
        assert!(uniformity(&[60, 20, 20, 20, 20, 20, 20, 20]) < 1e-6);
    }
}
