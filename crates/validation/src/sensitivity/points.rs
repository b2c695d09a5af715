//! Where in the ranges the experiment is simulated.

use results::beside::sensitivity::MovedParameter;
use statistics::random::Stream;

/// Levels of a trajectory: 0, 1/3, 2/3, 1.
const LEVELS: usize = 4;

/// Step of a trajectory, LEVELS / (2 (LEVELS − 1)) of the range (Morris 1991).
const STEP: f64 = 2.0 / 3.0;

/// How points are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Each parameter at either end of its range, all others as they are.
    OneAtATime,
    /// Random trajectories through the ranges (Morris 1991).
    ElementaryEffects {
        /// Number of trajectories.
        trajectories: usize,
    },
}

/// One simulation.
pub(super) struct Point {
    /// Place of every factor in its range, 0 to 1.
    pub(super) x: Vec<f64>,
    /// The point before it, the factor that moved and by how much.
    pub(super) step: Option<(usize, usize, f64)>,
    /// Factor at its low (`false`) or high end.
    pub(super) end: Option<(usize, bool)>,
}

impl Method {
    /// The method in words.
    pub fn in_words(self) -> String {
        match self {
            Self::OneAtATime => "each parameter at either end of its range, all others as they are".to_owned(),
            Self::ElementaryEffects { trajectories } => {
                format!("elementary effects on {trajectories} random trajectories (Morris 1991)")
            }
        }
    }

    /// Number of simulations for `factors` parameters, without the base.
    pub fn simulations(self, factors: usize) -> usize {
        match self {
            Self::OneAtATime => 1 + 2 * factors,
            Self::ElementaryEffects { trajectories } => trajectories * (factors + 1),
        }
    }

    /// The points; those of a trajectory follow each other.
    pub(super) fn points(self, factors: &[MovedParameter], seed: u64) -> Vec<Point> {
        match self {
            Self::OneAtATime => one_at_a_time(factors),
            Self::ElementaryEffects { trajectories } => {
                let mut points = Vec::with_capacity(self.simulations(factors.len()));
                for number in 0..trajectories {
                    trajectory(factors.len(), Stream::new(seed, number as u64), &mut points);
                }
                points
            }
        }
    }
}

/// The centre, then both ends of every factor.
fn one_at_a_time(factors: &[MovedParameter]) -> Vec<Point> {
    let centre: Vec<f64> = factors.iter().map(|f| (f.value - f.low) / (f.high - f.low)).collect();
    let mut points = vec![Point { x: centre.clone(), step: None, end: None }];
    for factor in 0..factors.len() {
        for (high, place) in [(false, 0.0), (true, 1.0)] {
            let mut x = centre.clone();
            x[factor] = place;
            let step = place - centre[factor];
            // A value at the end of its accepted range cannot move that way.
            let step = (step != 0.0).then_some((0, factor, step));
            points.push(Point { x, step, end: Some((factor, high)) });
        }
    }
    points
}

/// A random start on the grid, then every factor once by ± `STEP` in random order.
fn trajectory(factors: usize, mut stream: Stream, points: &mut Vec<Point>) {
    let level = |k: usize| k as f64 / (LEVELS - 1) as f64;
    let mut x: Vec<f64> = (0..factors).map(|_| level(stream.below(LEVELS))).collect();
    points.push(Point { x: x.clone(), step: None, end: None });
    let mut order: Vec<usize> = (0..factors).collect();
    stream.shuffle(&mut order);
    for factor in order {
        let step = if x[factor] + STEP <= 1.0 + 1e-9 { STEP } else { -STEP };
        x[factor] = (x[factor] + step).clamp(0.0, 1.0);
        points.push(Point { x: x.clone(), step: Some((points.len() - 1, factor, step)), end: None });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trajectory_moves_every_factor_once_and_stays_in_the_ranges() {
        let mut points = Vec::new();
        trajectory(7, Stream::new(5, 0), &mut points);
        assert_eq!(points.len(), 8);
        let mut moved: Vec<usize> = points.iter().filter_map(|point| point.step.map(|(_, factor, _)| factor)).collect();
        moved.sort_unstable();
        assert_eq!(moved, (0..7).collect::<Vec<_>>());
        assert!(points.iter().flat_map(|point| &point.x).all(|x| (0.0..=1.0).contains(x)));
    }
}
