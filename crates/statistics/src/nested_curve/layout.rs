//! Which observation belongs to which curve, animal and random effect.

use crate::dose_response::fit::{distinct, require_doses};
use crate::error::{StatisticsError, require_count, require_finite};
use crate::nested_curve::form::Form;
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// Fewest animals from which variances between animals are taken.
const LEAST_ANIMALS: usize = 3;

/// Doses and responses with their animals; one entry an observation in each.
#[derive(Debug, Clone, Copy)]
pub struct NestedData<'a> {
    /// Doses, ≥ 0.
    pub dose: &'a [f64],
    /// Responses.
    pub response: &'a [f64],
    /// Animal; any labels.
    pub animal: &'a [usize],
    /// Curve (substance), counted from 0.
    pub curve: &'a [usize],
    /// Slice in its animal, where a slice gets several doses: equal labels in
    /// different animals are different slices.
    pub slice: Option<&'a [usize]>,
}

/// A parameter of one curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NestedParameter {
    /// Response without dose.
    Baseline,
    /// Top less baseline.
    Span,
    /// Response at saturating dose (of a bell: at the peak).
    Top,
    /// ln EC50 (of a bell: ln dose of the peak).
    Location,
    /// ln Hill slope (of a bell: ln width).
    Slope,
}

/// What varies between animals, or between the curves or slices of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// The whole curve is shifted.
    Level,
    /// The span.
    Span,
    /// The location.
    Location,
}

impl Effect {
    pub(crate) const ALL: [Effect; 3] = [Effect::Level, Effect::Span, Effect::Location];
}

/// Where random effects vary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Between animals.
    Animal,
    /// Between the curves (substances, slices) of one animal.
    CurveInAnimal,
}

/// One animal: its rows, and for each stage the unit of each of these rows.
pub(crate) struct Block {
    pub(crate) rows: Vec<usize>,
    pub(crate) unit: Vec<Vec<usize>>,
    pub(crate) units: Vec<usize>,
}

/// The observations, sorted into animals, with the layout of the coefficients.
pub(crate) struct Layout<'a> {
    pub(crate) data: NestedData<'a>,
    pub(crate) form: Form,
    pub(crate) curves: usize,
    pub(crate) blocks: Vec<Block>,
    /// Random effects, each with a variance of its own.
    pub(crate) effects: Vec<(Stage, Effect)>,
}

/// One linearised animal: response, fixed and random columns.
pub(crate) struct LinearBlock {
    pub(crate) y: DVector<f64>,
    pub(crate) x: DMatrix<f64>,
    pub(crate) z: Vec<DMatrix<f64>>,
}

/// Fixed effects and random effects: `random[block][component][unit]`.
#[derive(Debug, Clone)]
pub(crate) struct Point {
    pub(crate) fixed: Vec<f64>,
    pub(crate) random: Vec<Vec<Vec<f64>>>,
}

