//! Questions asked backwards: what would just keep a threshold uncrossed until a year.
//!
//! A question is asked for one subject at a time, the nation, a group or a region, and turns one thing, a file each: the `rate`
//! of its emissions, the `area` of its sink, or a `key` of the scenario. Each is a way from a number to accounts; the number
//! is searched where the threshold is just not crossed. `budget` says how much may be emitted meanwhile. Where the
//! question asks for a probability, the share of the draws takes the place of the single trajectory in `Asked::slack`.

mod area;
mod budget;
mod key;
mod rate;

use budget::Budget;
use icf_diagnostics::Diagnostics;
use icf_ensemble::Probability;
use icf_projection::{Crossing, last_holding, rounded_within};
use icf_results::{Basis, RegionInfo, Solution, SolutionRow};
use icf_scenario::{Loaded, Percent, Question, RegionKey, Scope, Threshold, Turned, Whom};
use icf_units::{TonnesCarbon, Year};
use rayon::prelude::*;

use crate::accounts::Accounts;
use crate::subjects::Subject;
use crate::thresholds::{self, step};
use crate::trajectories::{Projected, Tell};
use crate::uncertainty::{Draws, OfSubject, Turn};
use crate::{Cache, Prepared, prepare};

/// The answers to a scenario's questions, as rows and with names, and the warnings of the scenario.
///
/// # Errors
/// As a run.
pub fn solve(
    loaded: &Loaded,
    cache: &Cache,
) -> Result<(Vec<SolutionRow>, Vec<Solution>, Diagnostics), Diagnostics> {
    let prepared = prepare(loaded, cache)?;
    let (projected, pulled) = prepared.project(loaded, Tell::Nothing, cache)?;
    let draws = Draws::of(loaded, &prepared, &projected)?;
    let rows = rows(loaded, cache, &prepared, &projected, draws.as_ref())?;
    let infos = &prepared.selection.infos;
    let solutions = rows.iter().map(|row| Solution::of(row, infos, prepared.basis)).collect();
    let mut warnings = prepared.warnings;
    warnings.extend(pulled.warnings);
    Ok((rows, solutions, warnings))
}

/// One row a question and subject, in the order of the scenario.
///
/// # Errors
/// When somebody stops it.
pub(crate) fn rows(
    loaded: &Loaded,
    cache: &Cache,
    prepared: &Prepared,
    projected: &Projected,
    draws: Option<&Draws>,
) -> Result<Vec<SolutionRow>, Diagnostics> {
    let mut rows = Vec::new();
    let questions = &loaded.scenario().solve;
    for (number, question) in questions.iter().enumerate() {
        let draws = draws.filter(|_| question.probability.is_some());
        say(loaded, number, question, draws);
        let projection = Projection { loaded, cache, prepared, projected, draws };
        // What does not depend on the subject is computed once.
        let looked_at = key::look(projection, number, question);
        let of_subject = |subject: &Subject| {
            cache.go_on()?;
            let Some(asked) = Asked::of(projection, question, subject) else {
                return Ok(unknown(number, question, subject, "the threshold is not known"));
            };
            let found = match question.by {
                Turned::EmissionsRate => rate::solve(&asked),
                Turned::SinkArea => area::solve(&asked, loaded, prepared),
                Turned::Key => {
                    let looked_at = looked_at.as_ref().expect("it was looked at above");
                    key::solve(&asked, projection, number, looked_at)
                }
            };
            Ok::<_, Diagnostics>(asked.row(number, found))
        };
        let subjects = subjects(question, &prepared.selection.infos);
        rows.extend(subjects.par_iter().map(of_subject).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(rows)
}

/// A scenario as it stands, whose questions are asked.
#[derive(Clone, Copy)]
struct Projection<'a> {
    loaded: &'a Loaded,
    cache: &'a Cache,
    prepared: &'a Prepared,
    projected: &'a Projected,
    /// Where the question asks for a probability.
    draws: Option<&'a Draws>,
}

/// Says which question is asked; one with draws takes a while.
fn say(loaded: &Loaded, number: usize, question: &Question, draws: Option<&Draws>) {
    let scenario = loaded.scenario();
    let until = format!("{} to {}", question.threshold, question.until);
    let (number, count) = (number + 1, scenario.solve.len());
    match draws.map(Draws::count) {
        // Points of a sweep would say so thousands of times.
        None => tracing::debug!("{}: question {number} of {count}, {until}", scenario.name),
        Some(draws) => tracing::info!(
            "{}: question {number} of {count}, {until}, {draws} draws for each number that is tried",
            scenario.name
        ),
    }
}

/// Whom a question names; what is neither a group nor a region of the run was refused with the names that the data know.
fn subjects(question: &Question, infos: &[RegionInfo]) -> Vec<Subject> {
    let named = |key: &RegionKey| {
        let mut regions = infos.iter().enumerate();
        let region = regions.find(|(_, info)| key.names(info.id.as_str(), &info.name)).map(Subject::region);
        let group = || Subject::of(Scope::Group, infos).into_iter().find(|group| group.name == key.as_str());
        region.or_else(group)
    };
    match &question.whom {
        Whom::Nation => Subject::of(Scope::Nation, infos),
        Whom::Groups => Subject::of(Scope::Group, infos),
        Whom::Regions => Subject::of(Scope::Region, infos),
        Whom::Named(keys) => keys.iter().filter_map(named).collect(),
    }
}

/// A question of one subject, with the scenario as it stands.
struct Asked<'a> {
    question: &'a Question,
    threshold: &'a Threshold,
    /// Its place among those of the scenario.
    threshold_place: usize,
    subject: &'a Subject,
    accounts: &'a Accounts,
    /// The draws, where the question asks for a probability and turns no key; `None` inside where the subject cannot be drawn.
    odds: Option<Option<OfSubject>>,
    basis: Basis,
    /// Last year of the history.
    last: Year,
    /// Whether the threshold is crossed in the last year of the history. Then it cannot be kept uncrossed: what is asked is
    /// what brings the subject back by the last year asked for.
    crossed: bool,
}

