//! What `icf forecast` takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use icf_projection as projection;
use icf_scenario::{Percent, Rate};
use icf_units::Year;

use super::{Only, Printing};

#[derive(Debug, Args)]
pub(crate) struct Forecast {
    /// CSV file of the values
    #[arg(long, value_name = "FILE")]
    pub(crate) data: PathBuf,
    /// Column of the values; an empty cell is a missing value
    #[arg(long, value_name = "COL")]
    pub(crate) value: String,
    /// Column of years
    #[arg(long, value_name = "COL")]
    pub(crate) year: String,
    /// Column of ids: each has a series of its own [default: the file is one series]
    #[arg(long, value_name = "COL")]
    pub(crate) id: Option<String>,
    #[command(flatten)]
    pub(crate) only: Only,
    /// The model
    #[arg(long, value_enum, value_name = "NAME")]
    pub(crate) model: ModelName,
    /// Last year of the forecast
    #[arg(long, value_name = "YEAR", value_parser = year)]
    pub(crate) to: Year,
    /// Levels of the intervals in per cent
    #[arg(long, value_name = "PCT,…", value_delimiter = ',', default_value = "80,95", value_parser = level)]
    pub(crate) level: Vec<Level>,
    #[command(flatten)]
    pub(crate) parameters: Parameters,
    #[command(flatten)]
    pub(crate) printing: Printing,
}

/// A model by its name in the language of scenarios.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModelName {
    /// The last value
    Constant,
    /// A given rate from the last value on
    Rate,
    /// The rate between two years
    Cagr,
    /// Least squares on the logarithms
    #[value(alias = "fitted")]
    LogLinear,
    /// The median slope of the logarithms
    TheilSen,
    /// Holt's damped trend
    Damped,
    /// The mean step
    Drift,
    /// The rate of the last phase; phases are found
    Segmented,
    /// Given points
    Path,
    /// Up to a given peak and down a logistic curve
    LogisticPeak,
    /// Population × product per head × intensity
    Kaya,
    /// The last share of the sum over all ids
    TopDown,
    /// The one that would have done best
    Best,
}

/// A model that needs nothing but the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Plain {
    Constant,
    Drift,
    Cagr,
    #[value(alias = "fitted")]
    LogLinear,
    TheilSen,
    Damped,
    Segmented,
}

impl Plain {
    /// The model, fitted on the whole history.
    pub(crate) fn model(self) -> projection::Model {
        let name = self.to_possible_value().expect("no model is skipped");
        projection::Model::candidates()
            .into_iter()
            .find(|model| projection::Fit::name(model) == name.get_name())
            .expect("each plain model is a candidate")
    }
}

/// Figures of single models.
#[derive(Debug, Args)]
pub(crate) struct Parameters {
    /// rate: change a year, e.g. '-0.43 %/yr'
    #[arg(long, value_name = "RATE", allow_hyphen_values = true, value_parser = rate)]
    pub(crate) rate: Option<Rate>,
    /// cagr, log-linear, theil-sen: first year of the window [default: the first of the series]
    #[arg(long, value_name = "YEAR", value_parser = year)]
    pub(crate) from: Option<Year>,
    /// cagr, log-linear, theil-sen: last year of the window [default: the last of the series]
    #[arg(long, value_name = "YEAR", value_parser = year)]
    pub(crate) to_year: Option<Year>,
    /// log-linear, theil-sen: where the forecast starts [default: last-observation]
    #[arg(long, value_enum, value_name = "WHERE")]
    pub(crate) anchor: Option<Anchor>,
    /// damped: weight of the newest level, 0 to 1 [default: estimated]
    #[arg(long, value_name = "W", value_parser = weight)]
    pub(crate) alpha: Option<f64>,
    /// damped: weight of the newest trend, 0 to 1 [default: estimated]
    #[arg(long, value_name = "W", value_parser = weight)]
    pub(crate) beta: Option<f64>,
    /// damped: what is left of the trend a year later, 0.01 to 1 [default: estimated]
    #[arg(long, value_name = "W", value_parser = damping)]
    pub(crate) phi: Option<f64>,
    /// segmented: years of a phase at least [default: 4]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(3..=100))]
    pub(crate) shortest: Option<u8>,
    /// segmented: phases at most [default: 5]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=20))]
    pub(crate) most: Option<u8>,
    /// segmented: scatter below which a better fit is not believed [default: 1 %]; logistic-peak: where the fall ends
    #[arg(long, value_name = "PCT", value_parser = percent)]
    pub(crate) floor: Option<Percent>,
    /// path: per cent of the last value in a year, e.g. 2025=103%; may be repeated
    #[arg(long, value_name = "YEAR=PCT")]
    pub(crate) point: Vec<Point>,
    /// path: how it goes from point to point [default: linear]
    #[arg(long, value_enum, value_name = "HOW")]
    pub(crate) between: Option<Between>,
    /// logistic-peak: year of the peak
    #[arg(long, value_name = "YEAR", value_parser = year, required_if_eq("model", "logistic-peak"))]
    pub(crate) peak: Option<Year>,
    /// logistic-peak: the peak in per cent of the last value
    #[arg(long, value_name = "PCT", value_parser = percent, required_if_eq("model", "logistic-peak"))]
    pub(crate) height: Option<Percent>,
    /// logistic-peak: year of the steepest fall
    #[arg(long, value_name = "YEAR", value_parser = year, required_if_eq("model", "logistic-peak"))]
    pub(crate) steepest: Option<Year>,
    /// kaya: column of residents
    #[arg(long, value_name = "COL", required_if_eq("model", "kaya"))]
    pub(crate) population: Option<String>,
    /// kaya: column of the product
    #[arg(long, value_name = "COL", required_if_eq("model", "kaya"))]
    pub(crate) product: Option<String>,
    /// kaya: model of the residents [default: constant]
    #[arg(long, value_enum, value_name = "NAME")]
    pub(crate) population_model: Option<Plain>,
    /// kaya: model of the product per head [default: log-linear]
    #[arg(long, value_enum, value_name = "NAME")]
    pub(crate) per_head: Option<Plain>,
    /// kaya: model of value per product [default: log-linear]
    #[arg(long, value_enum, value_name = "NAME")]
    pub(crate) intensity: Option<Plain>,
    /// top-down: model of the sum [default: log-linear]
    #[arg(long, value_enum, value_name = "NAME")]
    pub(crate) total: Option<Plain>,
    /// best: the models to choose from [default: all that need nothing but the history]
    #[arg(long, value_enum, value_name = "NAME,…", value_delimiter = ',')]
    pub(crate) among: Vec<Plain>,
}

