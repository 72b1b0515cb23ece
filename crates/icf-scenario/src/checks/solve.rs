//! Questions that are asked backwards.

use icf_diagnostics::{Diagnostic, Severity};

use crate::schema::suggest;
use crate::{Loaded, Percent, Question, Threshold, ThresholdKind, Turned, Uncertainty};

/// Each question with the key at which it stands.
fn questions(loaded: &Loaded) -> impl Iterator<Item = (String, &Question)> {
    let questions = loaded.scenario().solve.iter().enumerate();
    questions.map(|(index, question)| (format!("solve[{index}]"), question))
}

fn threshold<'a>(loaded: &'a Loaded, question: &Question) -> Option<&'a Threshold> {
    loaded.scenario().thresholds.iter().find(|threshold| threshold.name == question.threshold)
}

pub(super) fn thresholds_are_known(loaded: &Loaded) -> Vec<Diagnostic> {
    // What is wrong with a threshold is told where it stands.
    let names = loaded.writes_of_items("thresholds", "name");
    let unknown = questions(loaded).filter(|(_, question)| !names.contains(&question.threshold.as_str()));
    unknown
        .map(|(at, question)| {
            let message = format!("there is no threshold `{}`", question.threshold);
            let mistake = loaded.diagnose(&format!("{at}.threshold"), "unknown-threshold", message);
            mistake.hint(suggest(&question.threshold, names.iter().copied()))
        })
        .collect()
}

pub(super) fn years_are_projected(loaded: &Loaded) -> Vec<Diagnostic> {
    let scenario = loaded.scenario();
    let (last, horizon) = (scenario.years.last, scenario.projection.horizon);
    let mut mistakes = Vec::new();
    for (at, question) in questions(loaded) {
        let year = question.until;
        let (message, hint) = if year <= last {
            (
                format!("{year} is no projected year: the history ends in {last}"),
                format!("a year from {} to {horizon}", last.next()),
            )
        } else if year > horizon {
            (
                format!("{year} is beyond the horizon, {horizon}"),
                format!("a year up to {horizon}, or a later `projection.horizon`"),
            )
        } else {
            continue;
        };
        mistakes.push(loaded.diagnose(&format!("{at}.until"), "year-not-projected", message).hint(hint));
    }
    mistakes
}

/// Each way of turning has its own keys, and what is turned can move the threshold.
pub(super) fn keys_fit_what_is_turned(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    for (at, question) in questions(loaded) {
        let mut mistake = |key: &str, code, message: String, hint: String| {
            mistakes.push(loaded.diagnose(&format!("{at}.{key}"), code, message).hint(hint));
        };
        for (key, is_there, of, name) in [
            ("class", question.class.is_some(), Turned::SinkArea, "sink-area"),
            ("key", question.key.is_some(), Turned::Key, "key"),
            ("between", question.between.is_some(), Turned::Key, "key"),
        ] {
            match (is_there, question.by == of) {
                (true, false) => {
                    let message = format!("`{key}` belongs to `by: {name}`");
                    mistake(key, "key-unused", message, format!("leave out `{key}`, or write `by: {name}`"));
                }
                (false, true) => {
                    let example = match key {
                        "class" => "class: forest",
                        "key" => "key: projection.sink.rate",
                        _ => "between: [-2 %/yr, 0 %/yr]",
                    };
                    mistake(
                        "by",
                        "missing-key",
                        format!("`by: {name}` needs `{key}`"),
                        format!("write `{example}`"),
                    );
                }
                _ => {}
            }
        }
    }
    mistakes
}

/// A class of which there is more is one of the scenario's, and can move the threshold.
pub(super) fn classes_fit(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    for (at, question) in questions(loaded).filter(|(_, question)| question.by == Turned::SinkArea) {
        let Some(class) = &question.class else { continue };
        let classes = &loaded.scenario().land.classes;
        if !classes.contains_key(class) {
            let message = format!("the scenario has no land class `{class}`");
            let mistake = loaded.diagnose(&format!("{at}.class"), "unknown-class", message);
            mistakes.push(mistake.hint(suggest(class, classes.keys().map(String::as_str))));
        }
        let moves =
            |threshold: &Threshold| matches!(threshold.kind, ThresholdKind::Capacity | ThresholdKind::Depth);
        if threshold(loaded, question).is_some_and(|threshold| !moves(threshold)) {
            let message = format!("more sink does not keep the threshold `{}` uncrossed", question.threshold);
            let mistake = loaded.diagnose(&format!("{at}.by"), "turns-nothing", message);
            let hint = "ask it of a threshold of the kind `capacity` or `depth`, or turn something else";
            mistakes.push(mistake.hint(hint));
        }
    }
    mistakes
}

