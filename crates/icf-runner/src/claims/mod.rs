//! The figures printed in the paper beside the computed ones, under both presets whatever the scenario.
//!
//! The claims are a list in `printed`; what is computed for each is an expression over [`Evidence`]. No
//! parameter anywhere is tuned to move a verdict.

mod evidence;
mod printed;

use icf_results::{PaperClaimRow, Verdict};

pub(crate) use evidence::Evidence;
pub(crate) use printed::claims;

/// A printed figure and how it is computed.
pub(crate) struct Claim {
    pub(crate) claim: String,
    printed: Printed,
    pub(crate) unit: &'static str,
    /// Of the computed figure; `None` when the data do not allow it.
    computed: fn(&Evidence, &str) -> Option<f64>,
    /// What `computed` is asked for: a region id or nothing.
    of: &'static str,
    /// What the reader should know, after the verdict's own words.
    remark: &'static str,
}

/// What is printed.
enum Printed {
    /// A number with the decimals it is printed with, the tolerance, and the value that tells one direction from
    /// the other (0 for a growth rate, 1 for a depth).
    Number { value: f64, decimals: usize, tolerance: f64, turns_at: Option<f64> },
    /// A quadrant, by its number.
    Quadrant(usize),
    /// That the falling threshold may be breached, without a figure; what is computed is the room left below it in
    /// 2030.
    Breach,
    /// A shape in words; what is computed is by how much it stands out, which must be more than `least`.
    Shape { words: &'static str, least: f64 },
}

/// The sink threshold that the paper prints for 2030, in 10⁸ t.
const PRINTED_LEVEL: f64 = 8.60;

/// First year after 2021 in which emissions that leave `room` in 2030 lie above the threshold, which falls to its level
/// of 2030 by 0.43 % a year.
fn first_breach(room: f64) -> Option<i32> {
    let emissions = PRINTED_LEVEL - room;
    (2022..=2030).find(|year| emissions > PRINTED_LEVEL / 0.9957_f64.powi(2030 - year))
}

/// One row a printed figure.
pub(crate) fn rows(coherent: &Evidence, as_published: &Evidence) -> Vec<PaperClaimRow> {
    printed::claims().into_iter().map(|claim| claim.row(coherent, as_published)).collect()
}

/// A claim that is right or not, and has no direction.
fn verdict_if(holds: bool) -> Verdict {
    if holds { Verdict::Reproduced } else { Verdict::NotReproduced }
}

const QUADRANTS: [&str; 4] = ["I", "II", "III", "IV"];

impl Claim {
    /// The computed figure of one way of accounting, and how it compares.
    pub(crate) fn judge(&self, evidence: &Evidence) -> (Option<f64>, Verdict) {
        let value = (self.computed)(evidence, self.of);
        (value, value.map_or(Verdict::NotComputable, |value| self.printed.judge(value)))
    }

    /// What the paper prints.
    pub(crate) fn printed(&self) -> String {
        self.printed.as_printed()
    }

    /// A figure as it is printed; a dash when there is none.
    pub(crate) fn show(&self, value: Option<f64>) -> String {
        self.printed.show(value)
    }

    /// The figures of several ways of accounting in few words: from the least to the greatest, or the quadrants met.
    pub(crate) fn range(&self, values: &[f64]) -> String {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let mut shown: Vec<String> = match self.printed {
            Printed::Breach => sorted.iter().map(|room| format!("{room:.2}")).collect(),
            _ => sorted.iter().map(|value| self.show(Some(*value))).collect(),
        };
        shown.dedup();
        match (&self.printed, shown.as_slice()) {
            (_, []) => "–".to_owned(),
            (_, [one]) => one.clone(),
            (Printed::Breach, [first, .., last]) => format!("room of {first} to {last}"),
            (Printed::Quadrant(_), all) => all.join(", "),
            (_, [first, .., last]) => format!("{first} to {last}"),
        }
    }

    fn row(self, coherent: &Evidence, as_published: &Evidence) -> PaperClaimRow {
        let computed = [(self.computed)(coherent, self.of), (self.computed)(as_published, self.of)];
        let (verdict, reason) = self.printed.verdict(computed);
        let why = if self.remark.is_empty() { reason } else { format!("{reason}; {}", self.remark) };
        let [computed_coherent, computed_as_published] = computed.map(|value| self.printed.show(value));
        PaperClaimRow {
            printed: self.printed.as_printed(),
            claim: self.claim,
            computed_coherent,
            computed_as_published,
            unit: self.unit,
            verdict,
            why,
        }
    }
}

impl Printed {
    /// What the paper prints.
    fn as_printed(&self) -> String {
        match self {
            Self::Number { value, .. } => self.show(Some(*value)),
            Self::Quadrant(number) => QUADRANTS[*number - 1].to_owned(),
            Self::Breach => "may be breached".to_owned(),
            Self::Shape { words, .. } => (*words).to_owned(),
        }
    }

    /// A figure as it is printed; a dash when there is none.
    fn show(&self, value: Option<f64>) -> String {
        let Some(value) = value else { return "–".to_owned() };
        match self {
            Self::Number { decimals, .. } => format!("{value:.decimals$}"),
            Self::Quadrant(_) => QUADRANTS
                .iter()
                .zip([1.0, 2.0, 3.0, 4.0])
                .find(|(_, number)| *number == value)
                .map_or("–", |(name, _)| name)
                .to_owned(),
            Self::Breach => match first_breach(value) {
                Some(year) => format!("breached from {year}, by {:.2} in 2030", -value),
                None => format!("not breached, room of {value:.2} in 2030"),
            },
            Self::Shape { .. } => format!("{value:+.3}"),
        }
    }

