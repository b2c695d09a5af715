//! How spines, slices and animals differ: lognormal factors of mean 1, and
//! deviates stratified over the spines of a slice.

use crate::kernel::random::{Purpose, Stream, normal_quantile};

/// Standard deviation of the logarithm for a given coefficient of variation.
pub(crate) fn lognormal_sigma(cv: f64) -> f64 {
    libm::sqrt(libm::log(1.0 + cv * cv))
}

/// A lognormal factor of mean 1.
pub(crate) fn lognormal(sigma: f64, z: f64) -> f64 {
    libm::exp(sigma * z - 0.5 * sigma * sigma)
}

/// Normal deviates of all spines, stratified: the spine of rank k in a random
/// order gets the quantile of a point within the k-th of `count` equal shares,
/// so that every slice holds nearly the same distribution.
pub(crate) fn stratified_normals(stream: &Stream, purpose: Purpose, count: u32) -> Vec<f64> {
    let mut order: Vec<(f64, u32)> = (0..count).map(|spine| (stream.uniform(purpose, spine, 0), spine)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut deviates = vec![0.0; count as usize];
    for (rank, &(_, spine)) in order.iter().enumerate() {
        let within = stream.uniform(purpose, spine, 1);
        deviates[spine as usize] = normal_quantile((rank as f64 + within) / f64::from(count));
    }
    deviates
}