/// Bounds are in order, and the key takes any number between them.
pub(super) fn keys_take_numbers(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    // What is wrong without turning anything is told where it stands.
    let turns = questions(loaded).any(|(_, question)| question.by == Turned::Key);
    let there: Vec<Diagnostic> = match turns {
        true => loaded.with("solve", "solve", &[]).err().into_iter().flatten().collect(),
        false => vec![],
    };
    for (at, question) in questions(loaded) {
        let (Some(key), Some([from, to]), Turned::Key) = (&question.key, &question.between, question.by)
        else {
            continue;
        };
        let place = format!("{at}.between");
        if from.unit() != to.unit() {
            let message = format!("the bounds have two units, `{}` and `{}`", from.unit(), to.unit());
            mistakes.push(loaded.diagnose(&place, "bounds", message).hint("give both the same unit"));
        } else if from.number() >= to.number() {
            let message = format!("the bounds are not in order: {from} is not below {to}");
            mistakes.push(loaded.diagnose(&place, "bounds", message).hint("the smaller one first"));
        } else {
            // Not the middle: a key of whole numbers might take that.
            const SHARE: f64 = 0.381_966;
            let (least, greatest) = (from.number(), to.number());
            let tried = [least, greatest, least + SHARE * (greatest - least)];
            let place = format!("{at}.key");
            let refused = tried
                .into_iter()
                .map(|number| loaded.made_by(&there, &place, "solve", &[(key, from.with(number))]))
                .find(|made| !made.is_empty());
            let refused = refused.into_iter().flatten();
            mistakes.extend(refused.map(|mistake| match mistake.code {
                "unknown-key" | "bad-quantity" => mistake,
                _ => mistake.hint(WHAT_CAN_BE_TURNED),
            }));
        }
    }
    mistakes
}

const WHAT_CAN_BE_TURNED: &str =
    "`icf list levers` has the keys that hold a number; the unit is that of the key";

/// A probability lies between never and always, and needs draws, which leave alone what is turned.
pub(super) fn probabilities_are_drawn(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    for (at, question) in questions(loaded) {
        let Some(probability) = question.probability else { continue };
        let place = format!("{at}.probability");
        if probability.fraction() <= 0.0 || probability.fraction() >= 1.0 {
            let message = format!("{probability} is never or always: draws cannot say so");
            mistakes
                .push(loaded.diagnose(&place, "range", message).hint("between 0 % and 100 %, e.g. `90 %`"));
        }
        // Errors of the figures that go in are drawn for the history alone.
        let drawn = loaded.scenario().uncertainty.as_ref().filter(|drawn| !drawn.inputs.is_empty());
        let Some(uncertainty) = drawn else {
            let message = "a probability is asked for, and nothing is drawn".to_owned();
            let hint = "add `uncertainty` with its `inputs`, or leave out `probability`";
            mistakes.push(loaded.diagnose(&place, "needs-draws", message).hint(hint));
            continue;
        };
        if let Some(mistake) = too_fine(loaded, &place, probability, uncertainty) {
            mistakes.push(mistake);
        }
        if let Some(key) = question.key.as_ref().filter(|key| uncertainty.inputs.contains_key(*key)) {
            let message = format!("`{key}` is drawn by `uncertainty`, and cannot be turned as well");
            let hint = "turn another key, or take it out of `uncertainty.inputs`";
            mistakes.push(loaded.diagnose(&format!("{at}.key"), "drawn", message).hint(hint));
        }
    }
    mistakes
}

/// Draws that are to be met on the rarer side of what is asked for, so that a few more or less do not decide the answer: of ten
/// the standard error is about three.
const RARER: f64 = 10.0;

/// Says so where too few draws lie on the rarer side of the probability.
fn too_fine(
    loaded: &Loaded,
    place: &str,
    probability: Percent,
    uncertainty: &Uncertainty,
) -> Option<Diagnostic> {
    let share = probability.fraction();
    let rarer = share.min(1.0 - share);
    let draws = uncertainty.draws;
    #[expect(clippy::cast_precision_loss, reason = "draws are at most 10⁸")]
    let met = draws as f64 * rarer;
    // A share such as 90 % is not exact in binary, and one of a thousand draws more or less is no matter.
    if rarer <= 0.0 || met >= RARER * (1.0 - 1e-9) {
        return None;
    }
    let side = if share > 0.5 { "may cross" } else { "keep clear of" };
    let message =
        format!("{probability} is finer than {draws} draws can tell: {met:.2} of them {side} the threshold");
    let enough = (RARER / rarer * (1.0 - 1e-9)).ceil();
    let mistake = loaded.diagnose(place, "few-draws", message);
    let mistake = mistake.hint(format!("write `draws: {enough}` in `uncertainty`, so that {RARER} do"));
    Some(Diagnostic { severity: Severity::Warning, ..mistake })
}
