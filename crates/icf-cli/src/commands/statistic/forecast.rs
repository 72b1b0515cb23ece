//! `icf forecast`: a projection model alone on a CSV file.

use std::collections::BTreeMap;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_ingest::{Columns, Wanted, read_columns};
use icf_projection::{
    AHEAD, Best, Cagr, Constant, Damped, Drift, History, Kaya, LogLinear, LogisticPeak, Model, ModelError,
    Path, Rate, Segmented, TheilSen, TopDown, Trajectory, Window, forecast,
};
use icf_units::{RegionId, Year, YearRange};
use serde_json::{Value, json};

use super::finish;
use super::printed::{Figures, print};
use crate::arguments::{Anchor, Between, Forecast, ModelName, Parameters, Plain};

/// The past of each series with the model's fitted values, and its way to the last year with intervals.
pub(crate) fn run(arguments: &Forecast) -> u8 {
    finish(computed(arguments))
}

fn computed(arguments: &Forecast) -> Result<u8, Diagnostics> {
    let Parameters { population, product, .. } = &arguments.parameters;
    let wanted = Wanted {
        id: arguments.id.as_deref(),
        year: Some(&arguments.year),
        numbers: std::iter::once(arguments.value.as_str())
            .chain(population.as_deref())
            .chain(product.as_deref())
            .collect(),
        only: arguments.only.pairs(),
        one_row_a_year: true,
        ..Wanted::default()
    };
    let columns = read_columns(&arguments.data, &wanted)?;
    let series = Series::all(&columns);
    let total = total(&series);
    let mut mistakes = Diagnostics::default();
    let mut figures = Figures::new(&names(arguments));
    let mut said = Vec::new();
    for one in &series {
        match one.forecast(arguments, total.as_ref(), &columns) {
            Ok((history, years, trajectory)) => {
                said.extend(notes(arguments, one, years, &trajectory));
                rows(arguments, one, &history, years, &trajectory)
                    .into_iter()
                    .for_each(|row| figures.push(row));
            }
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if mistakes.has_errors() {
        return Err(mistakes);
    }
    if !arguments.printing.quiet {
        said.iter().for_each(|note| eprintln!("icf: {note}"));
    }
    Ok(print(&figures, arguments.printing.format, false))
}

/// The columns of the answer.
fn names(arguments: &Forecast) -> Vec<String> {
    let ends = arguments
        .level
        .iter()
        .flat_map(|level| ["lower", "upper"].map(|end| format!("{end}{}", level.percent)));
    ["id", "year", "value"].map(str::to_owned).into_iter().chain(ends).chain(["fitted".to_owned()]).collect()
}

/// The rows of one id.
struct Series {
    id: Option<RegionId>,
    /// Places of its rows in the file, in the order of years.
    rows: Vec<usize>,
    /// The wanted columns, in the years that each is known.
    columns: Vec<Option<History>>,
}

impl Series {
    /// The series of a file in the order of their ids.
    fn all(columns: &Columns) -> Vec<Self> {
        let mut by_id: BTreeMap<Option<&RegionId>, Vec<usize>> = BTreeMap::new();
        for row in 0..columns.years.len() {
            by_id.entry(columns.ids.get(row)).or_default().push(row);
        }
        let of = |(id, mut rows): (Option<&RegionId>, Vec<usize>)| {
            rows.sort_by_key(|row| columns.years[*row]);
            let history = |numbers: &Vec<Option<f64>>| {
                History::new(rows.iter().filter_map(|row| Some((columns.years[*row], numbers[*row]?)))).ok()
            };
            Self { id: id.cloned(), columns: columns.numbers.iter().map(history).collect(), rows }
        };
        by_id.into_iter().map(of).collect()
    }

    /// ` of ID` for a message.
    fn of(&self) -> String {
        self.id.as_ref().map_or_else(String::new, |id| format!(" of {id}"))
    }

    fn forecast(
        &self,
        arguments: &Forecast,
        total: Option<&History>,
        columns: &Columns,
    ) -> Result<(History, YearRange, Trajectory), Diagnostic> {
        let name = || arguments.data.display().to_string();
        let refused = |message: String| {
            let message = format!("column `{}`{}: {message}", arguments.value, self.of());
            Diagnostic::error("forecast", message).at(Place::file(name()))
        };
        let history = self.columns[0].clone().ok_or_else(|| refused("there is no value".to_owned()))?;
        let (first, last) = (history.observations()[0].0, history.last().0);
        let years = YearRange::new(last.next(), arguments.to).map_err(|_| {
            refused(format!("the values reach {last}, and --to {} is not after it", arguments.to))
        })?;
        let Parameters { from, to_year, point, peak, .. } = &arguments.parameters;
        for (option, year) in [("--from", from), ("--to-year", to_year)] {
            if let Some(year) = year.filter(|year| *year < first || *year > last) {
                let hint = format!("the values are those of {first}–{last}");
                return Err(refused(format!("{option} {year} is outside the data")).hint(hint));
            }
        }
        let given =
            point.iter().map(|point| ("--point", point.year)).chain(peak.map(|peak| ("--peak", peak)));
        if let Some((option, year)) = given.into_iter().find(|(_, year)| *year <= last) {
            return Err(refused(format!("{option} {year} is not after the values, which reach {last}")));
        }
        let model = self.model(arguments, total).map_err(refused)?;
        let trajectory = forecast(&model, &history, years).map_err(|error| {
            let mistake = refused(error.to_string());
            let row =
                year_of(&error).and_then(|year| self.rows.iter().find(|row| columns.years[**row] == year));
            let mistake = match row {
                Some(row) => mistake.at(Place::at(name(), columns.lines[*row], 1, 0)),
                None => mistake,
            };
            match hint(&error) {
                Some(hint) => mistake.hint(hint),
                None => mistake,
            }
        })?;
        if let Some((year, _)) = years.iter().zip(&trajectory.values).find(|(_, value)| !value.is_finite()) {
            return Err(refused(format!("the forecast of {year} is beyond every number"))
                .hint("choose a nearer year or another model"));
        }
        Ok((history, years, trajectory))
    }

    /// The model that was asked for.
    fn model(&self, arguments: &Forecast, total: Option<&History>) -> Result<Model, String> {
        let parameters = &arguments.parameters;
        let window = Window { from: parameters.from, to: parameters.to_year };
        let anchor = match parameters.anchor {
            None | Some(Anchor::LastObservation) => icf_projection::Anchor::LastObservation,
            Some(Anchor::Trend) => icf_projection::Anchor::Trend,
        };
        let inner = |plain: Option<Plain>, usual: Plain| Box::new(plain.unwrap_or(usual).model());
        let share = |percent: Option<icf_scenario::Percent>| {
            percent.expect("the command line asks for it").fraction()
        };
        let year = |year: Option<Year>| year.expect("the command line asks for it");
        let column = |place: usize, what: &str| {
            self.columns.get(place).cloned().flatten().ok_or_else(|| format!("there is no {what}"))
        };
        Ok(match arguments.model {
            ModelName::Constant => Model::Constant(Constant),
            ModelName::Rate => {
                let rate = parameters.rate.expect("the command line asks for it");
                Model::Rate(Rate { per_year: rate.fraction() })
            }
            ModelName::Cagr => Model::Cagr(Cagr { window }),
            ModelName::LogLinear => Model::LogLinear(LogLinear { window, anchor }),
            ModelName::TheilSen => Model::TheilSen(TheilSen { window, anchor }),
            ModelName::Damped => {
                let Parameters { alpha, beta, phi, .. } = *parameters;
                Model::Damped(Damped { alpha, beta, phi })
            }
            ModelName::Drift => Model::Drift(Drift),
            ModelName::Segmented => {
                let usual = Segmented::default();
                Model::Segmented(Segmented {
                    shortest: parameters.shortest.map_or(usual.shortest, usize::from),
                    most: parameters.most.map_or(usual.most, usize::from),
                    floor: parameters.floor.map_or(usual.floor, icf_scenario::Percent::fraction),
                })
            }
            ModelName::Path => Model::Path(Path {
                points: parameters.point.iter().map(|point| (point.year, point.share)).collect(),
                between: match parameters.between {
                    None | Some(Between::Linear) => icf_projection::Between::Linear,
                    Some(Between::Monotone) => icf_projection::Between::Monotone,
                },
            }),
            ModelName::LogisticPeak => Model::LogisticPeak(LogisticPeak {
                peak: year(parameters.peak),
                height: share(parameters.height),
                steepest: year(parameters.steepest),
                floor: share(parameters.floor),
            }),
            ModelName::Kaya => Model::Kaya(Kaya {
                population: (column(1, "population")?, inner(parameters.population_model, Plain::Constant)),
                product: column(2, "product")?,
                per_head: inner(parameters.per_head, Plain::LogLinear),
                intensity: inner(parameters.intensity, Plain::LogLinear),
            }),
            ModelName::TopDown => {
                let total =
                    total.ok_or("there is no year in which every id has a value, so there is no sum")?;
                Model::TopDown(TopDown {
                    total: total.clone(),
                    model: inner(parameters.total, Plain::LogLinear),
                })
            }
            ModelName::Best => {
                let among = &parameters.among;
                let candidates = if among.is_empty() {
                    Model::candidates()
                } else {
                    among.iter().map(|plain| plain.model()).collect()
                };
                Model::Best(Best { candidates, ahead: AHEAD })
            }
        })
    }
}

/// The sum of all series in the years in which each has a value.
fn total(series: &[Series]) -> Option<History> {
    let first = series.first()?.columns[0].as_ref()?;
    let sum = |year: Year| series.iter().map(|one| one.columns[0].as_ref()?.at(year)).sum::<Option<f64>>();
    History::new(first.observations().iter().filter_map(|(year, _)| Some((*year, sum(*year)?)))).ok()
}

/// The year of the value that a model cannot take.
fn year_of(error: &ModelError) -> Option<Year> {
    match error {
        ModelError::NotPositive { year, .. } => Some(*year),
        _ => None,
    }
}

fn hint(error: &ModelError) -> Option<&'static str> {
    match error {
        ModelError::NotPositive { .. } => Some("constant, drift and damped take any values"),
        ModelError::Missing { .. } => {
            Some("fill the gap, or take a model that allows one: drift, log-linear or theil-sen")
        }
        ModelError::TooFew { .. } => Some("widen the window, or take constant or drift"),
        _ => None,
    }
}

/// One row a year that has a value, and one a year of the forecast.
fn rows(
    arguments: &Forecast,
    series: &Series,
    history: &History,
    years: YearRange,
    trajectory: &Trajectory,
) -> Vec<Vec<Value>> {
    let levels = &arguments.level;
    let id = json!(series.id.as_ref().map(RegionId::as_str));
    let past = history.observations().iter().map(|(year, value)| {
        let fitted = trajectory.fitted.iter().find(|(fitted, _)| fitted == year).map(|(_, value)| *value);
        let mut row = vec![id.clone(), json!(year.get()), json!(value)];
        row.extend(std::iter::repeat_n(Value::Null, 2 * levels.len()));
        row.push(json!(fitted));
        row
    });
    let intervals: Vec<_> = levels.iter().map(|level| trajectory.interval(level.share())).collect();
    let ahead = years.iter().zip(&trajectory.values).enumerate().map(|(place, (year, value))| {
        let mut row = vec![id.clone(), json!(year.get()), json!(value)];
        for interval in &intervals {
            row.push(json!(interval[place].map(|(low, _)| low)));
            row.push(json!(interval[place].map(|(_, high)| high)));
        }
        row.push(Value::Null);
        row
    });
    past.chain(ahead).collect()
}

/// What a reader should know beside the figures.
fn notes(arguments: &Forecast, series: &Series, years: YearRange, trajectory: &Trajectory) -> Vec<String> {
    let mut notes = Vec::new();
    let of = series.id.as_ref().map_or_else(String::new, |id| format!("{id}: "));
    if let Some(chosen) = &trajectory.chosen {
        notes.push(format!(
            "{of}{} chosen: MASE {:.3} over {} forecasts of the past, that of no change {:.3}",
            chosen.model, chosen.mase, chosen.forecasts, chosen.naive_mase
        ));
    }
    if !trajectory.phases.is_empty() {
        let phases = trajectory
            .phases
            .iter()
            .map(|phase| format!("{}–{} {:+.2} %/yr", phase.from, phase.to, 100.0 * phase.rate));
        notes.push(format!("{of}phases {}", phases.collect::<Vec<_>>().join(", ")));
    }
    if let Some(trend) = trajectory.trend {
        notes.push(format!("{of}Mann–Kendall S {}, z {:.3}, p {:.2e}", trend.s, trend.z, trend.p));
    }
    for level in &arguments.level {
        let interval = trajectory.interval(level.share());
        let blank: Vec<Year> =
            years.iter().zip(&interval).filter(|(_, ends)| ends.is_none()).map(|(year, _)| year).collect();
        let percent = level.percent;
        match (blank.first(), &trajectory.spread) {
            (None, _) => {}
            (Some(_), None) if trajectory.values.len() == blank.len() => {
                notes.push(format!("{of}no interval of {percent} %: nothing in the past to take it from"));
            }
            (Some(first), _) => {
                notes.push(format!(
                    "{of}no interval of {percent} % from {first} on: too few errors of the past"
                ));
            }
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_in_the_order_of_ids_and_years() {
        let columns = Columns {
            ids: ["b", "a", "b"].map(RegionId::new).to_vec(),
            years: [2021, 2020, 2020].map(Year::new).to_vec(),
            numbers: vec![vec![Some(2.0), None, Some(1.0)]],
            ..Columns::default()
        };
        let series = Series::all(&columns);
        assert_eq!(series.iter().map(|one| one.rows.clone()).collect::<Vec<_>>(), [vec![1], vec![2, 0]]);
        assert!(series[0].columns[0].is_none());
        assert_eq!(series[1].columns[0].as_ref().unwrap().last(), (Year::new(2021), 2.0));
        assert_eq!(total(&series), None);
    }
}
