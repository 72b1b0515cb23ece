//! How far the reading of rasters is, and how long it will take.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How often a terminal is told, and how often a file.
const OFTEN: Duration = Duration::from_millis(200);
const SELDOM: Duration = Duration::from_secs(30);

/// Says on standard error how many cells are done.
pub(in crate::commands) struct Progress {
    total: u64,
    start: Instant,
    is_terminal: bool,
    is_quiet: bool,
    state: Mutex<State>,
}

struct State {
    done: u64,
    told: Instant,
    is_open: bool,
}

impl Progress {
    pub(in crate::commands) fn new(total: u64, is_quiet: bool) -> Self {
        let start = Instant::now();
        let state = Mutex::new(State { done: 0, told: start, is_open: false });
        Self { total, start, is_terminal: std::io::stderr().is_terminal(), is_quiet, state }
    }

    /// More cells are done.
    pub(in crate::commands) fn add(&self, cells: u64) {
        let mut state = self.state.lock().expect("nothing panics while it is held");
        state.done += cells;
        let pause = if self.is_terminal { OFTEN } else { SELDOM };
        let is_last = state.done >= self.total;
        let is_due = state.told.elapsed() >= pause || (is_last && state.is_open);
        if self.is_quiet || !is_due {
            return;
        }
        state.told = Instant::now();
        state.is_open = !is_last;
        let text = said(state.done, self.total, self.start.elapsed());
        let line = match (self.is_terminal, is_last) {
            (true, false) => format!("\r\x1b[Kicf: {text}"),
            (true, true) => "\r\x1b[K".to_owned(),
            (false, _) => format!("icf: {text}\n"),
        };
        // Progress that nobody can be told is no reason to stop.
        let _ = std::io::stderr().write_all(line.as_bytes());
    }
}

/// Share of the cells, speed, and the time that the rest will take at that speed.
fn said(done: u64, total: u64, elapsed: Duration) -> String {
    let share = done as f64 / total.max(1) as f64;
    let speed = done as f64 / elapsed.as_secs_f64().max(1e-3) / 1e6;
    let left = elapsed.as_secs_f64() * (1.0 / share.max(1e-9) - 1.0);
    format!(
        "{:.0} % of {:.0} million cells, {speed:.0} million a second, {} left",
        share * 100.0,
        total as f64 / 1e6,
        time(left)
    )
}

fn time(seconds: f64) -> String {
    match seconds {
        seconds if seconds < 90.0 => format!("{seconds:.0} s"),
        seconds if seconds < 5400.0 => format!("{:.0} min", seconds / 60.0),
        seconds => format!("{:.1} h", seconds / 3600.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_goes_by_the_speed_so_far() {
        let text = said(25_000_000, 100_000_000, Duration::from_secs(10));
        assert_eq!(text, "25 % of 100 million cells, 2 million a second, 30 s left");
        assert!(said(1, 1000, Duration::from_secs(60)).ends_with("16.6 h left"));
        assert!(said(10, 100, Duration::from_secs(60)).ends_with("9 min left"));
    }
}