impl<'a> Layout<'a> {
    /// Sorts the observations.
    ///
    /// # Errors
    /// Different lengths, values not finite, doses below 0, fewer than three
    /// animals, no animal with several doses, a curve with fewer doses than
    /// parameters.
    pub(crate) fn new(data: NestedData<'a>, form: Form) -> Result<Layout<'a>, StatisticsError> {
        let n = data.response.len();
        let lengths = [("dose", data.dose.len()), ("animal", data.animal.len()), ("curve", data.curve.len())];
        let slices = data.slice.map(|s| ("slice", s.len()));
        for (what, found) in lengths.into_iter().chain(slices) {
            if found != n {
                return Err(StatisticsError::LengthMismatch { what: what.to_owned(), expected: n, found });
            }
        }
        require_finite("response", data.response)?;
        require_doses(data.dose)?;
        let curves = data.curve.iter().max().map_or(0, |c| c + 1);
        for curve in 0..curves {
            let own: Vec<f64> =
                data.dose.iter().zip(data.curve).filter(|(_, c)| **c == curve).map(|(x, _)| *x).collect();
            require_count(&format!("doses of curve {}", curve + 1), distinct(&own).len(), form.parameters())?;
        }
        let mut animals = data.animal.to_vec();
        animals.sort_unstable();
        animals.dedup();
        require_count("animals that share a dose-response curve", animals.len(), LEAST_ANIMALS)?;
        let blocks: Vec<Block> = animals.iter().map(|animal| block(&data, *animal)).collect();
        require_count("observations", n, form.parameters() * curves + 2)?;
        let mut effects: Vec<(Stage, Effect)> = Effect::ALL.map(|effect| (Stage::Animal, effect)).to_vec();
        if blocks.iter().any(|b| b.units[1] > 1) {
            effects.extend(Effect::ALL.map(|effect| (Stage::CurveInAnimal, effect)));
        }
        Ok(Layout { data, form, curves, blocks, effects })
    }

    /// Number of fixed effects.
    pub(crate) fn fixed(&self) -> usize {
        self.form.parameters() * self.curves
    }

    /// No random effect at all.
    pub(crate) fn origin(&self, fixed: Vec<f64>) -> Point {
        let zero = |block: &Block| {
            self.effects.iter().map(|(stage, _)| vec![0.0; block.units[*stage as usize]]).collect::<Vec<_>>()
        };
        Point { fixed, random: self.blocks.iter().map(zero).collect() }
    }

    /// Value, derivatives along the parameters of its curve, and along each random
    /// effect of `effects`, of row number `k` of a block.
    pub(crate) fn row(&self, block: usize, k: usize, point: &Point) -> (f64, [f64; 4], Vec<f64>) {
        let own = &self.blocks[block];
        let row = own.rows[k];
        let per = self.form.parameters();
        let theta = &point.fixed[per * self.data.curve[row]..][..per];
        let (mut level, mut span, mut location) = (theta[0], theta[1], theta[2]);
        for (c, (stage, effect)) in self.effects.iter().enumerate() {
            let b = point.random[block][c][own.unit[*stage as usize][k]];
            match effect {
                Effect::Level => level += b,
                Effect::Span => span += b,
                Effect::Location => location += b,
            }
        }
        let [h, along_location, along_slope] =
            self.form.value(self.data.dose[row], location, theta.get(3).copied().unwrap_or(0.0));
        let fixed = [1.0, h, span * along_location, span * along_slope];
        let random = self.effects.iter().map(|(_, effect)| fixed[*effect as usize]).collect();
        (level + span * h, fixed, random)
    }

    /// The linear model that touches the curves at `point`: y − f + Xβ + Zb.
    pub(crate) fn linearised(&self, point: &Point) -> Vec<LinearBlock> {
        let (per, p) = (self.form.parameters(), self.fixed());
        (0..self.blocks.len())
            .map(|b| {
                let own = &self.blocks[b];
                let n = own.rows.len();
                let mut y = DVector::zeros(n);
                let mut x = DMatrix::zeros(n, p);
                let columns = |(stage, _): &(Stage, Effect)| DMatrix::zeros(n, own.units[*stage as usize]);
                let mut z: Vec<DMatrix<f64>> = self.effects.iter().map(columns).collect();
                for k in 0..n {
                    let (value, fixed, random) = self.row(b, k, point);
                    let row = own.rows[k];
                    let first = per * self.data.curve[row];
                    let mut response = self.data.response[row] - value;
                    for (i, slope) in fixed[..per].iter().enumerate() {
                        x[(k, first + i)] = *slope;
                        response += slope * point.fixed[first + i];
                    }
                    for (c, slope) in random.iter().enumerate() {
                        let unit = own.unit[self.effects[c].0 as usize][k];
                        z[c][(k, unit)] = *slope;
                        response += slope * point.random[b][c][unit];
                    }
                    y[k] = response;
                }
                LinearBlock { y, x, z }
            })
            .collect()
    }

    /// Residual sum of squares and, for each random effect, the sum of its squares.
    pub(crate) fn squares(&self, point: &Point) -> (f64, Vec<f64>) {
        let mut rss = 0.0;
        let mut random = vec![0.0; self.effects.len()];
        for (b, own) in self.blocks.iter().enumerate() {
            for k in 0..own.rows.len() {
                let residual = self.data.response[own.rows[k]] - self.row(b, k, point).0;
                rss += residual * residual;
            }
            for (sum, effects) in random.iter_mut().zip(&point.random[b]) {
                *sum += effects.iter().map(|v| v * v).sum::<f64>();
            }
        }
        (rss, random)
    }
}

/// The rows of one animal, in their order.
fn block(data: &NestedData, animal: usize) -> Block {
    let rows: Vec<usize> = (0..data.animal.len()).filter(|&row| data.animal[row] == animal).collect();
    let mut known: Vec<(usize, usize)> = Vec::new();
    let curve_units: Vec<usize> = rows
        .iter()
        .map(|&row| {
            let key = (data.curve[row], data.slice.map_or(0, |s| s[row]));
            known.iter().position(|k| *k == key).unwrap_or_else(|| {
                known.push(key);
                known.len() - 1
            })
        })
        .collect();
    let animal_unit = vec![0; rows.len()];
    Block { rows, unit: vec![animal_unit, curve_units], units: vec![1, known.len()] }
}