/// How far a subject stays from crossing the level.
#[derive(Clone, Copy)]
struct Slack {
    /// How far below the level it stays in the worst of the years asked for; of a probability, by how much the share of the
    /// draws that keep clear is more than the one asked for.
    room: f64,
    /// The worst of the years, where there is a single trajectory.
    year: Option<Year>,
    /// The share of the draws that keep clear.
    kept: Option<Probability>,
}

impl Slack {
    fn holds(self) -> bool {
        self.room >= 0.0
    }
}

/// What became of a search.
enum Found {
    /// The number at which the threshold is just not crossed.
    Just { value: f64, slack: Slack },
    /// Every number that can be had keeps the threshold uncrossed.
    Any { note: String },
    /// None does; the best that can be had.
    None { best: f64, slack: Slack },
    /// What is uncrossed is not all on one side; the best number that was looked at.
    NotMonotone { best: f64, slack: Slack, note: String },
    /// The trajectory or a number between is not known.
    Unknown { note: String },
}

/// What was found, with its unit and what the scenario has instead.
struct Answer {
    unit: String,
    now: Option<f64>,
    by: String,
    found: Found,
}

impl<'a> Asked<'a> {
    /// `None` where the threshold is not known in the last year of the history.
    fn of(of: Projection<'a>, question: &'a Question, subject: &'a Subject) -> Option<Self> {
        let Projection { loaded, prepared, projected, draws, .. } = of;
        let accounts = &projected.accounts;
        let thresholds = &loaded.scenario().thresholds;
        let threshold_place = thresholds.iter().position(|of| of.name == question.threshold)?;
        let threshold = &thresholds[threshold_place];
        let last = loaded.scenario().years.last;
        let basis = prepared.basis;
        let now = step(threshold, &accounts.sum(&subject.members, last), last, basis)?;
        let crossed = now.is_crossed();
        let odds = draws
            .filter(|_| question.by != Turned::Key)
            .map(|draws| draws.of_subject(subject, threshold_place));
        Some(Self { question, threshold, threshold_place, subject, accounts, odds, basis, last, crossed })
    }

    /// The years in which the threshold is not to be crossed.
    fn years(&self) -> impl Iterator<Item = Year> + use<> {
        let until = self.question.until;
        let first = if self.crossed { until } else { self.last.next() };
        (first.get()..=until.get()).map(Year::new)
    }

