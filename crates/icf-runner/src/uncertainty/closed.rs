//! The chain in closed form.

use icf_ensemble::{Closed, Course, Quantity, Shape, Term};
use icf_results::RegionInfo;
use icf_scenario::{Between, Level, Model};
use icf_units::{Panel, Quantity as Measured, Year};

use super::{Ground, Setup};
use crate::thresholds::level;
use crate::trajectories::Of;

/// The key of a drawn rate, point or level.
enum Key {
    Rate { model: String },
    Point { model: String, year: Year },
    Level { threshold: usize },
}

impl Key {
    fn parse(key: &str) -> Option<Self> {
        if let Some(rest) = key.strip_prefix("thresholds[") {
            let threshold = rest.strip_suffix("].level")?.parse().ok()?;
            return Some(Self::Level { threshold });
        }
        if let Some(model) = key.strip_suffix(".rate") {
            return Some(Self::Rate { model: model.to_owned() });
        }
        let (model, year) = key.rsplit_once(".points.")?;
        Some(Self::Point { model: model.to_owned(), year: Year::new(year.parse().ok()?) })
    }

    fn model(&self) -> Option<&str> {
        match self {
            Self::Rate { model } | Self::Point { model, .. } => Some(model),
            Self::Level { .. } => None,
        }
    }
}

/// An input whose draws have no closed form, and why not.
pub(super) struct Open {
    pub(super) key: String,
    pub(super) why: String,
}

/// The chain, when every drawn key is the rate of a `rate`, a point of a straight `path` or the level of a threshold, and
/// moves nothing but its own quantity.
///
/// # Errors
/// With each input that has no closed form.
pub(super) fn chain(ground: &Ground<'_>, setup: &Setup) -> Result<Closed, Vec<Open>> {
    let names = || setup.plan.inputs.names();
    let open: Vec<Open> = names()
        .filter_map(|name| Some(Open { key: name.to_owned(), why: why_open(ground, name)? }))
        .collect();
    if !open.is_empty() {
        return Err(open);
    }
    let keys: Vec<Key> = names().filter_map(Key::parse).collect();
    put_together(ground, setup, &keys).map_err(|model| {
        let of_model = |name: &&str| Key::parse(name).is_some_and(|key| key.model() == Some(model.as_str()));
        let why =
            "a region has no figure in the last year of the history, from which it would go on".to_owned();
        names().filter(of_model).map(|name| Open { key: name.to_owned(), why: why.clone() }).collect()
    })
}

/// Why the draws of a key have no closed form, whatever the regions.
fn why_open(ground: &Ground<'_>, name: &str) -> Option<String> {
    let scenario = ground.loaded.scenario();
    let said = |why: &str| Some(why.to_owned());
    let Some(key) = Key::parse(name) else {
        return said("it is no rate of a model, point of a path or level of a threshold");
    };
    let model_key = key.model()?;
    let models = scenario.projection.models();
    let Some((_, model)) = models.iter().find(|(of, _)| of == model_key) else {
        return said("it is no rate of a model");
    };
    // Levers change what the models give, and draw on it.
    if !scenario.levers.is_empty() {
        return said("levers change what its model gives");
    }
    // A model that is made of others may draw on what is drawn.
    if let Some((composed, _)) = models.iter().find(|(_, model)| !model.parts().is_empty()) {
        return Some(format!("`{composed}` is made of other models, which may draw on it"));
    }
    match (model, &key) {
        (Model::Rate { .. }, Key::Rate { .. }) => {}
        (Model::Path { points, between: Between::Linear }, Key::Point { year, .. }) => {
            // A year that the path does not name would be a new point of it.
            if !points.contains_key(year) {
                return said("the path has no such point");
            }
        }
        (Model::Path { .. }, Key::Point { .. }) => return said("its path is not linear"),
        _ => return Some(format!("`{model_key}` is neither a `rate` nor a `path`")),
    }
    let is_of_population = model_key.ends_with("population");
    (is_of_population && ground.prepared.knows_population_of(ground.first_year()))
        .then(|| "the data know residents of projected years".to_owned())
}

