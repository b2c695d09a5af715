//! When every stimulus pulse of a recording falls.
//!
//! Test pulses stand in the middle of their interval: with one every 20 s the
//! first falls at 10 s, so 20 min of baseline hold 60 of them, none falls
//! together with the induction, and none lies on the edge of a window. The
//! induction begins at the end of the wash-in; the follow-up runs from its
//! last pulse.

use crate::plan::course::Course;
use crate::plan::protocol::Induction;
use recording::Phase;
use synapse::{Pulse, PulseKind};

/// The pulses of one recording and the borders between its phases; times in
/// ms since the start of the recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// All pulses, ascending.
    pub pulses: Vec<Pulse>,
    /// End of the drug-free baseline: the drug is switched on.
    pub wash_in_ms: f64,
    /// Start of the induction.
    pub induction_ms: f64,
    /// Last pulse of the induction.
    pub induction_end_ms: f64,
    /// End of the recording.
    pub end_ms: f64,
}

impl Schedule {
    /// The schedule of one induction protocol.
    pub fn new(course: &Course, induction: &Induction) -> Self {
        let interval_ms = course.test_interval.ms();
        let wash_in_ms = course.baseline.ms();
        let induction_ms = wash_in_ms + course.wash_in.ms();
        let induction_end_ms = induction_ms + induction.duration_ms();
        let end_ms = induction_end_ms + course.follow_up.ms();

        let mut pulses = Vec::new();
        test_pulses(&mut pulses, 0.0, induction_ms, interval_ms);
        pulses.extend(
            induction
                .pulses_ms()
                .into_iter()
                .map(|t_ms| Pulse { t_ms: induction_ms + t_ms, kind: PulseKind::Induction }),
        );
        test_pulses(&mut pulses, induction_end_ms, end_ms, interval_ms);
        let post = induction.post_ms().into_iter().map(|t_ms| induction_ms + t_ms);
        pulses.extend(post.map(|t_ms| Pulse { t_ms, kind: PulseKind::PostSpike }));
        // The sort is stable: a pulse stays before a spike at the same time.
        pulses.sort_by(|one, other| one.t_ms.total_cmp(&other.t_ms));
        Self { pulses, wash_in_ms, induction_ms, induction_end_ms, end_ms }
    }

    /// The phase that a pulse belongs to.
    pub fn phase(&self, t_ms: f64, kind: PulseKind) -> Phase {
        match kind {
            PulseKind::Induction | PulseKind::PostSpike => Phase::Induction,
            PulseKind::Test if t_ms < self.wash_in_ms => Phase::Baseline,
            PulseKind::Test if t_ms < self.induction_ms => Phase::WashIn,
            PulseKind::Test => Phase::FollowUp,
        }
    }

    /// Number of test pulses.
    pub fn test_pulses(&self) -> usize {
        self.pulses.iter().filter(|pulse| pulse.kind == PulseKind::Test).count()
    }
}

/// Adds test pulses at from + (k + ½) · interval up to `to`, ms.
fn test_pulses(pulses: &mut Vec<Pulse>, from_ms: f64, to_ms: f64, interval_ms: f64) {
    let mut number = 0_u32;
    loop {
        let t_ms = from_ms + (f64::from(number) + 0.5) * interval_ms;
        if t_ms >= to_ms {
            return;
        }
        pulses.push(Pulse { t_ms, kind: PulseKind::Test });
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::presets::presets;
    use quantity::Time;

    fn usual() -> Course {
        Course {
            baseline: Time::from_min(20.0),
            wash_in: Time::from_min(15.0),
            follow_up: Time::from_min(60.0),
            test_interval: Time::from_s(20.0),
            wash_out: false,
        }
    }

    fn schedule(name: &str) -> Schedule {
        let preset = presets().into_iter().find(|preset| preset.name == name).expect("preset");
        Schedule::new(&usual(), &preset)
    }

    #[test]
    fn the_usual_course_has_60_45_and_180_test_pulses() {
        let schedule = schedule("hfs-2x100");
        let count = |phase| {
            let of_phase = |pulse: &&Pulse| schedule.phase(pulse.t_ms, pulse.kind) == phase;
            schedule.pulses.iter().filter(of_phase).count()
        };
        assert_eq!(count(Phase::Baseline), 60);
        assert_eq!(count(Phase::WashIn), 45);
        assert_eq!(count(Phase::Induction), 200);
        assert_eq!(count(Phase::FollowUp), 180);
        assert_eq!(schedule.test_pulses(), 285);
    }

    #[test]
    fn pulses_ascend_and_the_induction_begins_when_the_wash_in_ends() {
        for preset in presets() {
            let schedule = Schedule::new(&usual(), &preset);
            assert!(schedule.pulses.windows(2).all(|pair| pair[0].t_ms < pair[1].t_ms), "{}", preset.name);
            assert_eq!(schedule.induction_ms, 35.0 * 60_000.0);
        }
    }

    #[test]
    fn the_follow_up_runs_from_the_last_pulse_of_the_induction() {
        let schedule = schedule("lfs-900");
        assert_eq!(schedule.induction_end_ms, 35.0 * 60_000.0 + 899_000.0);
        assert_eq!(schedule.end_ms, schedule.induction_end_ms + 3_600_000.0);
    }
}
