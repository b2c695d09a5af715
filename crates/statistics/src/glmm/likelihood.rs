//! −2 ln L of all clusters as a function of the parameters.

use crate::glmm::cluster::Cluster;
use crate::glmm::data::{CountData, Members, Quadrature};
use crate::glmm::family::{Family, constant};
use crate::glmm::hermite;

/// θ of the negative binomial stays within these: beyond them counts are Poisson to all
/// digits, or nothing is known of them.
pub(crate) const LN_THETA: [f64; 2] = [-7.0, 14.0];

/// The data with the rule of quadrature.
pub(crate) struct Likelihood<'a> {
    pub(crate) data: &'a CountData<'a>,
    pub(crate) members: Vec<Members>,
    rule: Vec<(f64, f64)>,
    constant: f64,
}

impl<'a> Likelihood<'a> {
    pub(crate) fn new(data: &'a CountData<'a>, members: Vec<Members>, quadrature: Quadrature) -> Self {
        let rule = match quadrature {
            Quadrature::Laplace => Vec::new(),
            Quadrature::Nodes(nodes) => hermite::rule(nodes),
        };
        let constant = match data.family {
            Family::NegativeBinomial => 0.0,
            family => (0..data.counts.len()).map(|row| constant(family, data.counts[row], data.trials(row))).sum(),
        };
        Likelihood { data, members, rule, constant }
    }

    /// Coefficients, SDs of the random effects, ln θ: how many of each.
    pub(crate) fn layout(&self) -> (usize, usize, usize) {
        let sds = 1 + usize::from(self.data.nested.is_some());
        (self.data.fixed.columns(), sds, usize::from(self.data.family == Family::NegativeBinomial))
    }

    /// −2 ln L at parameters laid out as [`Likelihood::layout`] says. The sign of an SD
    /// does not matter. Also the conditional modes of the clusters, in units of the SDs.
    pub(crate) fn deviance(&self, parameters: &[f64]) -> (f64, Vec<Vec<f64>>) {
        let (p, sds, shape) = self.layout();
        let sd = [parameters[p].abs(), if sds > 1 { parameters[p + 1].abs() } else { 0.0 }];
        let theta = (shape > 0).then(|| libm::exp(parameters[p + sds].clamp(LN_THETA[0], LN_THETA[1])));
        let mut total = self.constant;
        let mut modes = Vec::with_capacity(self.members.len());
        for members in &self.members {
            let rows = &members.rows;
            let counts: Vec<f64> = rows.iter().map(|&row| self.data.counts[row]).collect();
            let sizes: Vec<f64> = rows.iter().map(|&row| theta.unwrap_or(self.data.trials(row))).collect();
            let fixed: Vec<f64> = rows
                .iter()
                .map(|&row| {
                    let product = self.data.fixed.row(row).iter().zip(parameters).map(|(x, b)| x * b).sum::<f64>();
                    product + self.data.offset(row)
                })
                .collect();
            if theta.is_some() {
                let own = counts.iter().zip(&sizes).map(|(y, size)| constant(self.data.family, *y, *size));
                total += own.sum::<f64>();
            }
            let cluster =
                Cluster { family: self.data.family, members, counts: &counts, sizes: &sizes, fixed: &fixed, sd };
            let mut mode = Vec::new();
            total += cluster.log_likelihood(&mut mode, &self.rule);
            modes.push(mode);
        }
        (-2.0 * total, modes)
    }
}
