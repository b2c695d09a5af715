//! Where the time of a run went, as one table.

use crate::output::columns;
use std::time::{Duration, Instant};

/// Steps of a run with their times.
#[derive(Default)]
pub struct Profile {
    rows: Vec<(&'static str, &'static str, Duration)>,
}

impl Profile {
    /// Adds a step whose time was taken elsewhere; `what` says how.
    pub fn add(&mut self, step: &'static str, what: &'static str, time: Duration) {
        self.rows.push((step, what, time));
    }

    /// Does a step and takes its time.
    pub fn time<T>(&mut self, step: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.add(step, "wall", start.elapsed());
        result
    }

    /// The table. Shares are of the sum of all steps.
    pub fn table(&self) -> String {
        let total: f64 = self.rows.iter().map(|(_, _, time)| time.as_secs_f64()).sum();
        let share = |seconds: f64| if total > 0.0 { 100.0 * seconds / total } else { 0.0 };
        let mut rows = vec![["step", "time", "share", "measured as"].map(str::to_owned)];
        for (step, what, time) in &self.rows {
            let seconds = time.as_secs_f64();
            rows.push([
                (*step).to_owned(),
                format!("{seconds:8.3} s"),
                format!("{:5.1} %", share(seconds)),
                (*what).to_owned(),
            ]);
        }
        rows.push(["sum".to_owned(), format!("{total:8.3} s"), String::new(), String::new()]);
        columns(&rows)
    }
}
