//! Dose means beside the curve: whether responses change with dose at all, and
//! whether the curve misses them.

use crate::dose_response::fit::distinct;
use crate::estimate::FTest;
use crate::nested_curve::components::variances;
use crate::nested_curve::contrast::Inference;
use crate::nested_curve::layout::{Layout, LinearBlock, Point};
use nalgebra::{DMatrix, DVector};

/// Cells of a layout: every curve and dose, in order.
fn cells(layout: &Layout) -> Vec<(usize, f64)> {
    let data = &layout.data;
    (0..layout.curves)
        .flat_map(|curve| {
            let own: Vec<f64> =
                data.dose.iter().zip(data.curve).filter(|(_, c)| **c == curve).map(|(x, _)| *x).collect();
            distinct(&own).into_iter().map(move |dose| (curve, dose))
        })
        .collect()
}

/// The curves against one mean per curve and dose: the coefficients of the cells
/// that the curves do not reach, in the linearised model with variances of its own.
pub(crate) fn lack_of_fit(layout: &Layout, point: &Point, theta: &[f64]) -> Option<FTest> {
    let p = layout.fixed();
    let cells = cells(layout);
    if cells.len() <= p {
        return None;
    }
    let spare = spare_cells(layout, &cells, point);
    let mut blocks = layout.linearised(point);
    for (block, own) in blocks.iter_mut().zip(&layout.blocks) {
        let columns = p + spare.len();
        block.x = DMatrix::from_fn(own.rows.len(), columns, |k, j| {
            if j < p {
                return block.x[(k, j)];
            }
            let (curve, dose) = cells[spare[j - p]];
            let row = own.rows[k];
            f64::from(u8::from(layout.data.curve[row] == curve && layout.data.dose[row] == dose))
        });
    }
    let rows: usize = blocks.iter().map(|b| b.y.len()).sum();
    if rows <= p + spare.len() {
        return None;
    }
    let (_, found, _) = variances(&blocks, theta, true)?;
    let weights: Vec<DVector<f64>> = (0..spare.len()).map(|j| unit(p + spare.len(), p + j)).collect();
    let test = Inference::new(&found)?.test(&weights);
    test.p.is_finite().then_some(test)
}

fn unit(length: usize, place: usize) -> DVector<f64> {
    DVector::from_fn(length, |i, _| f64::from(u8::from(i == place)))
}

/// All cells but those on which the curves of the average animal can be placed:
/// pivots of the elimination of its derivatives.
fn spare_cells(layout: &Layout, cells: &[(usize, f64)], point: &Point) -> Vec<usize> {
    let (p, per) = (layout.fixed(), layout.form.parameters());
    let mut rows = DMatrix::zeros(cells.len(), p);
    for (i, (curve, dose)) in cells.iter().enumerate() {
        let theta = &point.fixed[per * curve..][..per];
        let [h, along_location, along_slope] = layout.form.value(*dose, theta[2], theta.get(3).copied().unwrap_or(0.0));
        let slopes = [1.0, h, theta[1] * along_location, theta[1] * along_slope];
        for (j, slope) in slopes[..per].iter().enumerate() {
            rows[(i, per * curve + j)] = *slope;
        }
    }
    for j in 0..p {
        let size = rows.column(j).norm();
        if size > 0.0 {
            rows.column_mut(j).scale_mut(1.0 / size);
        }
    }
    let mut pivots = Vec::new();
    for _ in 0..p {
        let free = (0..cells.len()).filter(|i| !pivots.contains(i));
        let Some(best) = free.max_by(|a, b| rows.row(*a).norm().total_cmp(&rows.row(*b).norm())) else { break };
        pivots.push(best);
        let direction = rows.row(best).clone_owned();
        let square = direction.norm_squared();
        if square > 0.0 {
            for i in 0..cells.len() {
                let share = rows.row(i).dot(&direction) / square;
                let taken = &direction * share;
                for j in 0..p {
                    rows[(i, j)] -= taken[j];
                }
            }
        }
    }
    (0..cells.len()).filter(|i| !pivots.contains(i)).collect()
}

/// Dose means of one curve against their overall mean; animals differ in level and
/// in slope over the rank of the dose.
pub(crate) fn trend(layout: &Layout, curve: usize) -> Option<FTest> {
    let data = &layout.data;
    let doses: Vec<f64> = cells(layout).into_iter().filter(|(c, _)| *c == curve).map(|(_, dose)| dose).collect();
    let centre = (doses.len() as f64 - 1.0) / 2.0;
    let mut blocks = Vec::new();
    let mut all = Vec::new();
    for own in &layout.blocks {
        let rows: Vec<usize> = own.rows.iter().copied().filter(|row| data.curve[*row] == curve).collect();
        if rows.is_empty() {
            continue;
        }
        let place = |k: usize| doses.iter().position(|dose| *dose == data.dose[rows[k]]).unwrap_or(0);
        let n = rows.len();
        let y = DVector::from_fn(n, |k, _| data.response[rows[k]]);
        let x = DMatrix::from_fn(n, doses.len(), |k, j| f64::from(u8::from(place(k) == j)));
        let level = DMatrix::from_element(n, 1, 1.0);
        let slope = DMatrix::from_fn(n, 1, |k, _| (place(k) as f64 - centre) / centre.max(1.0));
        all.extend(y.iter().copied());
        blocks.push(LinearBlock { y, x, z: vec![level, slope] });
    }
    let mean = all.iter().sum::<f64>() / all.len() as f64;
    let variance = all.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / all.len() as f64;
    if all.len() <= doses.len() + 1 || variance == 0.0 {
        return None;
    }
    let start = [0.3 * variance, 0.1 * variance, 0.3 * variance];
    let (_, found, _) = variances(&blocks, &start, true)?;
    let weights: Vec<DVector<f64>> = (1..doses.len()).map(|j| unit(doses.len(), j) - unit(doses.len(), 0)).collect();
    let test = Inference::new(&found)?.test(&weights);
    test.p.is_finite().then_some(test)
}
