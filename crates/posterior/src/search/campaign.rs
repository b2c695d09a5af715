//! The posterior in waves: simulate, let a surface stand for the simulation, draw from the
//! posterior of the surface, simulate the draws, and so on; the last draws are weighted by
//! what was simulated of them (calibrate, emulate, sample: Cleary et al. 2021 J Comput Phys
//! 424:109716; importance weights of the emulated posterior).
//!
//! wᵢ ∝ min(L(η(uᵢ)) / L̂(uᵢ), √n · mean),  ESS = (Σ w)² / Σ w²
//!
//! L takes the variance that other animals would give as a part of the error of η; it is
//! estimated by simulating some draws with other animals.

use crate::emulator::surface::{Simulated, Surface};
use crate::error::PosteriorError;
use crate::observation::{Likelihood, Outputs};
use crate::search::chains::{self, Length};
use crate::space::Space;
use rayon::prelude::*;
use statistics::dist::normal;
use statistics::random::Stream;

/// How much is simulated.
#[derive(Clone, Debug, PartialEq)]
pub struct Extent {
    /// Sets drawn from the prior.
    pub first: usize,
    /// Sets of each following wave.
    pub waves: Vec<usize>,
    /// Sets of the last wave, the draws.
    pub draws: usize,
    /// Animals per arm.
    pub animals: u32,
    /// Seed of everything.
    pub seed: u64,
}

/// One simulated set, found earlier or now: its outputs, or none where the model failed.
pub type Found = Option<Vec<f64>>;

/// What the caller keeps of a campaign: sets that are known, and where new ones go.
pub trait Notebook: Sync {
    /// The outputs of set number `number`, if it was simulated before.
    fn known(&self, number: usize) -> Option<Found>;
    /// A set has been simulated.
    fn note(&self, number: usize, found: &Found);
}

/// A draw of the posterior.
#[derive(Clone, Debug, PartialEq)]
pub struct Draw {
    /// Coordinates.
    pub u: Vec<f64>,
    /// What was simulated, offset included.
    pub eta: Vec<f64>,
    /// Weight; the mean of all is 1.
    pub weight: f64,
}

/// A finished campaign.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// The draws.
    pub draws: Vec<Draw>,
    /// Residual standard deviation of the last surface, per output.
    pub surface_sd: Vec<f64>,
    /// Standard deviation that other animals would give, per output.
    pub chance_sd: Vec<f64>,
    /// Sets simulated in all.
    pub simulated: usize,
}

/// Points that start the chains.
const CHAINS: usize = 16;

/// Exponents of the likelihood in the waves; the last holds for all later ones. A flat
/// likelihood at first: the surface is bad far from the plausible sets.
const EXPONENTS: [f64; 2] = [0.15, 0.5];

/// Of the simulated points those this many log units below the best still shape the surface.
const REACH: f64 = 150.0;

/// Draws that are simulated with other animals, too.
pub const AGAIN: usize = 24;

/// At least so many points shape it.
const LEAST: usize = 250;

