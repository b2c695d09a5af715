//! Draws of the constants of compounds, spread evenly over their ranges: the score of a
//! constant in draw k is Φ⁻¹((π(k) + ½)/n) with a permutation π of its own.

use pharmacology::{Compound, ConstantKey, Scores};
use recording::digest::keyed_seed;
use statistics::dist::normal;
use statistics::random::Stream;

/// The uncertain constants of the compounds of an experiment, with their scores.
#[derive(Clone, Debug, Default)]
pub(crate) struct Constants {
    known: Vec<(ConstantKey, Vec<f64>)>,
}

/// Collects keys.
struct Collected<'a>(&'a mut Vec<ConstantKey>);

impl Scores for Collected<'_> {
    fn score(&mut self, key: &ConstantKey) -> f64 {
        if !self.0.iter().any(|known| known.is_one_with(key)) {
            self.0.push(key.clone());
        }
        0.0
    }
}

/// One draw.
struct Drawn<'a>(&'a Constants, usize);

impl Scores for Drawn<'_> {
    fn score(&mut self, key: &ConstantKey) -> f64 {
        let found = self.0.known.iter().find(|(known, _)| known.is_one_with(key));
        found.map_or(0.0, |(_, scores)| scores[self.1])
    }
}

impl Constants {
    /// `n` draws of every constant of `compounds`.
    pub(crate) fn of<'c>(compounds: impl Iterator<Item = &'c Compound>, n: usize, seed: u64) -> Self {
        let mut keys = Vec::new();
        for compound in compounds {
            compound.drawn(&mut Collected(&mut keys));
        }
        let scores = |key: &ConstantKey| {
            let mut stream = Stream::new(keyed_seed(seed, &[&key.compound, &key.what]), 0);
            let mut order: Vec<usize> = (0..n).collect();
            stream.shuffle(&mut order);
            order.iter().map(|place| normal::quantile((*place as f64 + 0.5) / n as f64)).collect::<Vec<f64>>()
        };
        Self { known: keys.into_iter().map(|key| (key.clone(), scores(&key))).collect() }
    }

    /// A compound in draw `k`.
    pub(crate) fn draw(&self, compound: &Compound, k: usize) -> Compound {
        compound.drawn(&mut Drawn(self, k))
    }

    /// The constants with their scores per draw.
    pub(crate) fn scores(&self) -> &[(ConstantKey, Vec<f64>)] {
        &self.known
    }
}
