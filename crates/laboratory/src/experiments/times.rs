//! Where the time of a run went.

use std::fmt::Write;
use std::time::{Duration, Instant};

/// Steps of a run with their wall times.
#[derive(Clone, Debug, Default)]
pub struct Times {
    rows: Vec<(&'static str, Duration)>,
}

impl Times {
    /// Adds a step whose wall time was taken elsewhere.
    pub(crate) fn add(&mut self, step: &'static str, time: Duration) {
        self.rows.push((step, time));
    }

    /// Adds steps that went on side by side in several threads: the wall time of
    /// all is shared out in proportion to the time that the threads spent on each.
    pub(crate) fn add_together(&mut self, wall: Duration, steps: &[(&'static str, Duration)]) {
        let all: f64 = steps.iter().map(|(_, time)| time.as_secs_f64()).sum();
        let part = |time: &Duration| if all > 0.0 { time.as_secs_f64() / all } else { 0.0 };
        self.rows.extend(steps.iter().map(|(step, time)| (*step, wall.mul_f64(part(time)))));
    }

    /// Does a step and takes its time.
    pub(crate) fn time<T>(&mut self, step: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.add(step, start.elapsed());
        result
    }

    /// A table for people: wall time of each step, s, and its share, %.
    pub fn table(&self) -> String {
        let total: f64 = self.rows.iter().map(|(_, time)| time.as_secs_f64()).sum();
        let share = |seconds: f64| if total > 0.0 { 100.0 * seconds / total } else { 0.0 };
        let row = |step: &str, seconds: f64| {
            [step.to_owned(), format!("{seconds:8.3} s"), format!("{:5.1} %", share(seconds))]
        };
        let mut rows = vec![["step", "wall time", "share"].map(str::to_owned)];
        rows.extend(self.rows.iter().map(|(step, time)| row(step, time.as_secs_f64())));
        rows.push(row("sum", total));
        let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
        let (steps, times) = (width(0), width(1));
        let mut table = String::new();
        for [step, time, share] in &rows {
            let _ = writeln!(table, "{step:<steps$}  {time:<times$}  {share}");
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_side_by_side_share_the_wall_time() {
        let mut times = Times::default();
        let seconds = Duration::from_secs;
        times.add_together(seconds(10), &[("simulate", seconds(15)), ("store", seconds(5))]);
        times.add("draw", seconds(10));
        let table = times.table();
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines[0], "step      wall time   share");
        assert_eq!(lines[1], "simulate     7.500 s   37.5 %");
        assert_eq!(lines[2], "store        2.500 s   12.5 %");
        assert_eq!(lines[4], "sum         20.000 s  100.0 %");
    }
}
