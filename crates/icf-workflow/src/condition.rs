//! Conditions that must not hold: `nation.deficit_year < 2030`, `Ningxia.depth-1.5.margin < 0`.

use icf_diagnostics::{Diagnostic, Diagnostics};
use icf_results::{Summary, ThresholdStanding};
use icf_runner::Cache;
use icf_scenario::{Amount, Declared, Family, Known, Loaded, MemberKind, Scope, suggest};

/// A condition on one figure of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    text: String,
    subject: String,
    figure: Figure,
    operator: Operator,
    value: Value,
}

#[derive(Clone, Debug, PartialEq)]
enum Figure {
    DeficitYear,
    Depth,
    Quadrant,
    FirstYear(String),
    Margin(String),
    Overshoot(String),
    Probability(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
}

#[derive(Clone, Debug, PartialEq)]
enum Value {
    Number(f64),
    /// With the unit that the figure must have.
    Measured(Amount),
    Text(String),
}

/// As they are written.
const QUADRANTS: [&str; 4] = ["I", "II", "III", "IV"];

/// Longer ones first, so that `<=` is not taken for `<`.
const OPERATORS: [(&str, Operator); 6] = [
    ("<=", Operator::LessOrEqual),
    (">=", Operator::GreaterOrEqual),
    ("==", Operator::Equal),
    ("!=", Operator::NotEqual),
    ("<", Operator::Less),
    (">", Operator::Greater),
];

/// What stands in place of a unit for a calendar year, and for what has none.
const YEAR: &str = "";
const PURE: &str = "(a pure number)";

const GRAMMAR: &str = "write SUBJECT.FIGURE OP VALUE, e.g. `nation.deficit_year < 2030`, `Ningxia.depth > 3`, \
                       `nation.sink-2030.margin < 0`; figures are deficit_year, depth, quadrant, and of a threshold \
                       first_year, margin, overshoot, probability";

/// What is wrong with a text that is no condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoCondition {
    what: String,
}

impl std::fmt::Display for NoCondition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}; {GRAMMAR}", self.what)
    }
}

impl std::str::FromStr for Condition {
    type Err = NoCondition;

    fn from_str(text: &str) -> Result<Self, NoCondition> {
        let wrong = |what: String| NoCondition { what };
        let (place, sign, operator) = OPERATORS
            .iter()
            .filter_map(|(sign, operator)| Some((text.find(sign)?, *sign, *operator)))
            .min_by_key(|(place, sign, _)| (*place, usize::MAX - sign.len()))
            .ok_or_else(|| {
                let wide = text.contains(['＜', '＞', '＝']);
                let of = if wide { ": `＜`, `＞` and `＝` are full-width signs" } else { "" };
                wrong(format!("`{text}` has no operator{of}"))
            })?;
        let (left, right) = (text[..place].trim(), text[place + sign.len()..].trim());
        let (of, figure) = left.rsplit_once('.').ok_or_else(|| wrong(format!("`{left}` names no figure")))?;
        let threshold = || {
            let (subject, name) =
                of.split_once('.').ok_or_else(|| wrong(format!("`{left}` names no threshold")))?;
            Ok::<_, NoCondition>((subject.to_owned(), name.to_owned()))
        };
        let (subject, figure) = match figure {
            "deficit_year" => (of.to_owned(), Figure::DeficitYear),
            "depth" => (of.to_owned(), Figure::Depth),
            "quadrant" => (of.to_owned(), Figure::Quadrant),
            "first_year" => threshold().map(|(subject, name)| (subject, Figure::FirstYear(name)))?,
            "margin" => threshold().map(|(subject, name)| (subject, Figure::Margin(name)))?,
            "overshoot" => threshold().map(|(subject, name)| (subject, Figure::Overshoot(name)))?,
            "probability" => threshold().map(|(subject, name)| (subject, Figure::Probability(name)))?,
            other => {
                const FIGURES: [&str; 7] =
                    ["deficit_year", "depth", "quadrant", "first_year", "margin", "overshoot", "probability"];
                return Err(wrong(match suggest(other, FIGURES) {
                    meant if meant.starts_with("did") => format!("there is no figure `{other}`, {meant}"),
                    _ => format!("there is no figure `{other}`"),
                }));
            }
        };
        if right.is_empty() {
            return Err(wrong(format!("`{text}` has no value")));
        }
        let right = right.trim_matches(['"', '\'']);
        let right = match right.strip_suffix('年') {
            Some(year) => return Err(wrong(format!("`{right}` is no number: write `{year}`"))),
            None => right,
        };
        let value = match (&figure, right.parse::<Amount>()) {
            (Figure::Quadrant, _) if !QUADRANTS.contains(&right) => {
                return Err(wrong(format!("`{right}` is no quadrant, but {}", QUADRANTS.join(", "))));
            }
            (Figure::Quadrant, _) if !matches!(operator, Operator::Equal | Operator::NotEqual) => {
                return Err(wrong("quadrants have no order: `==` or `!=`".to_owned()));
            }
            (Figure::Quadrant, _) => Value::Text(right.to_owned()),
            (_, Err(_)) => return Err(wrong(format!("`{right}` is no number"))),
            (Figure::Probability(_), Ok(share)) if share.unit() == "%" => {
                Value::Number(share.number() / 100.0)
            }
            (Figure::Margin(_) | Figure::Overshoot(_), Ok(amount)) if !amount.unit().is_empty() => {
                Value::Measured(amount)
            }
            (_, Ok(amount)) if amount.unit().is_empty() => Value::Number(amount.number()),
            (_, Ok(amount)) => return Err(wrong(format!("`{}` is no unit of such a figure", amount.unit()))),
        };
        if matches!((&figure, &value), (Figure::Probability(_), Value::Number(share)) if !(0.0..=1.0).contains(share))
        {
            return Err(wrong(format!("`{right}` is no probability: 0 to 1, or 0 % to 100 %")));
        }
        Ok(Self { text: text.trim().to_owned(), subject, figure, operator, value })
    }
}

