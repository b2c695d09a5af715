//! Time that a thread has spent computing, and wall time.

use std::time::{Duration, Instant};

/// Started with a task, read at its end.
pub struct Clock {
    wall: Instant,
    computed: Option<Duration>,
}

impl Clock {
    /// Starts now, for the present thread.
    pub fn start() -> Self {
        Self { wall: Instant::now(), computed: computed() }
    }

    /// Wall time since the start.
    pub fn wall(&self) -> Duration {
        self.wall.elapsed()
    }

    /// Time that this thread has spent on a processor since the start; `None`
    /// where the system does not tell (it does on Linux).
    pub fn cpu(&self) -> Option<Duration> {
        Some(computed()?.saturating_sub(self.computed?))
    }

    /// Computing time if it is known, else wall time, s.
    pub fn seconds(&self) -> f64 {
        self.cpu().unwrap_or_else(|| self.wall()).as_secs_f64()
    }
}

/// Time of the present thread on a processor: the first number of `schedstat`.
fn computed() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sleeping_is_not_computing() {
        let clock = Clock::start();
        std::thread::sleep(Duration::from_millis(60));
        assert!(clock.wall() >= Duration::from_millis(60));
        assert!(clock.cpu().is_none_or(|cpu| cpu < Duration::from_millis(40)));
    }
}
