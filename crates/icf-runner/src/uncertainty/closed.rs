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

/// The chain, when every drawn key is the rate of a `rate`, a point of a straight `path` or the level of a threshold, and
/// moves nothing but its own quantity.
pub(super) fn chain(ground: &Ground<'_>, setup: &Setup) -> Option<Closed> {
    let scenario = ground.loaded.scenario();
    let keys: Vec<Key> = setup.plan.inputs.names().map(Key::parse).collect::<Option<_>>()?;
    // Levers change what the models give, and draw on it.
    if !scenario.levers.is_empty() && keys.iter().any(|key| key.model().is_some()) {
        return None;
    }
    // A model that is made of others may draw on what is drawn.
    let models = scenario.projection.models();
    if keys.iter().any(|key| key.model().is_some())
        && models.iter().any(|(_, model)| !model.parts().is_empty())
    {
        return None;
    }
    let known: Vec<&String> = models.iter().map(|(key, _)| key).collect();
    if keys.iter().filter_map(Key::model).any(|model| !known.iter().any(|key| *key == model)) {
        return None;
    }
    let mut closed = Closed { eta: ground.accounts.eta.get(), ..Closed::default() };
    let mut shapes: Vec<(String, usize)> = Vec::new();
    let history = &ground.prepared.history.accounts;
    for (place, quantity) in Quantity::ALL.into_iter().enumerate() {
        for (region, info) in ground.infos().iter().enumerate() {
            let course = match quantity {
                Quantity::Emissions => {
                    let panels = (&history.ice, &ground.accounts.ice);
                    course(ground, &keys, (Of::Emissions, info), region, panels, &mut closed, &mut shapes)
                }
                Quantity::Sink => {
                    let panels = (&history.cs, &ground.accounts.cs);
                    course(ground, &keys, (Of::Sink, info), region, panels, &mut closed, &mut shapes)
                }
                Quantity::Population => {
                    let panels = (&history.population, &ground.accounts.population);
                    course(ground, &keys, (Of::Population, info), region, panels, &mut closed, &mut shapes)
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
                    let spec =
                        &scenario.uncertainty.as_ref()?.inputs[setup.plan.inputs.names().nth(input)?];
                    let one: Level = spec.amounts().first()?.1.with(1.0).parse().ok()?;
                    Some(Term::Drawn { input, scale: level(one, basis) })
                }
                None => Some(Term::Given(threshold.level.map_or(0.0, |of| level(of, basis)))),
            }
        })
        .collect::<Option<_>>()?;
    closed.levels.push(Term::Given(0.0));
    Some(closed)
}

/// The course of a quantity in a region: `None` where it has no closed form, `Some(None)` where it is not known.
fn course<Q: Measured>(
    ground: &Ground<'_>,
    keys: &[Key],
    (of, info): (Of, &RegionInfo),
    region: usize,
    (history, full): (&Panel<Q>, &Panel<Q>),
    closed: &mut Closed,
    shapes: &mut Vec<(String, usize)>,
) -> Option<Option<Course>> {
    let (model, key) = of.model(&ground.loaded.scenario().projection, info);
    let own = |at: &Key| at.model().is_some_and(|model| model == key);
    if !keys.iter().any(own) {
        let figures: Option<Vec<f64>> =
            ground.years.iter().map(|year| Some(full.get(region, year)?.get())).collect();
        return Some(figures.map(Course::Given));
    }
    // The shape goes on from the last year of the history.
    let last = history.axes().years().last();
    let Some(start) = history.get(region, last) else {
        let is_unknown = ground.years.iter().all(|year| full.get(region, year).is_none());
        return is_unknown.then_some(None);
    };
    let foretold = ground.first_year();
    if of == Of::Population && ground.prepared.knows_population_of(foretold) {
        return None;
    }
    let shape = match shapes.iter().find(|(of, _)| *of == key) {
        Some((_, shape)) => *shape,
        None => {
            closed.shapes.push(shape(ground, keys, model, &key)?);
            shapes.push((key.clone(), closed.shapes.len() - 1));
            closed.shapes.len() - 1
        }
    };
    Some(Some(Course::Shaped { shape, start: start.get() }))
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
            let drawn = keys.iter().filter_map(|at| match at {
                Key::Point { model, year } if model == key => Some(*year),
                _ => None,
            });
            // A year that the path does not name would be a new point of it.
            if drawn.into_iter().any(|year| !points.contains_key(&year)) {
                return None;
            }
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