impl Condition {
    /// Reads a condition of a scenario file.
    ///
    /// # Errors
    /// With the mistake at its place.
    pub fn declared(declared: &Declared) -> Result<Self, Diagnostic> {
        declared.text().parse().map_err(|wrong: NoCondition| {
            declared.diagnose("condition", format!("no condition: {}", wrong.what)).hint(GRAMMAR)
        })
    }

    /// What is wrong with the condition for a scenario, as far as that is seen before it runs; without a place.
    #[must_use]
    pub fn impossible(&self, loaded: &Loaded, known: &Known) -> Option<Diagnostic> {
        let wrong = |message: String| Diagnostic::error("condition", message);
        let scope = match known.subject(loaded, &self.subject) {
            Ok(scope) => scope,
            Err(mistake) => {
                return Some(Diagnostic { place: None, source_line: None, left_out: 0, ..mistake });
            }
        };
        let subject = &self.subject;
        let name = match &self.figure {
            Figure::DeficitYear => return None,
            Figure::Depth => {
                let hint = "a threshold of depth has groups too, e.g. `east.depth-1.5.margin < 0`";
                let mistake =
                    || wrong(format!("`{subject}` is a group, which has no depth at the horizon")).hint(hint);
                return (scope == Scope::Group).then(mistake);
            }
            Figure::Quadrant => {
                let mistake = || wrong(format!("`{subject}` has no quadrant")).hint("name a region");
                return (scope != Scope::Region).then(mistake);
            }
            Figure::FirstYear(name)
            | Figure::Margin(name)
            | Figure::Overshoot(name)
            | Figure::Probability(name) => name,
        };
        let scenario = loaded.scenario();
        let Some(threshold) = scenario.thresholds.iter().find(|threshold| threshold.name == *name) else {
            let names = scenario.thresholds.iter().map(|threshold| threshold.name.as_str());
            return Some(wrong(format!("there is no threshold `{name}`")).hint(suggest(name, names)));
        };
        if !threshold.scopes.contains(&scope) {
            let message = format!("the threshold `{name}` is not held against `{subject}`");
            let hint = format!("add `{}` to its `scopes`", scope.name());
            return Some(wrong(message).hint(hint));
        }
        let is_drawn =
            scenario.uncertainty.as_ref().is_some_and(|uncertainty| !uncertainty.inputs.is_empty());
        if matches!(self.figure, Figure::Probability(_)) && !is_drawn {
            let mistake = wrong("a probability is asked for, and nothing is drawn".to_owned());
            return Some(mistake.hint("add `uncertainty` with its `inputs`"));
        }
        let Value::Measured(amount) = &self.value else { return None };
        let unit = of_figure(
            icf_runner::threshold_unit(scenario, threshold.kind),
            matches!(self.figure, Figure::Overshoot(_)),
        );
        (!is_same_unit(amount.unit(), &unit)).then(|| {
            let message = format!("the figure is in {unit}, not in {}", amount.unit());
            wrong(message).hint("a value without a unit is in that of the figure")
        })
    }

