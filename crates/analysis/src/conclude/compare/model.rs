//! The model of potentiation that the comparisons come from. The plan chooses it;
//! nothing in the data does.
//!
//! Between animals, each condition with variances of its own (the usual choice):
//!
//! ```text
//! y_ijk = μ_i + a_ij + e_ijk      i condition, j animal, k slice;  a_ij ~ N(0, τ_i²), e_ijk ~ N(0, σ_i²)
//! ```
//!
//! Within animals, each comparison with variances of its own: conditions of weights w,
//!
//! ```text
//! y_ijk = μ_i + a_j + b_ij + e_ijk      d_j = Σ_i w_i ȳ_ij = Σ_i w_i μ_i + Σ_i w_i b_ij + …
//! ```
//!
//! in which the animal's own level a_j drops out and b_ij (animal:condition) lets a drug
//! act differently in each animal; an error term of its own for each comparison needs no
//! sphericity (Boik 1981, Psychometrika 46:241). Both are in [`statistics::clustered`].
//!
//! With equal variances: one mixed model over all conditions with a random animal and,
//! within animals, a random animal:condition where slices repeat; one-way analysis of
//! variance over the animals where every animal gave one slice.

use crate::conclude::cells::Cell;
use crate::conclude::compare::cell_data::{CellData, Shape};
use crate::conclude::compare::equal::Equal;
use crate::conclude::comparing::Setting;
use crate::findings::comparisons::Variances;
use results::plan;
use statistics::clustered::{ClusterMeans, GroupMean, combine};
use statistics::{Comparison, StatisticsError};

/// A linear combination of cell means: induction, condition, weight.
pub(crate) type Weights<'a> = &'a [(&'a str, &'a str, f64)];

/// Covariance of two combinations of cells, given by their places and weights.
type Product<'p> = &'p dyn Fn(&[(usize, f64)], &[(usize, f64)]) -> f64;

/// What was fitted.
enum Kind {
    /// Different animals in every cell, each cell with variances of its own.
    Own(Vec<Result<GroupMean, StatisticsError>>),
    /// The same animals in all cells, each comparison with variances of its own.
    Inside,
    /// One set of variances.
    Equal(Equal),
}

/// A fitted model over some cells.
pub(crate) struct Model {
    kind: Kind,
    pub(super) cells: Vec<CellData>,
    pub(super) shape: Shape,
    level: f64,
}

/// What a comparison rests on beside its estimate.
#[derive(Clone, Debug)]
pub(crate) struct Basis {
    /// Variances of each condition in the order of the weights, or of the difference.
    pub variances: Vec<Variances>,
    /// Smallest number of animals in a condition, or animals in all conditions.
    pub animals: usize,
    /// Whether variances are those of differences within animals.
    pub inside: bool,
}

