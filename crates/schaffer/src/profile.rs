//! Where the time of a run went, as one table.

use crate::output::columns;
use std::time::{Duration, Instant};

/// Steps of a run with their times.
#[derive(Default)]
pub struct Profile {
    rows: Vec<(&'static str, Duration)>,
}

impl Profile {
    /// Adds a step whose wall time was taken elsewhere.
    pub fn add(&mut self, step: &'static str, time: Duration) {
        self.rows.push((step, time));
    }

    /// Adds steps that went on side by side in several threads: the wall time of
    /// all is shared out in proportion to the time that the threads spent on each.
    pub fn add_together(&mut self, wall: Duration, steps: &[(&'static str, Duration)]) {
        let all: f64 = steps.iter().map(|(_, time)| time.as_secs_f64()).sum();
        let part = |time: &Duration| if all > 0.0 { time.as_secs_f64() / all } else { 0.0 };
        self.rows.extend(steps.iter().map(|(step, time)| (*step, wall.mul_f64(part(time)))));
    }

    /// Does a step and takes its time.
    pub fn time<T>(&mut self, step: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.add(step, start.elapsed());
        result
    }

    /// The table: wall time and share of each step.
    pub fn table(&self) -> String {
        let total: f64 = self.rows.iter().map(|(_, time)| time.as_secs_f64()).sum();
        let share = |seconds: f64| if total > 0.0 { 100.0 * seconds / total } else { 0.0 };
        let row = |step: &str, seconds: f64| {
            [step.to_owned(), format!("{seconds:8.3} s"), format!("{:5.1} %", share(seconds))]
        };
        let mut rows = vec![["step", "wall time", "share"].map(str::to_owned)];
        rows.extend(self.rows.iter().map(|(step, time)| row(step, time.as_secs_f64())));
        rows.push(row("sum", total));
        columns(&rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_side_by_side_share_the_wall_time() {
        let mut profile = Profile::default();
        let seconds = Duration::from_secs;
        profile.add_together(seconds(10), &[("simulate", seconds(15)), ("store", seconds(5))]);
        profile.add("draw", seconds(10));
        let table = profile.table();
        let lines: Vec<&str> = table.lines().map(str::trim_end).collect();
        assert_eq!(lines[1], "simulate     7.500 s   37.5 %");
        assert_eq!(lines[2], "store        2.500 s   12.5 %");
        assert_eq!(lines[4], "sum         20.000 s  100.0 %");
    }
}
