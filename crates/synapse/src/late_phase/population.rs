//! The late phase of all spines of a slice.
//!
//! A rule takes a spine from its strength s_0 before induction to s(t). With the
//! span Δ between a depressed and a potentiated synapse, the early change of the
//! published model (in units of h_0, at most (h_max − h_0)/h_0) is
//!
//!   e = (s − s_0)/Δ · (h_max − h_0)/h_0,
//!
//! so that a synapse which a rule potentiates fully is one whose h has reached
//! h_max. Changes of s add to e, which decays as published; the late phase z is
//! captured on top, and the expressed strength is s_0 + (e + z) Δ h_0/(h_max − h_0),
//! never below 0. A train that moved a spine again restores its early change.
//! The correspondence is a model choice; a rule without bounds has Δ = (h_max − h_0)/h_0,
//! which makes its ratio that of the published synapse.

use crate::late_phase::capture::{Conditions, Drive, LatePhase, ProteinSource};
use crate::late_phase::luboeinski_2021::{SET, Stc};
use crate::outcome::MechanismValue;

/// Pulses of an induction further apart than this begin another train, ms: slow
/// pairings and low-frequency stimulation are one train, spaced tetani are several.
const SAME_TRAIN_MS: f64 = 60_000.0;
/// Change of strength within a train from which a spine took part in it.
const MOVED: f64 = 1e-6;

/// Tag, proteins and capture, as a slice has them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatePhaseModel {
    /// The published synapse.
    pub synapse: Stc,
    /// The PKA/CREB drive.
    pub drive: Drive,
    /// What lets proteins be made.
    pub source: ProteinSource,
}

impl Default for LatePhaseModel {
    /// The published synapse under the drive of the cell.
    fn default() -> Self {
        Self { synapse: SET, drive: Drive::default(), source: ProteinSource::Drive }
    }
}

/// One spine.
#[derive(Clone, Copy, Debug)]
struct Course {
    phase: LatePhase,
    /// s_0.
    before: f64,
    /// s when it was last looked at.
    latest: f64,
    /// s when the present train began.
    train_began: f64,
}

/// The late phase of all spines of a slice.
#[derive(Clone, Debug)]
pub(crate) struct Consolidation {
    model: LatePhaseModel,
    /// Early change in units of h_0 per unit of strength.
    scale: f64,
    courses: Vec<Course>,
    last_pulse_ms: Option<f64>,
}

impl Consolidation {
    /// Spines of these strengths at rest; `span` is Δ, if the rule has one.
    pub(crate) fn new(model: LatePhaseModel, strengths: impl Iterator<Item = f64>, span: Option<f64>) -> Self {
        let published = model.synapse.h_max_mv / model.synapse.h0_mv - 1.0;
        let phase = LatePhase::new(model.source);
        let course = |before| Course { phase, before, latest: before, train_began: 0.0 };
        let scale = span.filter(|span| *span > 0.0).map_or(1.0, |span| published / span);
        Self { model, scale, courses: strengths.map(course).collect(), last_pulse_ms: None }
    }

    /// Whether a pulse at `now_ms` ends the train before it: any test pulse, or a
    /// pulse of another train.
    pub(crate) fn ends_train(&self, now_ms: f64, induction: bool) -> bool {
        self.last_pulse_ms.is_some_and(|last| !induction || now_ms - last > SAME_TRAIN_MS)
    }

    /// The train is over: the cell's drive answers, and spines that it moved have
    /// their early change restored; `strengths` are what the rule has taken them to.
    pub(crate) fn end_train(&mut self, strengths: impl Iterator<Item = f64>, conditions: &Conditions) {
        self.last_pulse_ms = None;
        for (course, strength) in self.courses.iter_mut().zip(strengths) {
            let moved = (strength - course.train_began).abs() > MOVED;
            let change = if moved { (course.latest - course.before) * self.scale } else { 0.0 };
            course.phase.train(1.0 + change, &self.model.drive, conditions);
        }
    }

    /// A pulse of the induction; `strengths` as in [`Self::end_train`].
    pub(crate) fn pulse(&mut self, now_ms: f64, strengths: impl Iterator<Item = f64>) {
        if self.last_pulse_ms.is_none() {
            for (course, strength) in self.courses.iter_mut().zip(strengths) {
                course.train_began = strength;
            }
        }
        self.last_pulse_ms = Some(now_ms);
    }

    /// Lets `elapsed_ms` pass, at the end of which the rule has taken spine
    /// `index` to `strength`; the strength that is expressed.
    pub(crate) fn pass(&mut self, index: usize, strength: f64, elapsed_ms: f64, conditions: &Conditions) -> f64 {
        let course = &mut self.courses[index];
        course.phase.pass(&self.model.synapse, &self.model.drive, conditions, 1e-3 * elapsed_ms);
        course.phase.early += (strength - course.latest) * self.scale;
        course.latest = strength;
        (course.before + (course.phase.strength() - 1.0) / self.scale).max(0.0)
    }

    /// Means over the spines at the end: early change and late phase (units of
    /// h_0), and protein.
    pub(crate) fn values(&self) -> [MechanismValue; 3] {
        let count = self.courses.len().max(1) as f64;
        let mean = |of: fn(&LatePhase) -> f64| self.courses.iter().map(|course| of(&course.phase)).sum::<f64>() / count;
        [
            ("early change at the end, mean spine", mean(|phase| phase.early)),
            ("late phase at the end, mean spine", mean(|phase| phase.late)),
            ("protein at the end", mean(|phase| phase.protein)),
        ]
        .map(|(name, value)| MechanismValue { name, unit: "1", value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A spine that a rule takes from 1 to `top` within a train, `trains` times
    /// 10 min apart; its strength 1 min and 8 h later.
    fn strengths(trains: u32, top: f64) -> (f64, f64) {
        let conditions = Conditions::default();
        let mut late = Consolidation::new(LatePhaseModel::default(), [1.0].into_iter(), Some(3.5));
        let mut now = 0.0;
        for _ in 0..trains {
            late.pulse(now, [1.0].into_iter());
            late.pass(0, top, 1_000.0, &conditions);
            assert!(late.ends_train(now + 30_000.0, false) && !late.ends_train(now + 30_000.0, true));
            late.end_train([top].into_iter(), &conditions);
            late.pass(0, top, 599_000.0, &conditions);
            now += 600_000.0;
        }
        let early = late.pass(0, top, 60_000.0, &conditions);
        (early, late.pass(0, top, 8.0 * 3.6e6, &conditions))
    }

    #[test]
    fn one_train_fades_and_three_spaced_trains_stay() {
        let (early, late) = strengths(1, 4.5);
        assert!(early > 4.0 && late < 1.2, "{early} {late}");
        let (early, late) = strengths(3, 4.5);
        assert!(early > 4.0 && late > 2.5, "{early} {late}");
    }

    /// Without a span the ratio of the rule is that of the published synapse.
    #[test]
    fn the_scale_is_that_of_the_rule() {
        let bounded = Consolidation::new(LatePhaseModel::default(), [1.0].into_iter(), Some(3.5));
        assert!((bounded.scale * 3.5 - (10.0 / 4.20075 - 1.0)).abs() < 1e-12);
        let free = Consolidation::new(LatePhaseModel::default(), [1.0].into_iter(), None);
        assert_eq!(free.scale, 1.0);
    }
}