impl Model {
    /// Fits the included slices of `cells`; cells without any are skipped.
    ///
    /// # Errors
    /// Whatever makes every comparison impossible.
    pub fn of<'a, 'b: 'a>(
        cells: impl Iterator<Item = &'a Cell<'b>>,
        setting: &Setting,
    ) -> Result<Self, StatisticsError> {
        Self::over(cells.filter(|c| !c.is_empty()).map(CellData::of).collect(), setting, setting.variances)
    }

    /// The same on one value per animal, the mean of its slices: Welch's test, or the
    /// paired one.
    pub fn of_animal_means<'a, 'b: 'a>(
        cells: impl Iterator<Item = &'a Cell<'b>>,
        setting: &Setting,
    ) -> Result<Self, StatisticsError> {
        let means = cells.filter(|c| !c.is_empty()).map(CellData::of_animal_means).collect();
        Self::over(means, setting, plan::Variances::ByGroup)
    }

    fn over(cells: Vec<CellData>, setting: &Setting, variances: plan::Variances) -> Result<Self, StatisticsError> {
        let inside = setting.within && cells.len() > 1;
        let shape = Shape { inside, single: cells.iter().all(CellData::is_of_single_slices) };
        let kind = match (variances, inside) {
            (plan::Variances::Equal, _) => Kind::Equal(Equal::fit(&cells, shape, setting)?),
            (plan::Variances::ByGroup, true) => Kind::Inside,
            (plan::Variances::ByGroup, false) => {
                let means: Vec<_> = cells.iter().map(CellData::mean).collect();
                if let Some(fault) =
                    means.iter().find_map(|m| m.as_ref().err()).filter(|_| means.iter().all(Result::is_err))
                {
                    return Err(fault.clone());
                }
                Kind::Own(means)
            }
        };
        Ok(Self { kind, cells, shape, level: setting.level })
    }

    /// Whether comparisons are differences within animals.
    pub fn is_inside(&self) -> bool {
        self.shape.inside
    }

    /// Places and weights of the cells; `None` if a cell is not in the model.
    fn places(&self, wanted: Weights) -> Option<Vec<(usize, f64)>> {
        wanted.iter().map(|(i, c, weight)| Some((self.cells.iter().position(|d| d.is(i, c))?, *weight))).collect()
    }

    /// Animals that have slices in all of these cells, with those slices.
    pub(super) fn shared(&self, places: &[(usize, f64)]) -> Vec<Vec<&[f64]>> {
        let Some((first, _)) = places.first() else { return Vec::new() };
        let row = |name: &str| places.iter().map(|(at, _)| self.cells[*at].slices_of(name)).collect();
        self.cells[*first].animals.iter().filter_map(|(name, _)| row(name)).collect()
    }

    /// The difference within animals.
    fn difference(&self, places: &[(usize, f64)]) -> Result<GroupMean, StatisticsError> {
        let weights: Vec<f64> = places.iter().map(|(_, weight)| *weight).collect();
        GroupMean::of(&ClusterMeans::inside(&self.shared(places), &weights)?)
    }

    /// Refuses cells of one animal: one rule for all models.
    fn require_animals(&self, places: &[(usize, f64)]) -> Result<(), StatisticsError> {
        let too_few = |what: String, found: usize| Err(StatisticsError::TooFew { what, found, needed: 2 });
        if self.shape.inside {
            let names: Vec<&str> = places.iter().map(|(at, _)| self.cells[*at].condition.as_str()).collect();
            let found = self.shared(places).len();
            return if found < 2 {
                too_few(format!("animals with slices in {}", names.join(" and ")), found)
            } else {
                Ok(())
            };
        }
        let small = places.iter().map(|(at, _)| &self.cells[*at]).find(|cell| cell.animals.len() < 2);
        small.map_or(Ok(()), |cell| too_few(format!("animals of {}", cell.condition), cell.animals.len()))
    }

    /// A contrast of cell means; `None` if a cell is not in the model.
    pub fn contrast(&self, wanted: Weights) -> Option<Result<Comparison, StatisticsError>> {
        Some(self.combine(&self.places(wanted)?))
    }

    /// The mean of the only cell of a model of one.
    pub fn mean(&self) -> Result<Comparison, StatisticsError> {
        self.combine(&[(0, 1.0)])
    }

    fn combine(&self, places: &[(usize, f64)]) -> Result<Comparison, StatisticsError> {
        self.require_animals(places)?;
        match &self.kind {
            Kind::Own(means) => {
                let own = places.iter().map(|(at, _)| means[*at].clone()).collect::<Result<Vec<_>, _>>()?;
                let weights: Vec<f64> = places.iter().map(|(_, weight)| *weight).collect();
                combine(&weights, &own, self.level)
            }
            Kind::Inside => combine(&[1.0], &[self.difference(places)?], self.level),
            Kind::Equal(model) => model.combine(places, self.level),
        }
    }

    /// Correlations of comparisons with one reference, each of two cells.
    pub fn correlations(&self, wanted: &[[(&str, &str, f64); 2]]) -> Vec<Vec<f64>> {
        let places: Vec<Vec<(usize, f64)>> = wanted.iter().filter_map(|w| self.places(w)).collect();
        let count = places.len();
        let all = |of: &dyn Fn(usize, usize) -> f64| -> Vec<Vec<f64>> {
            (0..count).map(|i| (0..count).map(|j| if i == j { 1.0 } else { of(i, j) }).collect()).collect()
        };
        let from_product = |product: Product| {
            let sd: Vec<f64> = places.iter().map(|p| product(p, p).sqrt()).collect();
            all(&|i, j| product(&places[i], &places[j]) / (sd[i] * sd[j]))
        };
        match &self.kind {
            Kind::Own(means) => from_product(&|a, b| {
                let variance = |at: usize| means[at].as_ref().map_or(f64::NAN, |m| m.variance);
                a.iter().flat_map(|x| b.iter().filter(|y| y.0 == x.0).map(|y| x.1 * y.1 * variance(x.0))).sum()
            }),
            Kind::Inside => {
                let mean = self.mean_correlation(&places);
                all(&|_, _| mean)
            }
            Kind::Equal(model) => from_product(&|a, b| model.product(a, b)),
        }
    }

    /// Mean correlation of the animals' differences over all pairs of comparisons:
    /// one number is steadier than one a pair, and the adjusted p hardly depends on it.
    /// One half, that of equal variances, with fewer than three animals in common.
    fn mean_correlation(&self, places: &[Vec<(usize, f64)>]) -> f64 {
        let (mut sum, mut count) = (0.0, 0.0);
        for i in 0..places.len() {
            for j in 0..i {
                let both: Vec<(usize, f64)> = places[i].iter().chain(&places[j]).copied().collect();
                let rows = self.shared(&both);
                let value = |row: &[&[f64]], from: usize, own: &[(usize, f64)]| -> f64 {
                    let mean = |units: &[f64]| units.iter().sum::<f64>() / units.len() as f64;
                    own.iter().enumerate().map(|(k, (_, weight))| weight * mean(row[from + k])).sum()
                };
                let pairs: Vec<(f64, f64)> = rows
                    .iter()
                    .map(|row| (value(row, 0, &places[i]), value(row, places[i].len(), &places[j])))
                    .collect();
                if let Some(r) = correlation(&pairs) {
                    sum += r;
                    count += 1.0;
                }
            }
        }
        if count == 0.0 { 0.5 } else { (sum / count).clamp(0.0, 0.95) }
    }

    /// What a comparison rests on; `None` if a cell is not in the model or cannot be
    /// compared.
    pub fn basis(&self, wanted: Weights) -> Option<Basis> {
        let places = self.places(wanted)?;
        self.require_animals(&places).ok()?;
        let inside = self.shape.inside;
        let shared = self.shared(&places).len();
        let animals = places.iter().map(|(at, _)| self.cells[*at].animals.len()).min()?;
        let of = |at: usize| self.cells[at].condition.clone();
        let variances = match &self.kind {
            Kind::Own(means) => places
                .iter()
                .map(|(at, _)| Some(stated(of(*at), means[*at].as_ref().ok()?, 1.0)))
                .collect::<Option<Vec<_>>>()?,
            Kind::Inside => {
                let sum: f64 = places.iter().map(|(_, weight)| weight * weight).sum();
                vec![stated(self.in_words(&places), &self.difference(&places).ok()?, sum)]
            }
            Kind::Equal(model) if inside => vec![model.inside(self.in_words(&places), &self.shared(&places), &places)],
            Kind::Equal(model) => places.iter().map(|(at, _)| model.between(of(*at), &self.cells[*at])).collect(),
        };
        Some(Basis { variances, animals: if inside { shared } else { animals }, inside })
    }

    /// Variances of the cells of a between-animal model that each has its own.
    pub fn own_variances(&self) -> Vec<Variances> {
        match &self.kind {
            Kind::Own(means) => means
                .iter()
                .zip(&self.cells)
                .filter_map(|(mean, cell)| Some(stated(cell.condition.clone(), mean.as_ref().ok()?, 1.0)))
                .collect(),
            Kind::Inside | Kind::Equal(_) => Vec::new(),
        }
    }

    /// Standard deviations between animals, of animal:condition and between slices over
    /// all conditions within animals, to describe them; no comparison rests on these.
    pub(super) fn descriptive(&self) -> (f64, f64, f64) {
        Equal::describing(&self.cells, self.shape).map_or((f64::NAN, f64::NAN, f64::NAN), |model| model.deviations())
    }

    /// The fit of equal variances.
    pub(super) fn equal(&self) -> Option<&Equal> {
        match &self.kind {
            Kind::Equal(model) => Some(model),
            Kind::Own(_) | Kind::Inside => None,
        }
    }

    fn in_words(&self, places: &[(usize, f64)]) -> String {
        let names: Vec<&str> = places.iter().map(|(at, _)| self.cells[*at].condition.as_str()).collect();
        names.join(" − ")
    }
}

/// Variances of a group; `weights` is the sum of the squared weights of the
/// conditions in it.
fn stated(of: String, mean: &GroupMean, weights: f64) -> Variances {
    Variances {
        of,
        sd_animal: mean.between.max(0.0).sqrt(),
        sd_slice: mean.within.sqrt(),
        sd_mean: mean.of_cluster.sqrt(),
        slices_per_animal: weights / mean.share,
        n_animals: mean.clusters,
        at_zero: mean.at_zero,
    }
}

/// Pearson's r; `None` with fewer than three pairs or without spread.
fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let n = pairs.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let (mx, my) = (mean(&|p| p.0), mean(&|p| p.1));
    let sum = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|p| of(p.0 - mx, p.1 - my)).sum::<f64>();
    let r = sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt();
    (pairs.len() >= 3 && r.is_finite()).then_some(r)
}