/// # Errors
/// With the key of a model that goes on from no figure.
fn put_together(ground: &Ground<'_>, setup: &Setup, keys: &[Key]) -> Result<Closed, String> {
    let scenario = ground.loaded.scenario();
    let mut closed = Closed { eta: ground.accounts.eta.get(), ..Closed::default() };
    let mut shapes: Vec<(String, usize)> = Vec::new();
    let history = &ground.prepared.history.accounts;
    for (place, quantity) in Quantity::ALL.into_iter().enumerate() {
        for (region, info) in ground.infos().iter().enumerate() {
            let course = match quantity {
                Quantity::Emissions => {
                    let panels = (&history.ice, &ground.accounts.ice);
                    course(ground, keys, (Of::Emissions, info), region, panels, &mut closed, &mut shapes)
                }
                Quantity::Sink => {
                    let panels = (&history.cs, &ground.accounts.cs);
                    course(ground, keys, (Of::Sink, info), region, panels, &mut closed, &mut shapes)
                }
                Quantity::Population => {
                    let panels = (&history.population, &ground.accounts.population);
                    course(ground, keys, (Of::Population, info), region, panels, &mut closed, &mut shapes)
                }
            }?;
            closed.courses[place].push(course);
        }
    }
    let basis = ground.prepared.basis;
    closed.levels = scenario
        .thresholds
        .iter()
        .enumerate()
        .map(|(place, threshold)| {
            let drawn =
                keys.iter().position(|key| matches!(key, Key::Level { threshold } if *threshold == place));
            match drawn {
                Some(input) => {
                    // What one of the unit in which it is drawn is on the scenario's basis.
                    let name = setup.plan.inputs.names().nth(input);
                    let spec = scenario.uncertainty.as_ref().zip(name).map(|(of, name)| &of.inputs[name]);
                    let one = spec.and_then(|spec| spec.amounts().first()?.1.with(1.0).parse().ok());
                    let one: Level = one.expect("a level was drawn when the scenario was checked");
                    Term::Drawn { input, scale: level(one, basis) }
                }
                None => Term::Given(threshold.level.map_or(0.0, |of| level(of, basis))),
            }
        })
        .collect();
    closed.levels.push(Term::Given(0.0));
    Ok(closed)
}

/// The course of a quantity in a region, `None` where it is not known.
///
/// # Errors
/// With the key of its model, where that goes on from no figure.
fn course<Q: Measured>(
    ground: &Ground<'_>,
    keys: &[Key],
    (of, info): (Of, &RegionInfo),
    region: usize,
    (history, full): (&Panel<Q>, &Panel<Q>),
    closed: &mut Closed,
    shapes: &mut Vec<(String, usize)>,
) -> Result<Option<Course>, String> {
    let (model, key) = of.model(&ground.loaded.scenario().projection, info);
    let own = |at: &Key| at.model().is_some_and(|model| model == key);
    if !keys.iter().any(own) {
        let figures: Option<Vec<f64>> =
            ground.years.iter().map(|year| Some(full.get(region, year)?.get())).collect();
        return Ok(figures.map(Course::Given));
    }
    // The shape goes on from the last year of the history.
    let last = history.axes().years().last();
    let Some(start) = history.get(region, last) else {
        let is_unknown = ground.years.iter().all(|year| full.get(region, year).is_none());
        return if is_unknown { Ok(None) } else { Err(key) };
    };
    let shape = match shapes.iter().find(|(of, _)| *of == key) {
        Some((_, shape)) => *shape,
        None => {
            let shape = shape(ground, keys, model, &key).ok_or_else(|| key.clone())?;
            closed.shapes.push(shape);
            shapes.push((key.clone(), closed.shapes.len() - 1));
            closed.shapes.len() - 1
        }
    };
    Ok(Some(Course::Shaped { shape, start: start.get() }))
}

fn shape(ground: &Ground<'_>, keys: &[Key], model: &Model, key: &str) -> Option<Shape> {
    const PERCENT: f64 = 0.01;
    match model {
        Model::Rate { .. } => {
            let input = keys.iter().position(|at| matches!(at, Key::Rate { model } if model == key))?;
            Some(Shape::Growth(Term::Drawn { input, scale: PERCENT }))
        }
        Model::Path { points, between: Between::Linear } => {
            let start = ground.prepared.years.last();
            let term = |year: Year, share: f64| {
                let drawn =
                    |at: &Key| matches!(at, Key::Point { model, year: of } if model == key && *of == year);
                match keys.iter().position(drawn) {
                    Some(input) => Term::Drawn { input, scale: PERCENT },
                    None => Term::Given(share),
                }
            };
            let mut shape: Vec<(usize, Term)> = points
                .iter()
                .map(|(year, share)| {
                    Some((usize::try_from(year.since(start)).ok()?, term(*year, share.fraction())))
                })
                .collect::<Option<_>>()?;
            shape.sort_by_key(|(at, _)| *at);
            Some(Shape::Path(shape))
        }
        _ => None,
    }
}
