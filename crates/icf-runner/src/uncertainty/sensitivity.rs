//! Which input decides the nation's answer.

use icf_diagnostics::Diagnostics;
use icf_ensemble::{Chain, Inputs, Plan};
use icf_results::SensitivityRow;
use icf_scenario::{Scope, Sensitivity};
use icf_uncertainty::Sampling;
use icf_uncertainty::sensitivity::{morris, one_at_a_time, rank, sobol};

use super::{Ground, Setup};
use crate::thresholds;

/// Quantiles between which an input goes in a tornado.
const ENDS: (f64, f64) = (0.05, 0.95);
const TRAJECTORIES: u32 = 50;
const LEVELS: u32 = 4;
/// Base points of the shares of variance, a power of two.
const BASE: u64 = 1024;
const RESAMPLES: u32 = 500;
const LEVEL: f64 = 0.95;
/// Draws over which ranks are correlated.
const RANKED: u64 = 1000;

/// An answer of the nation.
struct Question {
    threshold: String,
    /// The place of its pair among those of the frame.
    pair: usize,
    output: &'static str,
    unit: String,
}

/// The rows of each method that the scenario asks for, in its order.
pub(super) fn rows(
    ground: &Ground<'_>,
    setup: &Setup,
    chain: &impl Chain<Error = Diagnostics>,
) -> Result<Vec<SensitivityRow>, Diagnostics> {
    let uncertainty = ground.loaded.scenario().uncertainty.as_ref().expect("there is no ground without it");
    let asked = Asked { ground, questions: questions(ground, setup), seed: uncertainty.seed };
    let mut rows = Vec::new();
    if asked.questions.is_empty() {
        return Ok(rows);
    }
    // The methods but the last take inputs for independent.
    let independent = Plan { inputs: setup.plan.inputs.independent(), ..setup.plan.clone() };
    // Past years have no low and high: what goes from one to the other goes without them.
    let values = Plan { inputs: independent.inputs.values_alone(), shocks: vec![], ..setup.plan.clone() };
    let count = values.inputs.dimensions().len();
    let outputs = |plan: &Plan, points: &[Vec<f64>]| asked.outputs(plan, chain, points);
    for method in &uncertainty.sensitivity {
        match method {
            Sensitivity::Tornado => {
                let points = one_at_a_time::points(count, ENDS.0, ENDS.1);
                rows.extend(asked.tornado(&values.inputs, &outputs(&values, &points)?));
            }
            Sensitivity::Morris => {
                let points = morris::points(count, TRAJECTORIES, LEVELS, asked.seed);
                rows.extend(asked.morris(&values.inputs, &points, &outputs(&values, &points)?));
            }
            Sensitivity::Sobol => {
                let sizes = independent.inputs.sizes();
                let sizes: Vec<usize> = sizes.iter().map(|(_, size)| *size).collect();
                let points = sobol::points(Sampling::Sobol, &sizes, BASE, asked.seed).map_err(|error| {
                    ground.loaded.diagnose("uncertainty.sensitivity", "design", error.to_string())
                })?;
                rows.extend(asked.sobol(&independent.inputs, &outputs(&independent, &points)?));
            }
            Sensitivity::Rank => {
                let plan = &setup.plan;
                let design = plan.inputs.design(plan.sampling, RANKED, 0, plan.seed).map_err(|error| {
                    ground.loaded.diagnose("uncertainty.sampling", "design", error.to_string())
                })?;
                let point = |index| {
                    let mut point = vec![0.5; plan.inputs.dimensions().len()];
                    design.fill(index, &mut point);
                    point
                };
                let points: Vec<Vec<f64>> = (0..RANKED).map(point).collect();
                let answers = outputs(plan, &points)?;
                // Ranks are those of what is drawn: with what goes together.
                let drawn: Vec<Vec<f64>> = points
                    .into_iter()
                    .map(|mut point| {
                        plan.inputs.correlate(&mut point);
                        point.truncate(count);
                        point
                    })
                    .collect();
                rows.extend(asked.rank(&values.inputs, &drawn, &answers));
            }
        }
    }
    Ok(rows)
}

