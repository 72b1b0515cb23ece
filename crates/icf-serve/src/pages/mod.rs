//! The pages, one file each.

pub(crate) mod asset;
pub(crate) mod compare;
pub(crate) mod edit;
pub(crate) mod file;
pub(crate) mod job;
pub(crate) mod language;
pub(crate) mod list;
pub(crate) mod run;
pub(crate) mod show;

use std::time::{SystemTime, UNIX_EPOCH};

use icf_report::{Language, say};
use icf_results::{Summary, ThresholdStanding};

/// A mass in millions of its unit, with three significant digits.
fn millions(value: Option<f64>) -> String {
    let Some(value) = value.map(|value| value / 1e6) else { return "–".to_owned() };
    let decimals = match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        _ => 2,
    };
    format!("{value:.decimals$}").replace('-', "−")
}

/// A time as `2026-11-25 16:04` in universal time.
fn minute(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // The calendar repeats after 400 years of 146,097 days; the year begins in March, so that the odd day comes last.
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year + 400 * era + u64::from(month <= 2);
    format!("{year}-{month:02}-{day:02} {:02}:{:02}", rest / 3_600, rest / 60 % 60)
}

/// When something is crossed, as summaries say it, in a language.
fn when(word: &str, language: Language) -> &str {
    match word {
        "already" => language.of("already", "已出现"),
        "never" => language.of("never", "未出现"),
        "unknown" => language.of("unknown", "未知"),
        year => year,
    }
}

/// Whether a run knows emissions and sink of any region, so that it could be in deficit.
fn has_balance(summary: &Summary) -> bool {
    summary.regional.iter().any(|region| region.balance_horizon.is_some() || region.deficit_horizon.is_some())
}

/// How many thresholds of the nation are crossed, and which with the year.
fn crossed(summary: &Summary, language: Language) -> (usize, String) {
    let held: Vec<_> = summary.thresholds.iter().filter(|held| held.scope == "nation").collect();
    let is_crossed = |held: &&&ThresholdStanding| held.already == Some(true) || held.first_year.is_some();
    let crossed: Vec<String> = held
        .iter()
        .filter(is_crossed)
        .map(|held| format!("{} {}", held.threshold, when(&held.words(), language)))
        .collect();
    let words = match (held.len(), crossed.len()) {
        (0, _) => "–".to_owned(),
        (all, 0) => say!(language, "none of {all}", "{all} 项均未突破"),
        _ => crossed.join(language.of(", ", "，")),
    };
    (crossed.len(), words)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[track_caller]
    fn check(seconds: u64, expected: &str) {
        assert_eq!(minute(UNIX_EPOCH + Duration::from_secs(seconds)), expected);
    }

    #[test]
    fn times_are_those_of_the_calendar() {
        check(0, "1970-01-01 00:00");
        check(951_782_399, "2000-02-28 23:59");
        check(951_782_400, "2000-02-29 00:00");
        check(951_868_800, "2000-03-01 00:00");
        check(1_735_689_599, "2024-12-31 23:59");
        check(4_107_542_400, "2100-03-01 00:00");
    }

    #[test]
    fn masses_have_three_digits() {
        assert_eq!(millions(Some(802.4e6)), "802");
        assert_eq!(millions(Some(-48.04e6)), "−48.0");
        assert_eq!(millions(Some(1.5e6)), "1.50");
        assert_eq!(millions(None), "–");
    }
}