/// Where a fitted forecast starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Anchor {
    /// At the last value
    LastObservation,
    /// On the fitted line
    Trend,
}

/// How a path goes from point to point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Between {
    /// On straight lines
    Linear,
    /// On smooth curves within the range of neighbouring points
    Monotone,
}

/// A year with a share of the last value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) year: Year,
    pub(crate) share: f64,
}

impl std::str::FromStr for Point {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (of, share) = text.split_once('=').ok_or("write YEAR=PCT, e.g. 2025=103%")?;
        Ok(Self { year: year(of.trim())?, share: percent(share.trim())?.fraction() })
    }
}

/// The level of an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Level {
    /// In per cent, as it is written.
    pub(crate) percent: f64,
}

impl Level {
    pub(crate) fn share(self) -> f64 {
        self.percent / 100.0
    }
}

impl Forecast {
    /// What of the options cannot go together.
    pub(super) fn conflict(&self) -> Option<String> {
        let Self { model, parameters, .. } = self;
        let name = model.to_possible_value().expect("no model is skipped");
        if let Some((option, models)) = parameters.misplaced(*model) {
            return Some(format!("{option} says nothing to {}; it is for --model {models}", name.get_name()));
        }
        let lacks = |is_lacking: bool, option: &str| {
            is_lacking.then(|| format!("--model {} needs {option}", name.get_name()))
        };
        let twice = self.level.iter().enumerate().find(|(place, level)| self.level[..*place].contains(level));
        lacks(*model == ModelName::Rate && parameters.rate.is_none(), "--rate, e.g. --rate '-0.43 %/yr'")
            .or_else(|| lacks(*model == ModelName::Path && parameters.point.is_empty(), "--point YEAR=PCT"))
            .or_else(|| lacks(*model == ModelName::LogisticPeak && parameters.floor.is_none(), "--floor PCT"))
            .or_else(|| {
                lacks(*model == ModelName::TopDown && self.id.is_none(), "--id, whose series make the sum")
            })
            .or_else(|| twice.map(|(_, level)| format!("--level names {} twice", level.percent)))
            .or_else(|| parameters.disorder())
    }
}

