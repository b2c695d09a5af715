//! The spines of a slice under one rule: their states, and loops over them that are
//! compiled for that rule.

use crate::rules::spine::reading::{Filters, Peaks, Reading};
use crate::rules::spine::spine_rule::SpineRule;

/// Strength, relative to the start, from which a synapse of a rule without ρ
/// counts as potentiated.
const POTENTIATED: f64 = 1.05;

/// All spines under some rule; readings come in the order of the spines.
pub(crate) trait Carried {
    /// Adds a spine, potentiated already or not, its thresholds scaled by `spread`.
    fn add(&mut self, up: bool, spread: f64, peaks: &Peaks);

    /// A presynaptic spike acts, with the release of each terminal relative to a
    /// rested one.
    fn presynaptic(&mut self, relative: &[f64], readings: &[Reading]);

    /// The cell fires.
    fn postsynaptic(&mut self);

    /// One step of `dt_ms`, in which all readings move linearly. Returns how near
    /// the nearest spine is to a threshold; no number if a state is none.
    fn advance(&mut self, before: &[Reading], after: &[Reading], dt_ms: f64) -> f64;

    /// Passes a gap.
    fn rest(&mut self, gap_ms: f64);

    /// Strength of a spine, as [`SpineRule::strength`].
    fn strength(&self, spine: usize) -> f64;

    /// ρ of a spine; of rules without ρ, 1 for a potentiated spine, else 0.
    fn rho(&self, spine: usize) -> f64;

    /// As [`SpineRule::span`].
    fn span(&self) -> Option<f64>;

    /// As [`SpineRule::delay_ms`].
    fn delay_ms(&self) -> f64;

    /// As [`SpineRule::filters`].
    fn filters(&self) -> Option<Filters>;
}

/// The spines under the rule `R`.
pub(crate) struct Spines<R: SpineRule> {
    rule: R,
    states: Vec<R::State>,
}

impl<R: SpineRule> Spines<R> {
    /// No spine yet.
    pub(crate) fn new(rule: R) -> Self {
        Self { rule, states: Vec::new() }
    }
}

impl<R: SpineRule> Carried for Spines<R> {
    fn add(&mut self, up: bool, spread: f64, peaks: &Peaks) {
        self.states.push(self.rule.start(up, spread, peaks));
    }

    fn presynaptic(&mut self, relative: &[f64], readings: &[Reading]) {
        for ((state, reading), release) in self.states.iter_mut().zip(readings).zip(relative) {
            self.rule.presynaptic(state, *release, reading);
        }
    }

    fn postsynaptic(&mut self) {
        self.states.iter_mut().for_each(|state| self.rule.postsynaptic(state));
    }

    fn advance(&mut self, before: &[Reading], after: &[Reading], dt_ms: f64) -> f64 {
        let mut closest: f64 = 0.0;
        for ((state, before), after) in self.states.iter_mut().zip(before).zip(after) {
            self.rule.advance(state, before, after, dt_ms);
            // A state that is no number must be seen.
            let here = self.rule.closeness(state, after) + 0.0 * self.rule.value(state);
            closest = if here > closest || here.is_nan() { here } else { closest };
        }
        closest
    }

    fn rest(&mut self, gap_ms: f64) {
        self.states.iter_mut().for_each(|state| self.rule.rest(state, gap_ms));
    }

    fn strength(&self, spine: usize) -> f64 {
        self.rule.strength(&self.states[spine])
    }

    fn rho(&self, spine: usize) -> f64 {
        match self.rule.span() {
            Some(_) => self.rule.value(&self.states[spine]),
            None => f64::from(u8::from(self.strength(spine) > POTENTIATED)),
        }
    }

    fn span(&self) -> Option<f64> {
        self.rule.span()
    }

    fn delay_ms(&self) -> f64 {
        self.rule.delay_ms()
    }

    fn filters(&self) -> Option<Filters> {
        self.rule.filters()
    }
}