    /// What is found where the condition holds of a run; `None` where it does not, or where nothing is known.
    ///
    /// # Errors
    /// When the run has no such region, group or threshold.
    pub fn holds(&self, summary: &Summary) -> Result<Option<String>, String> {
        let Some((found, unit)) = self.figure(summary)? else { return Ok(None) };
        let value = match &self.value {
            Value::Measured(amount) => {
                if !is_same_unit(amount.unit(), &unit) {
                    return Err(format!(
                        "`{}`: the figure is in {unit}, not in {}",
                        self.text,
                        amount.unit()
                    ));
                }
                Value::Number(amount.number())
            }
            value => value.clone(),
        };
        let holds = match (&found, &value) {
            (Value::Number(found), Value::Number(value)) => match self.operator {
                Operator::Less => found < value,
                Operator::LessOrEqual => found <= value,
                Operator::Greater => found > value,
                Operator::GreaterOrEqual => found >= value,
                Operator::Equal => found == value,
                Operator::NotEqual => found != value,
            },
            (Value::Text(found), Value::Text(value)) => match self.operator {
                Operator::Equal => found == value,
                Operator::NotEqual => found != value,
                _ => false,
            },
            _ => false,
        };
        Ok(holds.then(|| {
            let shown = match found {
                Value::Number(number) if unit == YEAR => number.to_string(),
                Value::Number(number) => format!("{} {unit}", digits(number)),
                Value::Text(text) => text,
                Value::Measured(_) => unreachable!("figures are numbers or names"),
            };
            format!("`{}` holds: it is {shown}", self.text)
        }))
    }

    /// The figure and its unit. A year that is never reached, and a figure that is not known, is none. What is in deficit or
    /// crossed already counts from the last year of the history.
    fn figure(&self, summary: &Summary) -> Result<Option<(Value, String)>, String> {
        let unknown = || {
            let names: Vec<&str> = summary.deficits.iter().map(|start| start.name.as_str()).collect();
            format!(
                "`{}`: there is no `{}` in the run; there are {}",
                self.text,
                self.subject,
                names.join(", ")
            )
        };
        let year = |already: Option<bool>, first: Option<icf_units::Year>| {
            let year = if already == Some(true) { Some(summary.now.year) } else { first };
            year.map(|year| (Value::Number(f64::from(year.get())), YEAR.to_owned()))
        };
        let region = || {
            let named = |region: &&icf_results::RegionStanding| {
                region.name == self.subject || region.region == self.subject
            };
            summary.regional.iter().find(named)
        };
        let threshold = |name: &str| {
            let of = region().map_or(self.subject.as_str(), |region| region.name.as_str());
            summary.thresholds.iter().find(|held| held.threshold == name && held.name == of).ok_or_else(
                || {
                    let names: Vec<String> = summary
                        .thresholds
                        .iter()
                        .filter(|held| held.name == of)
                        .map(|held| held.threshold.clone())
                        .collect();
                    if names.is_empty() {
                        return unknown();
                    }
                    format!(
                        "`{}`: no threshold `{name}` is held against `{of}`, but {}",
                        self.text,
                        names.join(", ")
                    )
                },
            )
        };
        let pure = |number: f64| (Value::Number(number), PURE.to_owned());
        let measured = |held: &ThresholdStanding, number: Option<f64>, years: bool| {
            number.map(|number| (Value::Number(number), of_figure(&held.unit, years)))
        };
        Ok(match &self.figure {
            Figure::DeficitYear => {
                let of = region().map_or(self.subject.as_str(), |region| region.name.as_str());
                let start = summary.deficits.iter().find(|start| start.name == of).ok_or_else(unknown)?;
                year(start.already, start.year)
            }
            Figure::Depth if self.subject == "nation" => summary.horizon.depth.map(pure),
            Figure::Depth => region().ok_or_else(unknown)?.depth_horizon.map(pure),
            Figure::Quadrant if self.subject == "nation" => {
                return Err(format!("`{}`: only regions have a quadrant", self.text));
            }
            Figure::Quadrant => {
                let quadrant = region().ok_or_else(unknown)?.quadrant_horizon.clone();
                quadrant.map(|quadrant| (Value::Text(quadrant), String::new()))
            }
            Figure::FirstYear(name) => threshold(name).map(|held| year(held.already, held.first_year))?,
            Figure::Margin(name) => threshold(name).map(|held| measured(held, held.margin, false))?,
            Figure::Overshoot(name) => threshold(name).map(|held| measured(held, held.overshoot, true))?,
            Figure::Probability(name) => {
                let held = threshold(name)?;
                let chance = held.probability.ok_or_else(|| {
                    format!("`{}`: the run draws nothing; give it `uncertainty`", self.text)
                })?;
                Some(pure(chance.share))
            }
        })
    }
}