    /// The worst of the years under some accounts, or the draws under what is turned in them; `None` when a year is not known.
    fn slack(&self, accounts: &Accounts, turn: Turn<'_>) -> Option<Slack> {
        if let Some(odds) = &self.odds {
            return self.chance(odds.as_ref()?, turn);
        }
        let mut worst: Option<Slack> = None;
        for year in self.years() {
            let sum = accounts.sum(&self.subject.members, year);
            let margin = step(self.threshold, &sum, year, self.basis)?.margin();
            if worst.is_none_or(|worst| margin < worst.room) {
                worst = Some(Slack { room: margin, year: Some(year), kept: None });
            }
        }
        worst
    }

    /// The share of the draws that keep clear, against the one asked for; `None` when none is asked for.
    fn chance(&self, odds: &OfSubject, turn: Turn<'_>) -> Option<Slack> {
        let wanted = self.question.probability?.fraction();
        let until = usize::try_from(self.question.until.since(self.last)).ok()?.checked_sub(1)?;
        let kept = odds.kept(turn, until, self.crossed);
        Some(Slack { room: kept.share - wanted, year: None, kept: Some(kept) })
    }

    /// Searches between a number that holds and one that fails, and gives few digits that hold.
    fn search(holds: f64, fails: f64, slack: impl Fn(f64) -> Option<Slack>) -> Found {
        let test = |value: f64| slack(value).is_some_and(Slack::holds);
        let exact = last_holding(holds, fails, test);
        let value = rounded_within(exact, holds, test);
        match slack(value) {
            Some(slack) => Found::Just { value, slack },
            None => Found::Unknown { note: "the trajectory is not known".to_owned() },
        }
    }

    fn row(&self, number: usize, answer: Answer) -> SolutionRow {
        let Answer { unit, now, by, found } = answer;
        let steps = self.accounts.axes().years().iter().filter_map(|year| {
            step(self.threshold, &self.accounts.sum(&self.subject.members, year), year, self.basis)
        });
        let crossing = Crossing::of(steps, self.last, self.question.until);
        // A budget is that of the one trajectory.
        let budget = match self.question.probability {
            None => budget::of(self),
            Some(_) => Budget::default(),
        };
        let mut notes = Vec::new();
        let (outcome, value, slack) = match found {
            Found::Just { value, slack } => ("found", Some(value), Some(slack)),
            Found::Any { note } => {
                notes.push(note);
                ("any", None, None)
            }
            Found::None { best, slack } => {
                notes.push("the value is the best that can be had, and is not enough".to_owned());
                ("none", Some(best), Some(slack))
            }
            Found::NotMonotone { best, slack, note } => {
                notes.push(note);
                ("not monotone", Some(best), Some(slack))
            }
            Found::Unknown { note } => {
                notes.push(note);
                ("not known", None, None)
            }
        };
        notes.extend(budget.note);
        SolutionRow {
            question: number + 1,
            threshold: self.threshold.name.clone(),
            scope: self.subject.scope.name(),
            region: self.subject.name.clone(),
            until: self.question.until,
            by,
            goal: if self.crossed { "return" } else { "keep" },
            outcome,
            value: value.filter(|value| value.is_finite()),
            unit,
            now,
            probability: self.question.probability.map(Percent::fraction),
            kept: slack.and_then(|slack| slack.kept).map(|kept| kept.share),
            kept_se: slack.and_then(|slack| slack.kept).map(|kept| kept.standard_error),
            binding_year: slack.and_then(|slack| slack.year),
            margin: slack
                .filter(|slack| slack.kept.is_none())
                .map(|slack| slack.room)
                .filter(|room| room.is_finite()),
            margin_unit: thresholds::unit(self.threshold.kind, self.basis).to_owned(),
            first_year: crossing.first_year,
            budget_t: budget.most.map(TonnesCarbon::new),
            planned_t: budget.planned.map(TonnesCarbon::new),
            note: notes.join("; "),
        }
    }
}

/// A row of a question that cannot be asked.
fn unknown(number: usize, question: &Question, subject: &Subject, why: &str) -> SolutionRow {
    SolutionRow {
        question: number + 1,
        threshold: question.threshold.clone(),
        scope: subject.scope.name(),
        region: subject.name.clone(),
        until: question.until,
        by: String::new(),
        goal: "keep",
        outcome: "not known",
        value: None,
        unit: String::new(),
        now: None,
        probability: question.probability.map(Percent::fraction),
        kept: None,
        kept_se: None,
        binding_year: None,
        margin: None,
        margin_unit: String::new(),
        first_year: None,
        budget_t: None,
        planned_t: None,
        note: why.to_owned(),
    }
}
