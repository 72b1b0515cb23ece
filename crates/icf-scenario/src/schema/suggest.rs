//! "Did you mean".

use super::Schema;

/// The known word that another was probably meant to be.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Comparing takes the product of both lengths, and no name is as long as this.
    const LONGEST: usize = 100;
    if word.len() > LONGEST {
        return None;
    }
    let lower = word.to_lowercase();
    let (distance, candidate) = known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .min_by_key(|(distance, _)| *distance)?;
    // A third of the word may be wrong: more is another word.
    (distance <= (word.chars().count() / 3).max(1)).then_some(candidate)
}

/// What words of other tools and papers are called here.
const ALSO: &[(&str, &str)] = &[
    ("jenks", "natural-breaks"),
    ("fisher-jenks", "natural-breaks"),
    ("exponential", "log-linear"),
    ("linear", "log-linear"),
    ("ols", "log-linear"),
    ("growth", "rate"),
    ("sen", "theil-sen"),
    ("triangle", "triangular"),
    ("gaussian", "normal"),
    ("national", "nation"),
    ("china", "nation"),
    ("province", "region"),
    ("provinces", "regions"),
    ("excel", "xlsx"),
    ("chinese", "zh"),
    ("中文", "zh"),
    ("english", "en"),
];

/// A hint for a word that is not among those known: the one that it was meant to be, or else the choice.
#[must_use]
pub fn suggest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    const MOST: usize = 12;
    let known: Vec<&str> = known.into_iter().collect();
    let also = ALSO.iter().find(|(other, _)| *other == word.to_lowercase()).map(|(_, name)| *name);
    let also = also.filter(|name| known.contains(name));
    if let Some(meant) = also.or_else(|| nearest(word, known.iter().copied())) {
        return format!("did you mean `{meant}`?");
    }
    let choice: Vec<_> = known.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    match choice.as_slice() {
        [] => "there are none".to_owned(),
        [only] => format!("the only one is {only}"),
        _ if known.len() > MOST => format!("known are {}, …", choice.join(", ")),
        _ => format!("known are {}", choice.join(", ")),
    }
}

/// The top-level key that a key stands for: itself, or what a slip of the finger is taken for.
pub(crate) fn meant(key: &str) -> &str {
    let known: Vec<&str> = Schema::scenario().property_names().collect();
    if known.contains(&key) { key } else { nearest(key, known).unwrap_or(key) }
}

/// ` in `key`` for a message, or nothing at the top level.
pub(crate) fn within(key: &str) -> String {
    if key.is_empty() { String::new() } else { format!(" in `{key}`") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, known: &[&str], expect: &str) {
        assert_eq!(suggest(word, known.iter().copied()), expect);
    }

    #[test]
    fn a_slip_of_the_finger_is_named() {
        check("horzion", &["emissions", "horizon"], "did you mean `horizon`?");
        check("guangdong", &["Guangdong", "Guangxi"], "did you mean `Guangdong`?");
        check("440001", &["440000", "450000"], "did you mean `440000`?");
        check("Q", &["P", "R"], "did you mean `P`?");
        check("Atlantis", &["Anhui", "Beijing"], "known are `Anhui`, `Beijing`");
        check("colour", &["split"], "the only one is `split`");
        check("x", &[], "there are none");
    }
}