/// The unit of a margin, or of an overshoot, which is summed over years.
fn of_figure(unit: &str, years: bool) -> String {
    match (unit, years) {
        ("1", false) => PURE.to_owned(),
        ("1", true) => "yr".to_owned(),
        (unit, false) => unit.to_owned(),
        (unit, true) => format!("{unit} × yr"),
    }
}

fn is_same_unit(a: &str, b: &str) -> bool {
    let plain = |unit: &str| unit.replace(' ', "");
    plain(a) == plain(b)
}

/// What is wrong with conditions for the base or a variant of a file, before anything of it runs; each thing once.
#[must_use]
pub fn impossible(family: &Family, conditions: &[Condition], cache: &Cache) -> Diagnostics {
    let mut found: Vec<Diagnostic> = Vec::new();
    let members = family.members.iter().filter(|member| member.kind != MemberKind::Sweep);
    for loaded in members.filter_map(|member| member.load().ok()) {
        // What is wrong with the data is told when they are read for the run.
        let Ok(known) = icf_runner::known(&loaded, cache) else { continue };
        for condition in conditions {
            let Some(mistake) = condition.impossible(&loaded, &known) else { continue };
            let message = format!("`{}`: {}", condition.text, mistake.message);
            let mistake = Diagnostic { message, ..mistake };
            if !found.contains(&mistake) {
                found.push(mistake);
            }
        }
    }
    let mut all = Diagnostics::default();
    all.extend(found);
    all
}

/// Six digits, which tell a figure from the value that it is held against; small and large ones as a power of ten.
fn digits(value: f64) -> String {
    let six: f64 = format!("{value:.5e}").parse().expect("a printed number is a number");
    if six != 0.0 && !(1e-3..1e6).contains(&six.abs()) { format!("{six:e}") } else { six.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits() {
        for (value, text) in [
            (0.0, "0"),
            (1.273_456_78, "1.27346"),
            (-42_455_712.345, "-4.24557e7"),
            (123_456.7, "123457"),
            (-1e-9, "-1e-9"),
            (0.5, "0.5"),
        ] {
            assert_eq!(digits(value), text);
        }
    }

    #[track_caller]
    fn check(text: &str, subject: &str, figure: Figure, operator: Operator, value: Value) {
        let condition: Condition = text.parse().expect(text);
        assert_eq!(
            (condition.subject.as_str(), condition.figure, condition.operator, condition.value),
            (subject, figure, operator, value)
        );
    }

    #[test]
    fn conditions() {
        check(
            "nation.deficit_year < 2030",
            "nation",
            Figure::DeficitYear,
            Operator::Less,
            Value::Number(2030.0),
        );
        let margin = Figure::Margin("depth-1.5".to_owned());
        check("nation.depth-1.5.margin<=0", "nation", margin, Operator::LessOrEqual, Value::Number(0.0));
        let probability = Figure::Probability("sink".to_owned());
        check("nation.sink.probability > 50 %", "nation", probability, Operator::Greater, Value::Number(0.5));
        let (margin, tonnes) =
            (Figure::Margin("sink".to_owned()), Value::Measured("1e8 tC".parse().unwrap()));
        check("nation.sink.margin < 1e8 tC", "nation", margin, Operator::Less, tonnes);
        let core = Value::Text("I".to_owned());
        check("Inner Mongolia.quadrant == I", "Inner Mongolia", Figure::Quadrant, Operator::Equal, core);
    }

    #[test]
    fn what_is_no_condition() {
        for (text, what) in [
            ("nation.deficit_year", "has no operator"),
            ("deficit_year < 2030", "names no figure"),
            ("nation.margin < 0", "names no threshold"),
            ("nation.size < 0", "there is no figure `size`"),
            ("nation.depth <", "has no value"),
            ("nation.depth > 1.2 foo", "`foo` is no unit of such a figure"),
            ("nation.sink.probability > 150 %", "is no probability"),
            ("nation.sink.probability > 0,5", "no unit"),
            ("nation.sink.margin < much", "`much` is no number"),
            ("Hebei.quadrant == V", "`V` is no quadrant"),
            ("Hebei.quadrant > I", "quadrants have no order"),
        ] {
            let error = text.parse::<Condition>().expect_err(text).to_string();
            assert!(error.contains(what), "{error}");
        }
    }
}