    /// The verdict on one computed figure.
    fn judge(&self, computed: f64) -> Verdict {
        match self {
            Self::Number { value, tolerance, turns_at, .. } => {
                if (computed - value).abs() <= *tolerance {
                    Verdict::Reproduced
                } else if turns_at.is_some_and(|turns| (computed - turns) * (*value - turns) > 0.0) {
                    Verdict::DirectionOnly
                } else {
                    Verdict::NotReproduced
                }
            }
            Self::Quadrant(number) => {
                #[expect(clippy::cast_precision_loss, reason = "a quadrant's number is 1 to 4")]
                let printed = *number as f64;
                verdict_if(computed == printed)
            }
            Self::Shape { least, .. } => verdict_if(computed > *least),
            Self::Breach => verdict_if(first_breach(computed).is_some()),
        }
    }

    /// The verdict over both presets, the better one, with its reason.
    fn verdict(&self, computed: [Option<f64>; 2]) -> (Verdict, String) {
        const PRESETS: [&str; 2] = ["coherent", "as-published"];
        let known: Vec<(&str, f64)> =
            PRESETS.into_iter().zip(computed).filter_map(|(preset, value)| Some((preset, value?))).collect();
        if known.is_empty() {
            return (Verdict::NotComputable, "the data at hand do not hold it".to_owned());
        }
        let with = |verdict: Verdict| -> Option<String> {
            let presets: Vec<&str> = known
                .iter()
                .filter(|(_, value)| self.judge(*value) == verdict)
                .map(|(preset, _)| *preset)
                .collect();
            (!presets.is_empty()).then(|| presets.join(" and "))
        };
        if let Some(presets) = with(Verdict::Reproduced) {
            let reason = match self {
                Self::Number { tolerance, .. } => format!("within {tolerance} under {presets}"),
                Self::Quadrant(_) => format!("same quadrant under {presets}"),
                Self::Shape { least, .. } => format!("by more than {least} under {presets}"),
                Self::Breach => format!("breached under {presets}"),
            };
            return (Verdict::Reproduced, reason);
        }
        match self {
            Self::Number { value, tolerance, decimals, .. } => {
                let off =
                    known.iter().map(|(_, computed)| (computed - value).abs()).fold(f64::INFINITY, f64::min);
                match with(Verdict::DirectionOnly) {
                    Some(presets) => (
                        Verdict::DirectionOnly,
                        format!("same direction under {presets}, off by {off:.decimals$} at best"),
                    ),
                    None => (
                        Verdict::NotReproduced,
                        format!("off by {off:.decimals$} at best, tolerance {tolerance}"),
                    ),
                }
            }
            Self::Quadrant(_) => (Verdict::NotReproduced, "another quadrant under both".to_owned()),
            Self::Shape { least, .. } => {
                (Verdict::NotReproduced, format!("by more than {least} under neither"))
            }
            Self::Breach => (Verdict::NotReproduced, "not breached under either".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(
        value: f64,
        tolerance: f64,
        turns_at: Option<f64>,
        computed: [Option<f64>; 2],
        expected: Verdict,
    ) {
        let printed = Printed::Number { value, decimals: 2, tolerance, turns_at };
        assert_eq!(printed.verdict(computed).0, expected);
    }

    #[test]
    fn verdicts() {
        check(7.05, 0.1, Some(0.0), [Some(7.1), None], Verdict::Reproduced);
        check(7.05, 0.1, Some(0.0), [Some(9.0), Some(8.0)], Verdict::DirectionOnly);
        check(7.05, 0.1, Some(0.0), [Some(-9.0), Some(-8.0)], Verdict::NotReproduced);
        check(-0.13, 0.02, Some(0.0), [Some(0.0), None], Verdict::NotReproduced);
        check(1.79, 0.05, None, [Some(0.5), Some(0.6)], Verdict::NotReproduced);
        check(1.79, 0.05, None, [None, None], Verdict::NotComputable);
    }

    #[test]
    fn a_quadrant_is_the_same_or_it_is_not() {
        assert_eq!(Printed::Quadrant(2).verdict([Some(3.0), Some(2.0)]).0, Verdict::Reproduced);
        assert_eq!(Printed::Quadrant(2).verdict([Some(3.0), Some(1.0)]).0, Verdict::NotReproduced);
        assert_eq!(Printed::Quadrant(2).show(Some(2.0)), "II");
        assert_eq!(Printed::Quadrant(2).as_printed(), "II");
    }

    #[test]
    fn a_level_is_breached_or_it_is_not() {
        assert_eq!(Printed::Breach.verdict([Some(0.4), Some(-18.0)]).0, Verdict::Reproduced);
        assert_eq!(Printed::Breach.verdict([Some(0.4), None]).0, Verdict::NotReproduced);
        // The threshold of 2029 is 8.637: emissions of 8.62 breach it in 2030 only.
        assert_eq!(Printed::Breach.show(Some(-0.02)), "breached from 2030, by 0.02 in 2030");
        assert_eq!(Printed::Breach.show(Some(-18.0)), "breached from 2022, by 18.00 in 2030");
    }

    #[test]
    fn a_shape_stands_out_or_it_does_not() {
        let shape = Printed::Shape { words: "rises", least: 0.02 };
        assert_eq!(shape.verdict([Some(0.3), Some(0.01)]).0, Verdict::Reproduced);
        assert_eq!(shape.verdict([Some(0.01), Some(-0.3)]).0, Verdict::NotReproduced);
        assert_eq!(shape.show(Some(0.3)), "+0.300");
    }
}
