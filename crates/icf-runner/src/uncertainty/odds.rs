//! How probable it is that a subject keeps clear of a threshold, as questions asked backwards want it.
//!
//! The draws are those of the scenario's `uncertainty`: a question whose number is what the scenario has finds the probability
//! of the table `threshold_probability`.

use icf_ensemble::{Block, Chain, Closed, Course, Drawn, Frame, LANES, Plan, Probability, Quantity, Rule};
use icf_units::{Panel, TonnesCarbon, YearRange};

use super::Draws;
use crate::subjects::Subject;

/// What takes the place of what the scenario says.
#[derive(Clone, Copy)]
pub(crate) enum Turn<'a> {
    Nothing,
    /// Emissions of the subject's regions, to which the errors of the past are still done.
    Emissions(&'a Panel<TonnesCarbon>),
    /// So many hectares of what takes up `uptake` t C a hectare in each region, where the sink of the draw is.
    Area {
        hectares: f64,
        uptake: &'a [f64],
    },
}

impl Draws {
    /// The draws for a subject and a threshold, by its place in the scenario; `None` where the subject is not known, or has no
    /// residents for a threshold that counts by them.
    pub(crate) fn of_subject(&self, subject: &Subject, threshold: usize) -> Option<OfSubject> {
        let same = |of: &Subject| of.scope == subject.scope && of.name == subject.name;
        let place = self.setup.subjects.iter().position(same)?;
        let closed = self.closed.as_ref().expect("a probability of draws without a closed form is refused");
        let whole = &self.setup.plan.frame;
        if !whole.rules[threshold].subjects.contains(&place) {
            return None;
        }
        let rules = whole.rules.iter().enumerate().map(|(rule, Rule { held, .. })| Rule {
            held: *held,
            subjects: if rule == threshold { vec![0] } else { vec![] },
        });
        let frame =
            Frame { subjects: vec![whole.subjects[place].clone()], rules: rules.collect(), ..whole.clone() };
        // Of other regions nothing is read.
        let mut plan = Plan { frame, ..self.setup.plan.clone() };
        let mut chain = closed.clone();
        for region in (0..plan.frame.regions).filter(|region| !subject.members.contains(region)) {
            chain.courses.iter_mut().for_each(|courses| courses[region] = None);
            plan.shocks.iter_mut().for_each(|shock| shock.ratios[region] = None);
        }
        Some(OfSubject { plan, chain, years: self.years, threshold, members: subject.members.clone() })
    }
}

/// The draws as far as they matter to one subject and threshold.
pub(crate) struct OfSubject {
    plan: Plan,
    chain: Closed,
    years: YearRange,
    threshold: usize,
    members: Vec<usize>,
}

impl OfSubject {
    /// Share of the draws in which the threshold is not crossed in any projected year up to the one at `until`, counted from
    /// the first; or, `only_then`, in that year.
    pub(crate) fn kept(&self, turn: Turn<'_>, until: usize, only_then: bool) -> Probability {
        let outcome = match turn {
            Turn::Nothing => self.plan.run(&self.chain),
            Turn::Emissions(panel) => {
                let mut chain = self.chain.clone();
                for &region in &self.members {
                    let figures =
                        self.years.iter().map(|year| panel.get(region, year).map(TonnesCarbon::get));
                    chain.courses[0][region] = figures.collect::<Option<_>>().map(Course::Given);
                }
                self.plan.run(&chain)
            }
            Turn::Area { hectares, uptake } => {
                let Self { chain, members, .. } = self;
                self.plan.run(&MoreSink { chain, members, hectares, uptake })
            }
        };
        let outcome = outcome.expect("the design was tried, and a closed form carries every draw");
        let crossed = if only_then {
            outcome.above_in(self.threshold, 0, until)
        } else {
            outcome.crossed_by(self.threshold, 0, until)
        };
        let Probability { share, standard_error } = crossed.expect("the rule is held for the one subject");
        // As a count, so that nine draws of ten are not a little less than 90 %.
        #[expect(clippy::cast_precision_loss, reason = "draws are fewer than 2^53")]
        let draws = outcome.draws() as f64;
        Probability { share: (draws - (share * draws).round()) / draws, standard_error }
    }
}

/// A chain with more of a land class.
struct MoreSink<'a> {
    chain: &'a Closed,
    members: &'a [usize],
    hectares: f64,
    uptake: &'a [f64],
}

impl Chain for MoreSink<'_> {
    type Error = <Closed as Chain>::Error;

    fn carry(&self, drawn: &Drawn, block: &mut Block) -> Result<(), Self::Error> {
        self.chain.carry(drawn, block)?;
        let years = block.of(Quantity::Sink, 0).len();
        for year in 0..years {
            let mut total = [0.0; LANES];
            for &region in self.members {
                let sinks = &block.of(Quantity::Sink, region)[year];
                total.iter_mut().zip(sinks).for_each(|(total, sink)| *total += sink);
            }
            for &region in self.members {
                let sinks = &mut block.of_mut(Quantity::Sink, region)[year];
                for (sink, total) in sinks.iter_mut().zip(&total).take(drawn.lanes()) {
                    *sink = (*sink + self.hectares * (*sink / total) * self.uptake[region]).max(0.0);
                }
            }
        }
        Ok(())
    }
}
