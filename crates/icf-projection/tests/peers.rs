//! The models held against statsmodels, SciPy, pymannkendall and R on series that are shipped; `peers/` made the figures.
#![expect(clippy::unwrap_used, reason = "a test may panic, and reads what was written")]

use icf_projection::{
    Anchor, Between, Constant, Damped, Drift, Fit, History, LogLinear, Model, Path, Scale, Spread, TheilSen,
    Trajectory, Window,
};
use icf_units::{Year, YearRange};

const SERIES: [&str; 3] = ["china", "nile", "lakehuron"];
const AHEAD: i32 = 8;
const WHOLE: Window = Window::ALL;

/// A figure of another program.
struct Figure {
    series: &'static str,
    model: &'static str,
    figure: &'static str,
    year: Option<Year>,
    value: f64,
}

fn lines(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split(',').collect())
}

fn figures(text: &'static str) -> Vec<Figure> {
    let figure = |cells: Vec<&'static str>| Figure {
        series: cells[0],
        model: cells[1],
        figure: cells[2],
        year: cells[3].parse().ok().map(Year::new),
        value: cells[4].parse().unwrap(),
    };
    lines(text).map(figure).collect()
}

fn python() -> Vec<Figure> {
    figures(include_str!("data/python.csv"))
}

fn r() -> Vec<Figure> {
    figures(include_str!("data/r.csv"))
}

fn history(series: &str) -> History {
    let own = lines(include_str!("data/series.csv")).filter(|cells| cells[0] == series);
    History::new(own.map(|cells| (Year::new(cells[1].parse().unwrap()), cells[2].parse().unwrap()))).unwrap()
}

fn ahead(history: &History) -> YearRange {
    let last = history.last().0;
    YearRange::new(last.next(), Year::new(last.get() + AHEAD)).unwrap()
}

/// Holds each figure of a model against what is found, and returns how many were held.
#[track_caller]
fn hold(
    figures: &[Figure],
    model: &str,
    names: &[&str],
    relative: f64,
    found: impl Fn(&Figure, &History) -> f64,
) -> usize {
    let mut count = 0;
    for figure in figures.iter().filter(|figure| figure.model == model && names.contains(&figure.figure)) {
        let found = found(figure, &history(figure.series));
        let off = (found - figure.value).abs();
        let Figure { series, figure: name, year, value, .. } = figure;
        assert!(off <= relative * value.abs(), "{series} {model} {name} {year:?}: {found} is not {value}");
        count += 1;
    }
    count
}

/// The figure of a trajectory by its name.
fn of(trajectory: &Trajectory, figure: &Figure, history: &History) -> f64 {
    let place = |year: Year| usize::try_from(year.since(history.last().0) - 1).unwrap();
    let interval = |level| trajectory.interval(level)[place(figure.year.unwrap())].unwrap();
    match figure.figure {
        "value" => trajectory.values[place(figure.year.unwrap())],
        "fitted" => trajectory.fitted.iter().find(|(year, _)| Some(*year) == figure.year).unwrap().1,
        "lower80" => interval(0.8).0,
        "upper80" => interval(0.8).1,
        "lower95" => interval(0.95).0,
        "upper95" => interval(0.95).1,
        "rate" => trajectory.rate.unwrap(),
        "r_squared" => trajectory.r_squared.unwrap(),
        "s" => trajectory.trend.unwrap().s as f64,
        "variance" => trajectory.trend.unwrap().variance,
        "z" => trajectory.trend.unwrap().z,
        "p" => trajectory.trend.unwrap().p,
        other => panic!("{other} is no figure of a trajectory"),
    }
}

fn made(model: &impl Fit) -> impl Fn(&Figure, &History) -> f64 {
    |figure, history| of(&model.project(history, ahead(history)).unwrap(), figure, history)
}

#[test]
fn log_linear_with_its_interval() {
    let model = LogLinear { window: WHOLE, anchor: Anchor::Trend };
    let names = ["rate", "r_squared", "value", "fitted", "lower80", "upper80", "lower95", "upper95"];
    assert_eq!(hold(&python(), "log_linear", &names, 1e-9, made(&model)), 3 * (2 + 5 * 8) + 23 + 30 + 30);
    assert_eq!(hold(&r(), "log_linear", &names, 1e-9, made(&model)), 3 * 4 * 8);
}

