//! The spines of a slice under an attached rule: what each of them reads at the
//! end of every step, presynaptic spikes on their way, and the filtered potential.

use crate::parameters::table::Parameters;
use crate::rules::spine::reading::{Filters, Peaks, Reading};
use crate::slice::spines::carried::Carried;
use crate::slice::spines::chosen::ChosenRule;
use std::collections::VecDeque;

/// All spines under an attached rule.
pub(crate) struct Attached {
    carried: Box<dyn Carried>,
    /// At the end of the latest step.
    readings: Vec<Reading>,
    /// Those of the step under way.
    next: Vec<Reading>,
    resting: Reading,
    filter: Option<Filter>,
    /// Expected release of a rested terminal, by spine.
    rested: Vec<f64>,
    /// Presynaptic spikes on their way: when they act, and the release of each
    /// spine relative to a rested terminal.
    on_their_way: VecDeque<(f64, Vec<f64>)>,
}

impl Attached {
    /// Spines that do not exist yet, in a cell whose dendrite rests at `rest_mv`;
    /// `rested` is the release probability of their terminals at rest.
    pub(crate) fn new(rule: &ChosenRule, p: &Parameters, rest_mv: f64, rested: Vec<f64>) -> Self {
        let carried = rule.carried(p, rest_mv);
        let filter = carried.filters().map(|filters| Filter::new(filters, rest_mv));
        let (readings, next) = (Vec::new(), Vec::new());
        Self { carried, readings, next, resting: at_rest(rest_mv), filter, rested, on_their_way: VecDeque::new() }
    }

    /// Adds a spine, potentiated already or not, its thresholds scaled by `spread`.
    pub(crate) fn add(&mut self, up: bool, spread: f64, peaks: &Peaks) {
        self.carried.add(up, spread, peaks);
        self.readings.push(self.resting);
    }

    /// A window begins with the dendrite at `rest_mv`.
    pub(crate) fn open(&mut self, rest_mv: f64) {
        self.resting = at_rest(rest_mv);
        self.readings.fill(self.resting);
        if let Some(filter) = &mut self.filter {
            filter.rest(rest_mv);
        }
    }

    /// A volley with the expected release of each terminal leaves.
    pub(crate) fn volley(&mut self, now_ms: f64, expected: &[f64]) {
        let relative = expected.iter().zip(&self.rested).map(|(now, rested)| now / rested.max(1e-9)).collect();
        self.on_their_way.push_back((now_ms + self.carried.delay_ms(), relative));
    }

    /// When the next presynaptic spike acts.
    pub(crate) fn next_ms(&self) -> f64 {
        self.on_their_way.front().map_or(f64::INFINITY, |spike| spike.0)
    }

    /// The presynaptic spike that is due acts.
    pub(crate) fn act(&mut self) {
        let Some((_, relative)) = self.on_their_way.pop_front() else { return };
        self.carried.presynaptic(&relative, &self.readings);
    }

    /// The cell fires.
    pub(crate) fn fire(&mut self) {
        self.carried.postsynaptic();
    }

    /// One step, at the end of which spine k reads `reading(k)`, the dendrite
    /// being at its potential. Returns how near the nearest is to a threshold.
    pub(crate) fn step(&mut self, to_ms: f64, dt_ms: f64, reading: impl Fn(usize) -> Reading) -> f64 {
        let dendrite_mv = reading(0).dendrite_mv;
        let filtered_mv = match &mut self.filter {
            Some(filter) => filter.advance(to_ms, dt_ms, 0.5 * (self.readings[0].dendrite_mv + dendrite_mv)),
            None => (dendrite_mv, dendrite_mv),
        };
        self.next.clear();
        self.next.extend((0..self.readings.len()).map(|k| Reading { filtered_mv, ..reading(k) }));
        let closest = self.carried.advance(&self.readings, &self.next, dt_ms);
        std::mem::swap(&mut self.readings, &mut self.next);
        closest
    }

    /// Passes a gap.
    pub(crate) fn rest(&mut self, gap_ms: f64) {
        self.carried.rest(gap_ms);
    }

    /// Strength of a spine, as [`Carried::strength`].
    pub(crate) fn strength(&self, spine: usize) -> f64 {
        self.carried.strength(spine)
    }

    /// See [`Carried::rho`].
    pub(crate) fn rho(&self, spine: usize) -> f64 {
        self.carried.rho(spine)
    }

    /// See [`Carried::span`].
    pub(crate) fn span(&self) -> Option<f64> {
        self.carried.span()
    }
}

/// What a spine reads in a resting cell.
fn at_rest(rest_mv: f64) -> Reading {
    Reading { dendrite_mv: rest_mv, filtered_mv: (rest_mv, rest_mv), ..Reading::default() }
}

/// The dendritic potential behind two low-pass filters, delayed.
#[derive(Clone, Debug)]
struct Filter {
    filters: Filters,
    now: (f64, f64),
    /// Time, and both filters at it.
    history: VecDeque<(f64, (f64, f64))>,
}

impl Filter {
    fn new(filters: Filters, rest_mv: f64) -> Self {
        Self { filters, now: (rest_mv, rest_mv), history: VecDeque::new() }
    }

    /// The potential has rested long enough for the filters to have followed.
    fn rest(&mut self, rest_mv: f64) {
        self.now = (rest_mv, rest_mv);
        self.history.clear();
    }

    /// Advances to `to_ms` under a mean potential; the filters as they were a
    /// delay before.
    fn advance(&mut self, to_ms: f64, dt_ms: f64, mean_mv: f64) -> (f64, f64) {
        let follow = |at: f64, tau: f64| mean_mv + (at - mean_mv) * libm::exp(-dt_ms / tau);
        if self.history.is_empty() {
            self.history.push_back((to_ms - dt_ms, self.now));
        }
        self.now = (follow(self.now.0, self.filters.tau_ms.0), follow(self.now.1, self.filters.tau_ms.1));
        self.history.push_back((to_ms, self.now));
        let due_ms = to_ms - self.filters.delay_ms;
        while self.history.len() > 2 && self.history[1].0 <= due_ms {
            self.history.pop_front();
        }
        let ((start, first), (end, second)) = (self.history[0], self.history[1]);
        let share = ((due_ms - start) / (end - start)).clamp(0.0, 1.0);
        let between = |one: f64, other: f64| one + (other - one) * share;
        (between(first.0, second.0), between(first.1, second.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A step of the potential, seen through a filter of 10 ms and a delay of 4 ms.
    #[test]
    fn the_filtered_potential_follows_late() {
        let mut filter = Filter::new(Filters { tau_ms: (10.0, 7.0), delay_ms: 4.0 }, -65.0);
        let mut seen = (0.0, 0.0);
        for k in 1..=200 {
            seen = filter.advance(0.1 * f64::from(k), 0.1, -55.0);
        }
        let expected = |tau: f64| -55.0 - 10.0 * libm::exp(-16.0 / tau);
        assert!((seen.0 - expected(10.0)).abs() < 1e-9 && (seen.1 - expected(7.0)).abs() < 1e-9, "{seen:?}");
        assert!(filter.history.len() < 60);
    }
}