/// The margin at the horizon and the year of crossing, for each threshold of the nation.
fn questions(ground: &Ground<'_>, setup: &Setup) -> Vec<Question> {
    let scenario = ground.loaded.scenario();
    let is_nation = |subject: usize| setup.subjects[subject].scope == Scope::Nation;
    let mut questions = Vec::new();
    for (pair, (rule, subject)) in setup.plan.frame.pairs().enumerate() {
        let Some(threshold) = scenario.thresholds.get(rule).filter(|_| is_nation(subject)) else { continue };
        let unit = thresholds::unit(threshold.kind, ground.prepared.basis).to_owned();
        for (output, unit) in [("margin", unit), ("crossing", "year".to_owned())] {
            questions.push(Question { threshold: threshold.name.clone(), pair, output, unit });
        }
    }
    questions
}

struct Asked<'a> {
    ground: &'a Ground<'a>,
    questions: Vec<Question>,
    seed: u64,
}

impl Asked<'_> {
    fn outputs<C: Chain>(
        &self,
        plan: &Plan,
        chain: &C,
        points: &[Vec<f64>],
    ) -> Result<Vec<Vec<f64>>, C::Error> {
        let answers = plan.answers(chain, points)?;
        let first = f64::from(self.ground.first_year().get());
        let of = |answers: Vec<icf_ensemble::Answer>| {
            let answer = |question: &Question| {
                let answer = answers[question.pair];
                match question.output {
                    "margin" => answer.margin,
                    #[expect(clippy::cast_precision_loss, reason = "years are few")]
                    _ => first + answer.crossing as f64,
                }
            };
            self.questions.iter().map(answer).collect()
        };
        Ok(answers.into_iter().map(of).collect())
    }

    fn row(
        &self,
        question: usize,
        method: &'static str,
        input: &str,
        measure: &'static str,
        value: f64,
    ) -> SensitivityRow {
        let Question { threshold, output, unit, .. } = &self.questions[question];
        // Shares and correlations have no unit.
        let plain = matches!(measure, "first" | "total" | "spearman" | "partial");
        SensitivityRow {
            threshold: threshold.clone(),
            output,
            method,
            input: input.to_owned(),
            measure,
            value,
            low: None,
            high: None,
            unit: if plain { "1".to_owned() } else { unit.clone() },
        }
    }

    fn tornado(&self, inputs: &Inputs, outputs: &[Vec<f64>]) -> Vec<SensitivityRow> {
        let names: Vec<&str> = inputs.names().collect();
        let mut rows = Vec::new();
        for (question, swings) in one_at_a_time::swings(outputs).into_iter().enumerate() {
            for swing in swings {
                let row = self.row(question, "tornado", names[swing.input], "swing", swing.width());
                rows.push(SensitivityRow { low: Some(swing.low), high: Some(swing.high), ..row });
            }
        }
        rows
    }

    fn morris(&self, inputs: &Inputs, points: &[Vec<f64>], outputs: &[Vec<f64>]) -> Vec<SensitivityRow> {
        let mut rows = Vec::new();
        for (question, effects) in morris::effects(points, outputs).into_iter().enumerate() {
            for (name, effect) in inputs.names().zip(effects) {
                let Some(effect) = effect else { continue };
                let row = |measure, value| self.row(question, "morris", name, measure, value);
                rows.push(row("mu_star", effect.mu_star));
                rows.push(row("mu", effect.mu));
                rows.extend(effect.sigma.map(|sigma| row("sigma", sigma)));
            }
        }
        rows
    }

    fn sobol(&self, inputs: &Inputs, outputs: &[Vec<f64>]) -> Vec<SensitivityRow> {
        let resampling = sobol::Resampling { times: RESAMPLES, level: LEVEL, seed: self.seed };
        let sizes = inputs.sizes();
        let mut rows = Vec::new();
        for (question, indices) in sobol::indices(outputs, sizes.len(), resampling).into_iter().enumerate() {
            for ((name, _), indices) in sizes.iter().zip(indices.into_iter().flatten()) {
                for (measure, share) in [("first", indices.first), ("total", indices.total)] {
                    let row = self.row(question, "sobol", name, measure, share.value);
                    let (low, high) = share.interval.unzip();
                    rows.push(SensitivityRow { low, high, ..row });
                }
            }
        }
        rows
    }

    fn rank(&self, inputs: &Inputs, points: &[Vec<f64>], outputs: &[Vec<f64>]) -> Vec<SensitivityRow> {
        let mut rows = Vec::new();
        for (question, found) in rank::correlations(points, outputs).into_iter().enumerate() {
            for (name, found) in inputs.names().zip(found) {
                let Some(found) = found else { continue };
                rows.push(self.row(question, "rank", name, "spearman", found.spearman));
                rows.extend(
                    found.partial.map(|partial| self.row(question, "rank", name, "partial", partial)),
                );
            }
        }
        rows
    }
}