#[test]
fn theil_sen_and_mann_kendall() {
    let model = TheilSen { window: WHOLE, anchor: Anchor::Trend };
    assert_eq!(
        hold(&python(), "theil_sen", &["rate", "value", "s", "variance", "z"], 1e-12, made(&model)),
        3 * 5
    );
    // pymannkendall takes p from one minus the normal distribution, and loses digits where p is small.
    assert_eq!(hold(&python(), "theil_sen", &["p"], 1e-9, made(&model)), 3);
    assert_eq!(hold(&r(), "theil_sen", &["z", "p"], 1e-9, made(&model)), 3 * 2);
}

#[test]
fn damped_with_given_weights() {
    let model = Damped { alpha: Some(0.4), beta: Some(0.3), phi: Some(0.9) };
    // The first level and trend are exact here, and found by iteration there.
    assert_eq!(
        hold(&python(), "damped_fixed", &["value", "fitted"], 1e-4, made(&model)),
        3 * 8 + 23 + 30 + 30
    );
    let errors = |history: &History| match model.project(history, ahead(history)).unwrap().spread.unwrap() {
        Spread::Student { errors, scale: Scale::Level, .. } => errors,
        other => panic!("{other:?} is no spread of errors"),
    };
    let ratio = |figure: &Figure, history: &History| {
        let errors = errors(history);
        let place = usize::try_from(figure.year.unwrap().since(history.last().0) - 1).unwrap();
        (errors[place] / errors[0]).powi(2)
    };
    assert_eq!(hold(&python(), "damped_fixed", &["variance_ratio"], 1e-9, ratio), 3 * 8);
    let sse = |_: &Figure, history: &History| squares(&model, history);
    assert_eq!(hold(&python(), "damped_fixed", &["sse"], 1e-6, sse), 3);
}

fn squares(model: &Damped, history: &History) -> f64 {
    let fitted = model.project(history, ahead(history)).unwrap().fitted;
    fitted.iter().map(|(year, value)| (history.at(*year).unwrap() - value).powi(2)).sum()
}

/// The best of 18 searches of statsmodels from different starts is not better.
#[test]
fn damped_finds_the_optimum() {
    let figures = python();
    let theirs = figures.iter().filter(|figure| figure.model == "damped_optimum");
    let mut count = 0;
    for figure in theirs {
        let ours = squares(&Damped::default(), &history(figure.series));
        assert!(ours <= figure.value * (1.0 + 1e-6), "{}: {ours} is above {}", figure.series, figure.value);
        assert!(ours >= figure.value * 0.98, "{}: {ours} is far below {}", figure.series, figure.value);
        count += 1;
    }
    assert_eq!(count, SERIES.len());
}

#[test]
fn random_walks() {
    let error = |model: Model| {
        move |figure: &Figure, history: &History| match model.project(history, ahead(history)).unwrap().spread
        {
            Some(Spread::Student { errors, .. }) => {
                errors[usize::try_from(figure.year.unwrap().since(history.last().0) - 1).unwrap()]
            }
            other => panic!("{other:?} is no spread of errors"),
        }
    };
    assert_eq!(hold(&r(), "constant", &["value"], 1e-12, made(&Constant)), 3 * 8);
    assert_eq!(hold(&r(), "drift", &["value"], 1e-12, made(&Drift)), 3 * 8);
    assert_eq!(hold(&r(), "constant", &["error"], 1e-9, error(Model::Constant(Constant))), 3 * 8);
    assert_eq!(hold(&r(), "drift", &["error"], 1e-9, error(Model::Drift(Drift))), 3 * 8);
}

#[test]
fn monotone_between_points() {
    let points = [(2025, 1.08), (2030, 0.9), (2032, 0.9), (2040, 0.4)];
    let points = points.map(|(year, share)| (Year::new(year), share)).to_vec();
    let start = History::new([(Year::new(2022), 1.0)]).unwrap();
    let years = YearRange::new(Year::new(2023), Year::new(2040)).unwrap();
    let made = Path { points, between: Between::Monotone }.project(&start, years).unwrap();
    let figures = python();
    let theirs = figures.iter().filter(|figure| figure.model == "monotone");
    let pairs: Vec<_> = made.values.iter().zip(theirs.map(|figure| figure.value)).collect();
    assert_eq!(pairs.len(), 18);
    assert!(pairs.iter().all(|(ours, theirs)| (*ours - theirs).abs() < 1e-12), "{pairs:?}");
}
