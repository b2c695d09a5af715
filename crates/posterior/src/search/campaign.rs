//! The posterior in waves: simulate, let a surface stand for the simulation, draw from the
//! posterior of the surface, simulate the draws, and so on; the last draws are weighted by
//! what was simulated of them (calibrate, emulate, sample: Cleary et al. 2021 J Comput Phys
//! 424:109716; importance weights of the emulated posterior).
//!
//! wᵢ ∝ min(L(η̂(uᵢ)) / L̂(uᵢ), √n · mean),  ESS = (Σ w)² / Σ w²
//!
//! η̂ is what simulation and surface say together of the mean of many animals; how much of
//! their distance is the chance of the few that were simulated is told by simulating some
//! draws with others.

use crate::emulator::surface::{Simulated, Surface};
use crate::error::PosteriorError;
use crate::observation::{Likelihood, Outputs};
use crate::search::chains::{self, Length};
use crate::search::weights::{Estimated, weights};
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
pub(crate) struct Draw {
    /// Coordinates.
    pub(crate) u: Vec<f64>,
    /// What simulation and surface say of the outputs, offset included.
    pub(crate) eta: Vec<f64>,
    /// Weight; the mean of all is 1.
    pub(crate) weight: f64,
}

/// A finished campaign.
#[derive(Clone, Debug)]
pub(crate) struct Campaign {
    /// The draws.
    pub(crate) draws: Vec<Draw>,
    /// Residual standard deviation of the last surface, per output.
    pub(crate) surface_sd: Vec<f64>,
    /// Standard deviation that other animals would give, per output.
    pub(crate) chance_sd: Vec<f64>,
    /// Sets simulated in all.
    pub(crate) simulated: usize,
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
pub(crate) fn campaign(extent: &Extent, notebook: &dyn Notebook) -> Result<Campaign, PosteriorError> {
    let world = World::new(extent, notebook)?;
    let offset = world.outputs.offset(extent.animals, extent.seed)?;
    let mut points = world.wave(0, &prior(&world.space, extent), &offset);
    let mut simulated = extent.first;
    for (number, size) in extent.waves.iter().enumerate() {
        let exponent = EXPONENTS.get(number).copied().unwrap_or(1.0);
        let (places, _) = world.emulated(&points, exponent, *size, extent.seed + 1 + number as u64);
        points.extend(world.wave(simulated, &places, &offset));
        simulated += size;
    }
    let (places, surface) = world.emulated(&points, 1.0, extent.draws, extent.seed + 1_000);
    let last = world.wave(simulated, &places, &offset);
    simulated += extent.draws;
    let chance = world.chance(simulated, &last)?;
    simulated += AGAIN.min(last.len());
    let last: Vec<Estimated> = last.into_iter().map(|point| Estimated::of(point, &surface, &chance)).collect();
    let ratio = |one: &Estimated| {
        let emulated = world.likelihood.log(&surface.at(&one.u), surface.variances());
        world.likelihood.log(&one.eta, &one.variances) - emulated
    };
    let weights = weights(&last.iter().map(ratio).collect::<Vec<f64>>());
    let draws = last.into_iter().zip(weights).map(|(one, weight)| Draw { u: one.u, eta: one.eta, weight });
    let root = |variances: &[f64]| variances.iter().map(|variance| libm::sqrt(*variance)).collect();
    Ok(Campaign { draws: draws.collect(), surface_sd: root(surface.variances()), chance_sd: root(&chance), simulated })
}

/// What is searched, and where it is noted.
struct World<'a> {
    outputs: Outputs,
    likelihood: Likelihood,
    space: Space,
    extent: &'a Extent,
    notebook: &'a dyn Notebook,
}

impl<'a> World<'a> {
    fn new(extent: &'a Extent, notebook: &'a dyn Notebook) -> Result<Self, PosteriorError> {
        let outputs = Outputs::that_set()?;
        let likelihood = Likelihood::that_set(&outputs)?;
        Ok(Self { outputs, likelihood, space: Space::of_the_synapse(), extent, notebook })
    }

    /// Set number `number` at `u` under a seed, known or simulated.
    fn simulate(&self, number: usize, u: &[f64], seed: u64, offset: &[f64]) -> Found {
        let found = self.notebook.known(number).unwrap_or_else(|| {
            let set = self.space.parameters(u);
            let found = set.and_then(|set| self.outputs.simulate(&set, self.extent.animals, seed));
            self.notebook.note(number, &found);
            found
        });
        found.map(|eta| eta.iter().zip(offset).map(|(eta, offset)| eta + offset).collect())
    }

    /// The sets at `places` from number `first` on; those that failed are left out.
    fn wave(&self, first: usize, places: &[Vec<f64>], offset: &[f64]) -> Vec<Simulated> {
        let one = |(k, u): (usize, &Vec<f64>)| {
            Some(Simulated { u: u.clone(), eta: self.simulate(first + k, u, self.extent.seed, offset)? })
        };
        let found: Vec<Option<Simulated>> = places.par_iter().enumerate().map(one).collect();
        found.into_iter().flatten().collect()
    }

    /// Draws from the posterior of a surface through `points`, its likelihood to the power of
    /// `exponent`; and the surface.
    fn emulated(&self, points: &[Simulated], exponent: f64, draws: usize, seed: u64) -> (Vec<Vec<f64>>, Surface) {
        let scales = self.likelihood.scales(self.outputs.names().len());
        let surface = Surface::fit(&near(points, &self.likelihood), &scales);
        let log = |u: &[f64]| match self.space.holds(u) {
            true => exponent * self.likelihood.log(&surface.at(u), surface.variances()),
            false => f64::NEG_INFINITY,
        };
        (chains::draw(&starts(points, &self.likelihood), &log, LENGTH, draws, seed), surface)
    }

    /// The variance that other animals would give, per output, from some draws that are
    /// simulated with others, as sets from number `first` on: the few animals of a set stand
    /// for a population, and their chance is no reason to doubt it.
    fn chance(&self, first: usize, draws: &[Simulated]) -> Result<Vec<f64>, PosteriorError> {
        let seed = self.extent.seed.wrapping_add(1);
        let offset = self.outputs.offset(self.extent.animals, seed)?;
        let again = |(k, point): (usize, &Simulated)| {
            let eta = self.simulate(first + k, &point.u, seed, &offset)?;
            Some(point.eta.iter().zip(&eta).map(|(one, two)| 0.5 * (one - two).powi(2)).collect::<Vec<f64>>())
        };
        let found: Vec<Option<Vec<f64>>> = draws.par_iter().take(AGAIN).enumerate().map(again).collect();
        let apart: Vec<Vec<f64>> = found.into_iter().flatten().collect();
        let mean = |k: usize| apart.iter().map(|of| of[k]).sum::<f64>() / apart.len().max(1) as f64;
        Ok((0..self.outputs.names().len()).map(mean).collect())
    }
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

/// Draws of equal weight that the weighted ones are worth (Kish 1965).
pub(crate) fn effective(draws: &[Draw]) -> f64 {
    let sum: f64 = draws.iter().map(|draw| draw.weight).sum();
    sum * sum / draws.iter().map(|draw| draw.weight * draw.weight).sum::<f64>()
}
