//! Whatever a file holds, the answer is a scenario or a list of mistakes.

use icf_scenario::{load_str, to_yaml};
use proptest::prelude::*;

const BASELINE: &str = include_str!("../../../scenarios/baseline.yaml");

/// A scenario that is accepted can be written and read again; anything else has at least one mistake.
fn check(text: &str) {
    match load_str("s.yaml", text, None) {
        Ok(loaded) => {
            let written = to_yaml(loaded.scenario());
            let again =
                load_str("s.yaml", &written, None).unwrap_or_else(|mistakes| panic!("{mistakes}\n{written}"));
            assert_eq!(again.scenario(), loaded.scenario());
        }
        Err(mistakes) => assert!(mistakes.has_errors()),
    }
}

/// Snippets that mean something in YAML or in the language, so that chance comes further than with letters.
const SNIPPETS: &[&str] = &[
    "",
    " ",
    "\n",
    "\n  ",
    "\t",
    ": ",
    "- ",
    "? ",
    "{",
    "}",
    "[",
    "]",
    ", ",
    "#",
    "&a ",
    "*a",
    "<<: ",
    "!t ",
    "!!str ",
    "|\n",
    ">-\n",
    "'",
    "\"",
    "\\",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "~",
    "null",
    ".nan",
    ".inf",
    "-1",
    "0",
    "1e999",
    "2.5",
    "yes",
    "name",
    "extends: ",
    "x-",
    "years",
    "model: ",
    "path",
    "points: {2025: 5 %}",
    "rate",
    "%/yr",
    "tC",
    "−",
    "é",
    "\u{feff}",
    "\r",
];

proptest! {
    #[test]
    fn on_any_text(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn on_any_characters(text in proptest::collection::vec(any::<char>(), 0..100)) {
        check(&text.into_iter().collect::<String>());
    }

    #[test]
    fn on_any_snippets(picks in proptest::collection::vec(0..SNIPPETS.len(), 0..60)) {
        check(&picks.into_iter().map(|pick| SNIPPETS[pick]).collect::<String>());
    }

    /// The baseline with a stretch of it replaced.
    #[test]
    fn on_a_damaged_scenario(at in 0.0..1.0_f64, cut in 0..40_usize, pick in 0..SNIPPETS.len()) {
        let characters: Vec<char> = BASELINE.chars().collect();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in the text")]
        let start = (at * characters.len() as f64) as usize;
        let end = (start + cut).min(characters.len());
        let text: String =
            characters[..start].iter().copied().chain(SNIPPETS[pick].chars()).chain(characters[end..].iter().copied()).collect();
        check(&text);
    }
}