impl Parameters {
    /// An option that says nothing to the model, and what it is for.
    fn misplaced(&self, model: ModelName) -> Option<(&'static str, &'static str)> {
        use ModelName::{
            Best, Cagr, Damped, Kaya, LogLinear, LogisticPeak, Path, Rate, Segmented, TheilSen, TopDown,
        };
        let windows: &[ModelName] = &[Cagr, LogLinear, TheilSen];
        let given: [(bool, &[ModelName], &str, &str); 21] = [
            (self.rate.is_some(), &[Rate], "--rate", "rate"),
            (self.from.is_some(), windows, "--from", "cagr, log-linear or theil-sen"),
            (self.to_year.is_some(), windows, "--to-year", "cagr, log-linear or theil-sen"),
            (self.anchor.is_some(), &[LogLinear, TheilSen], "--anchor", "log-linear or theil-sen"),
            (self.alpha.is_some(), &[Damped], "--alpha", "damped"),
            (self.beta.is_some(), &[Damped], "--beta", "damped"),
            (self.phi.is_some(), &[Damped], "--phi", "damped"),
            (self.shortest.is_some(), &[Segmented], "--shortest", "segmented"),
            (self.most.is_some(), &[Segmented], "--most", "segmented"),
            (self.floor.is_some(), &[Segmented, LogisticPeak], "--floor", "segmented or logistic-peak"),
            (!self.point.is_empty(), &[Path], "--point", "path"),
            (self.between.is_some(), &[Path], "--between", "path"),
            (self.peak.is_some(), &[LogisticPeak], "--peak", "logistic-peak"),
            (self.height.is_some(), &[LogisticPeak], "--height", "logistic-peak"),
            (self.steepest.is_some(), &[LogisticPeak], "--steepest", "logistic-peak"),
            (self.population.is_some(), &[Kaya], "--population", "kaya"),
            (self.product.is_some(), &[Kaya], "--product", "kaya"),
            (self.population_model.is_some(), &[Kaya], "--population-model", "kaya"),
            (
                self.per_head.is_some() || self.intensity.is_some(),
                &[Kaya],
                "--per-head and --intensity",
                "kaya",
            ),
            (self.total.is_some(), &[TopDown], "--total", "top-down"),
            (!self.among.is_empty(), &[Best], "--among", "best"),
        ];
        let lost =
            |(is_given, models, ..): &(bool, &[ModelName], &str, &str)| *is_given && !models.contains(&model);
        given.into_iter().find(lost).map(|(_, _, option, models)| (option, models))
    }

    /// Years and shares that contradict each other.
    fn disorder(&self) -> Option<String> {
        if let (Some(from), Some(to)) = (self.from, self.to_year)
            && to <= from
        {
            return Some(format!("the window ends in {to}, not after it begins in {from}"));
        }
        if let Some(pair) = self.point.windows(2).find(|pair| pair[1].year <= pair[0].year) {
            return Some(format!("--point {} does not stand after {}", pair[1].year, pair[0].year));
        }
        let (Some(peak), Some(steepest)) = (self.peak, self.steepest) else { return None };
        if steepest <= peak {
            return Some(format!("the steepest fall in {steepest} is not after the peak in {peak}"));
        }
        let (Some(height), Some(floor)) = (self.height, self.floor) else { return None };
        if height.fraction() < 1.0 {
            return Some(format!("a peak of {height} lies below the last value"));
        }
        (floor >= height).then(|| format!("a fall from {height} to {floor} is none"))
    }
}

fn year(text: &str) -> Result<Year, String> {
    let year = text.parse::<i32>().ok().filter(|year| (1..=9999).contains(year));
    year.map(Year::new).ok_or_else(|| format!("`{text}` is not a year"))
}

fn level(text: &str) -> Result<Level, String> {
    let percent: f64 =
        text.trim().trim_end_matches('%').trim().parse().map_err(|_| "not a number".to_owned())?;
    if percent > 0.0 && percent < 100.0 {
        Ok(Level { percent })
    } else {
        Err("a level in per cent lies above 0 and below 100, e.g. 95".to_owned())
    }
}

fn weight(text: &str) -> Result<f64, String> {
    between(text, 0.0)
}

fn damping(text: &str) -> Result<f64, String> {
    between(text, 0.01)
}

fn between(text: &str, least: f64) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (least..=1.0).contains(&number) { Ok(number) } else { Err(format!("it lies from {least} to 1")) }
}

fn rate(text: &str) -> Result<Rate, String> {
    text.parse().map_err(|error: icf_scenario::ScalarError| format!("{error}; {}", error.hint()))
}

fn percent(text: &str) -> Result<Percent, String> {
    text.parse().map_err(|error: icf_scenario::ScalarError| format!("{error}; {}", error.hint()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_levels() {
        let point = |year, share| Ok(Point { year: Year::new(year), share });
        assert_eq!("2025=103%".parse(), point(2025, 1.03));
        assert_eq!("2030 = 85 %".parse(), point(2030, 0.85));
        assert!("2030".parse::<Point>().unwrap_err().contains("YEAR=PCT"));
        assert!("2030=0.85".parse::<Point>().unwrap_err().contains("no unit"));
        assert_eq!(level("97.5"), Ok(Level { percent: 97.5 }));
        assert_eq!(level("80 %"), Ok(Level { percent: 80.0 }));
        assert!(
            level("0").is_err() && level("100").is_err() && level("high").is_err() && level("NaN").is_err()
        );
    }

    #[test]
    fn every_plain_model_is_there() {
        for plain in Plain::value_variants() {
            plain.model();
        }
        assert_eq!(Plain::value_variants().len(), projection::Model::candidates().len());
    }
}
