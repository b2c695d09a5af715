//! How far work is, how fast it goes, how long it still takes.

use std::time::Duration;

/// Steps of some work.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// All steps.
    pub steps: usize,
    /// Those that are done, with the kept ones.
    pub done: usize,
    /// Those that an earlier run had done; they say nothing on the pace.
    pub kept: usize,
    /// What comes after the last step, as a share of what all steps take.
    pub later: f64,
    /// The same for what takes as long whatever the work is, s.
    pub later_s: f64,
}

impl Pace {
    /// Work of so many steps, of which some were done before.
    pub fn new(steps: usize, kept: usize) -> Self {
        Self { steps, done: kept, kept, later: 0.0, later_s: 0.0 }
    }

    /// How many of `all` equal parts are done.
    pub fn parts(&self, all: usize) -> usize {
        self.done.min(self.steps) * all / self.steps.max(1)
    }

    /// Steps each second; `None` before the first.
    fn per_second(&self, elapsed: Duration) -> Option<f64> {
        let done = self.done.saturating_sub(self.kept);
        (done > 0 && !elapsed.is_zero()).then(|| done as f64 / elapsed.as_secs_f64())
    }

    /// The pace in words: two digits, in a unit of time in which they are above one.
    pub fn rate(&self, elapsed: Duration) -> Option<String> {
        let per_second = self.per_second(elapsed)?;
        let units = [(1.0, "s"), (60.0, "min"), (3_600.0, "h")];
        let (factor, unit) = units.into_iter().find(|(factor, _)| per_second * factor >= 1.0).unwrap_or(units[2]);
        let value = per_second * factor;
        Some(if value < 9.95 { format!("{value:.1} per {unit}") } else { format!("{value:.0} per {unit}") })
    }

    /// Time that the rest takes at this pace, with what comes after it, s.
    pub fn left(&self, elapsed: Duration) -> Option<f64> {
        let step_s = 1.0 / self.per_second(elapsed)?;
        let rest = self.steps.saturating_sub(self.done) as f64;
        Some(step_s * (rest + self.later * self.steps as f64) + self.later_s)
    }
}

/// A time that is left, in words, s.
pub fn left_in_words(seconds: f64) -> String {
    match seconds {
        s if s < 1.5 => "about 1 s left".to_owned(),
        s if s < 180.0 => format!("about {} s left", rounded(s)),
        s if s < 10_800.0 => format!("about {:.0} min left", s / 60.0),
        s => format!("about {:.1} h left", s / 3_600.0),
    }
}

/// Seconds with two digits.
fn rounded(seconds: f64) -> f64 {
    if seconds < 100.0 { seconds.round() } else { 10.0 * (seconds / 10.0).round() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pace_and_rest_count_what_this_run_has_done() {
        let mut pace = Pace::new(100, 60);
        assert_eq!(pace.left(Duration::from_secs(10)), None);
        pace.done = 70;
        assert_eq!(pace.left(Duration::from_secs(5)), Some(15.0));
        pace.later = 0.1;
        pace.later_s = 2.0;
        assert_eq!(pace.left(Duration::from_secs(5)), Some(22.0));
        assert_eq!(pace.parts(20), 14);
    }

    #[test]
    fn rates_have_two_digits_in_a_unit_that_suits_them() {
        let rate = |done: usize, seconds| {
            let pace = Pace { done, ..Pace::new(10_000, 0) };
            pace.rate(Duration::from_secs(seconds))
        };
        assert_eq!(rate(1234, 100).as_deref(), Some("12 per s"));
        assert_eq!(rate(33, 10).as_deref(), Some("3.3 per s"));
        assert_eq!(rate(1, 85).as_deref(), Some("42 per h"));
        assert_eq!(rate(10, 85).as_deref(), Some("7.1 per min"));
        assert_eq!(rate(0, 85), None);
        let words: Vec<String> = [0.2, 28.4, 244.0, 7_000.0, 20_000.0].into_iter().map(left_in_words).collect();
        assert_eq!(
            words.join(", "),
            "about 1 s left, about 28 s left, about 4 min left, about 117 min left, about 5.6 h left"
        );
    }
}
