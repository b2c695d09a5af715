//! From outcomes of draws to what is predicted.
//!
//! A draw is the mean of a few animals, so its variance over the draws is that of what is
//! not known plus the Monte Carlo variance s²/k of its k animals, which more animals would
//! remove. The latter is taken from the differences between animals within draws, pooled
//! over all, and the draws are drawn together about their mean by
//!
//! f² = max((V − s²/k) / V, √(2/(n − 1)))
//!
//! so that they spread by what is not known alone. Never by less than the relative standard
//! error of V itself: n draws cannot tell a smaller spread from none.

use statistics::random::Stream;

/// Draws of one outcome with what their few animals add taken out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spread {
    /// The draws, in order.
    pub(crate) values: Vec<f64>,
    /// Their standard deviation.
    pub(crate) sd: f64,
    /// Standard error of a raw draw from its animals.
    pub(crate) sd_monte_carlo: f64,
}

/// Draws with several animals each; `animals[draw][animal]`.
pub(crate) fn spread(animals: &[Vec<f64>]) -> Spread {
    let n = animals.len() as f64;
    let means: Vec<f64> = animals.iter().map(|values| mean(values)).collect();
    let within: f64 = animals.iter().zip(&means).map(|(values, mean)| squares(values, *mean)).sum();
    let degrees: usize = animals.iter().map(|values| values.len().saturating_sub(1)).sum();
    let each = animals.first().map_or(1, Vec::len).max(1) as f64;
    let monte_carlo = if degrees > 0 { within / degrees as f64 / each } else { 0.0 };
    let centre = mean(&means);
    let total = squares(&means, centre) / (n - 1.0).max(1.0);
    let least = libm::sqrt(2.0 / (n - 1.0).max(2.0));
    let factor = if total > 0.0 { libm::sqrt(((total - monte_carlo) / total).max(least)) } else { 0.0 };
    let values: Vec<f64> = means.iter().map(|value| centre + factor * (value - centre)).collect();
    Spread { values, sd: factor * libm::sqrt(total), sd_monte_carlo: libm::sqrt(monte_carlo) }
}

/// Mean; NaN of nothing.
pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn squares(values: &[f64], centre: f64) -> f64 {
    values.iter().map(|value| (value - centre).powi(2)).sum()
}

/// The value below which a share of `values` lies, by linear interpolation.
pub(crate) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1) as f64;
    let at = share * last;
    let (low, high) = (at.floor() as usize, at.ceil() as usize);
    match (sorted.get(low), sorted.get(high)) {
        (Some(low), Some(high)) => low + (high - low) * (at - at.floor()),
        _ => f64::NAN,
    }
}

/// Covariance.
pub(crate) fn covariance(x: &[f64], y: &[f64]) -> f64 {
    let (a, b) = (mean(x), mean(y));
    x.iter().zip(y).map(|(x, y)| (x - a) * (y - b)).sum::<f64>() / (x.len() as f64 - 1.0).max(1.0)
}

/// Squared correlation and the sign of the slope; 0 where one does not vary.
pub(crate) fn explained(x: &[f64], y: &[f64]) -> (f64, bool) {
    let (both, one, other) = (covariance(x, y), covariance(x, x), covariance(y, y));
    if one > 0.0 && other > 0.0 { (both * both / (one * other), both > 0.0) } else { (0.0, true) }
}

/// Permutations behind the threshold of chance.
const PERMUTATIONS: usize = 200;

/// The squared correlation that the strongest of `inputs` reaches in 95 % of permutations of
/// `y`: what chance alone makes of so many candidates.
pub(crate) fn threshold(inputs: &[&[f64]], y: &[f64], seed: u64) -> f64 {
    let mut largest: Vec<f64> = (0..PERMUTATIONS)
        .map(|number| {
            let mut shuffled = y.to_vec();
            Stream::new(seed, number as u64).shuffle(&mut shuffled);
            inputs.iter().map(|x| explained(x, &shuffled).0).fold(0.0, f64::max)
        })
        .collect();
    largest.sort_by(f64::total_cmp);
    quantile(&largest, 0.95)
}

#[cfg(test)]
mod tests {
    use super::*;
    use statistics::dist::normal;

    /// Draws of SD 3 seen through two animals of SD 6 each: the spread is that of the draws.
    #[test]
    fn what_few_animals_add_is_taken_out() {
        let mut stream = Stream::new(4, 0);
        let mut draw = || normal::quantile(stream.unit().max(1e-12));
        let animals: Vec<Vec<f64>> = (0..4000)
            .map(|_| {
                let own = 10.0 + 3.0 * draw();
                (0..2).map(|_| own + 6.0 * draw()).collect()
            })
            .collect();
        let spread = spread(&animals);
        assert!((spread.sd - 3.0).abs() < 0.25, "{}", spread.sd);
        assert!((spread.sd_monte_carlo - 6.0 / libm::sqrt(2.0)).abs() < 0.15, "{}", spread.sd_monte_carlo);
        assert!((mean(&spread.values) - 10.0).abs() < 0.3);
    }

    #[test]
    fn what_chance_could_hide_is_not_called_nothing() {
        let mut stream = Stream::new(4, 1);
        let animals: Vec<Vec<f64>> = (0..80).map(|_| (0..2).map(|_| stream.unit()).collect()).collect();
        let spread = spread(&animals);
        assert!(spread.sd > 0.3 * spread.sd_monte_carlo, "{spread:?}");
    }

    #[test]
    fn quantiles_interpolate_and_chance_has_a_threshold() {
        assert_eq!(quantile(&[0.0, 1.0, 2.0, 3.0], 0.5), 1.5);
        let mut stream = Stream::new(9, 1);
        let columns: Vec<Vec<f64>> = (0..50).map(|_| (0..60).map(|_| stream.unit()).collect()).collect();
        let y: Vec<f64> = columns[3].iter().zip(&columns[8]).map(|(a, b)| 2.0 * a + 0.2 * b).collect();
        let inputs: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let chance = threshold(&inputs, &y, 1);
        assert!((0.05..0.4).contains(&chance), "{chance}");
        assert!(explained(&columns[3], &y).0 > 0.9 && explained(&columns[3], &y).1);
    }
}
