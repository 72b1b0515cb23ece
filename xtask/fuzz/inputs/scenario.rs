//! Any text is a scenario that survives being written, or has a mistake.

use icf_scenario::{load_str, to_yaml};

pub(crate) fn hold(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
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