/// Runs the campaign.
///
/// # Errors
/// The shipped parameters cannot be simulated.
pub fn campaign(extent: &Extent, notebook: &dyn Notebook) -> Result<Campaign, PosteriorError> {
    let outputs = Outputs::that_set()?;
    let likelihood = Likelihood::that_set(&outputs)?;
    let space = Space::of_the_synapse();
    let offset = outputs.offset(extent.animals, extent.seed)?;
    let under = |seed: u64, offset: &[f64], number: usize, u: &[f64]| -> Found {
        let found = notebook.known(number).unwrap_or_else(|| {
            let found = space.parameters(u).and_then(|set| outputs.simulate(&set, extent.animals, seed));
            notebook.note(number, &found);
            found
        });
        found.map(|eta| eta.iter().zip(offset).map(|(eta, offset)| eta + offset).collect())
    };
    let simulate = |number: usize, u: &[f64]| under(extent.seed, &offset, number, u);
    let wave = |first: usize, places: &[Vec<f64>]| -> Vec<Option<Simulated>> {
        let one = |(k, u): (usize, &Vec<f64>)| Some(Simulated { u: u.clone(), eta: simulate(first + k, u)? });
        places.par_iter().enumerate().map(one).collect()
    };
    let mut points: Vec<Simulated> = wave(0, &prior(&space, extent)).into_iter().flatten().collect();
    let mut simulated = extent.first;
    let emulated = |points: &[Simulated], exponent: f64, draws: usize, seed: u64| {
        let surface = Surface::fit(&near(points, &likelihood), &likelihood.scales(outputs.names().len()));
        let log = |u: &[f64]| match space.holds(u) {
            true => exponent * likelihood.log(&surface.at(u), surface.variances()),
            false => f64::NEG_INFINITY,
        };
        let places = chains::draw(&starts(points, &likelihood), &log, LENGTH, draws, seed);
        (places, surface)
    };
    for (number, size) in extent.waves.iter().enumerate() {
        let exponent = EXPONENTS.get(number).copied().unwrap_or(1.0);
        let (places, _) = emulated(&points, exponent, *size, extent.seed + 1 + number as u64);
        points.extend(wave(simulated, &places).into_iter().flatten());
        simulated += size;
    }
    let (places, surface) = emulated(&points, 1.0, extent.draws, extent.seed + 1_000);
    let last: Vec<Simulated> = wave(simulated, &places).into_iter().flatten().collect();
    simulated += extent.draws;
    // The few animals of a set stand for a population: their chance is no reason to doubt it.
    let other = extent.seed.wrapping_add(1);
    let other_offset = outputs.offset(extent.animals, other)?;
    let again = |(k, point): (usize, &Simulated)| {
        let eta = under(other, &other_offset, simulated + k, &point.u)?;
        Some(point.eta.iter().zip(&eta).map(|(one, two)| 0.5 * (one - two).powi(2)).collect::<Vec<f64>>())
    };
    let apart: Vec<Vec<f64>> = last.par_iter().take(AGAIN).enumerate().filter_map(again).collect();
    simulated += AGAIN.min(last.len());
    let chance: Vec<f64> = (0..outputs.names().len())
        .map(|k| apart.iter().map(|of| of[k]).sum::<f64>() / apart.len().max(1) as f64)
        .collect();
    let ratio = |point: &Simulated| {
        likelihood.log(&point.eta, &chance) - likelihood.log(&surface.at(&point.u), surface.variances())
    };
    let ratios: Vec<f64> = last.iter().map(ratio).collect();
    let weights = weights(&ratios);
    let draws = last.into_iter().zip(weights).map(|(point, weight)| Draw { u: point.u, eta: point.eta, weight });
    let chance_sd = chance.iter().map(|variance| libm::sqrt(*variance)).collect();
    let surface_sd = surface.variances().iter().map(|variance| libm::sqrt(*variance)).collect();
    Ok(Campaign { draws: draws.collect(), surface_sd, chance_sd, simulated })
}

/// Length of the chains on a surface.
const LENGTH: Length = Length { burn_in: 6_000, kept: 12_000 };

/// A Latin hypercube over the prior.
fn prior(space: &Space, extent: &Extent) -> Vec<Vec<f64>> {
    let n = extent.first;
    let mut columns = Vec::with_capacity(space.dimensions());
    for column in 0..space.dimensions() {
        let mut stream = Stream::new(extent.seed, column as u64);
        let mut strata: Vec<usize> = (0..n).collect();
        stream.shuffle(&mut strata);
        columns.push(
            strata
                .iter()
                .map(|k| normal::quantile((*k as f64 + stream.unit().clamp(0.001, 0.999)) / n as f64))
                .collect::<Vec<_>>(),
        );
    }
    (0..n).map(|row| columns.iter().map(|column| column[row]).collect()).collect()
}

/// The points that shape the surface: those within reach of the best.
fn near(points: &[Simulated], likelihood: &Likelihood) -> Vec<Simulated> {
    let order = ranked(points, likelihood);
    let Some((best, _)) = order.first() else { return Vec::new() };
    let reach = order.iter().filter(|(value, _)| *value > best - REACH).count();
    order.iter().take(reach.max(LEAST)).map(|(_, place)| points[*place].clone()).collect()
}

/// Log likelihoods, the largest first, with the places of the points.
fn ranked(points: &[Simulated], likelihood: &Likelihood) -> Vec<(f64, usize)> {
    let exact = vec![0.0; points.first().map_or(0, |point| point.eta.len())];
    let mut order: Vec<(f64, usize)> =
        points.iter().enumerate().map(|(place, point)| (likelihood.log(&point.eta, &exact), place)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    order
}

/// Where the chains start: the best points.
fn starts(points: &[Simulated], likelihood: &Likelihood) -> Vec<Vec<f64>> {
    ranked(points, likelihood).iter().take(CHAINS).map(|(_, place)| points[*place].u.clone()).collect()
}

/// Importance weights of mean 1 from their logarithms, none above √n times the mean
/// (truncated importance sampling, Ionides 2008 J Comput Graph Stat 17:295).
fn weights(logs: &[f64]) -> Vec<f64> {
    let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let raw: Vec<f64> = logs.iter().map(|log| libm::exp(log - largest)).collect();
    let cap = raw.iter().sum::<f64>() / libm::sqrt(logs.len() as f64);
    let weights: Vec<f64> = raw.iter().map(|weight| weight.min(cap)).collect();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight * logs.len() as f64 / sum).collect()
}

/// Draws of equal weight that the weighted ones are worth (Kish 1965).
pub fn effective(draws: &[Draw]) -> f64 {
    let sum: f64 = draws.iter().map(|draw| draw.weight).sum();
    sum * sum / draws.iter().map(|draw| draw.weight * draw.weight).sum::<f64>()
}
