//! The scenario's errors of what goes in, as factors of fuels and areas by region.

use icf_diagnostics::{Diagnostic, Diagnostics};
use icf_results::{InputErrorRow, RegionInfo};
use icf_scenario::{Input, InputError, Loaded, RegionSet};
use icf_uncertainty::{Distribution, FigureErrors};

use crate::Prepared;

/// The figures that may be off: what was burnt of each fuel, then the area of each land class, each by region.
pub(super) struct Figures {
    pub(super) regions: usize,
    /// The fuels of the run; none of a data set that gives emissions alone, which then stand for one.
    pub(super) fuels: Vec<String>,
    pub(super) classes: Vec<String>,
}

impl Figures {
    /// Places of fuels, or of the emissions.
    pub(super) fn burnt(&self) -> usize {
        self.fuels.len().max(1)
    }

    pub(super) fn len(&self) -> usize {
        (self.burnt() + self.classes.len()) * self.regions
    }

    /// What each fuel of a region is multiplied by.
    pub(super) fn of_fuels<'a>(&self, times: &'a [f64], region: usize) -> impl Iterator<Item = f64> + 'a {
        self.of(times, region, 0).take(self.burnt())
    }

    /// What the area of each land class of a region is multiplied by.
    pub(super) fn of_classes<'a>(&self, times: &'a [f64], region: usize) -> impl Iterator<Item = f64> + 'a {
        self.of(times, region, self.burnt())
    }

    fn of<'a>(&self, times: &'a [f64], region: usize, item: usize) -> impl Iterator<Item = f64> + 'a {
        times[item * self.regions + region..].iter().step_by(self.regions).copied()
    }
}

/// The errors, and what the tables say of each.
pub(super) struct Errors {
    pub(super) drawn: FigureErrors,
    pub(super) rows: Vec<InputErrorRow>,
}

/// Turns the scenario's errors into factors.
pub(super) fn errors(
    loaded: &Loaded,
    prepared: &Prepared,
    errors: &[InputError],
    figures: &Figures,
) -> Result<Errors, Diagnostics> {
    let mut compile =
        Compile { loaded, prepared, figures, key: String::new(), mistakes: Diagnostics::default() };
    let mut found = Errors { drawn: FigureErrors::default(), rows: vec![] };
    for (place, error) in errors.iter().enumerate() {
        compile.key = format!("uncertainty.space.errors[{place}]");
        // Errors of one kind are told apart by their order; one of another kind moves none of them.
        let kind = |error: &InputError| (error.of(), error.each_region(), error.each_item());
        let alike = errors[..place].iter().filter(|before| kind(before) == kind(error)).count();
        let Some((distribution, factors)) = compile.error(error, alike) else { continue };
        found.rows.push(row(place, error, &distribution, factors.len(), figures, &prepared.selection.infos));
        found.drawn.add(distribution, factors);
    }
    compile.mistakes.into_result(found).map(|(found, _)| found)
}

struct Compile<'a> {
    loaded: &'a Loaded,
    prepared: &'a Prepared,
    figures: &'a Figures,
    /// The error that is looked at.
    key: String,
    mistakes: Diagnostics,
}

/// The name of each factor, and the places of the figures that it multiplies.
type Factors = Vec<(String, Vec<usize>)>;

impl Compile<'_> {
    fn error(&mut self, error: &InputError, alike: usize) -> Option<(Distribution, Factors)> {
        let items = self.items(error)?;
        let distribution = error.times().distribution().ok().flatten().expect("the scenario was checked");
        let infos = &self.prepared.selection.infos;
        let mut factors = Factors::new();
        for (place, item) in &items {
            for region in self.prepared.selection.places(error.regions()) {
                let of_item = if error.each_item() { item.as_str() } else { "all" };
                let of_region = if error.each_region() { infos[region].id.as_str() } else { "all" };
                let name = format!("error {} {alike} of {of_item} in {of_region}", error.of());
                let figure = place * self.figures.regions + region;
                match factors.iter_mut().find(|(other, _)| *other == name) {
                    Some((_, figures)) => figures.push(figure),
                    None => factors.push((name, vec![figure])),
                }
            }
        }
        Some((distribution, factors))
    }

    /// The places of what may be off, with its name.
    fn items(&mut self, error: &InputError) -> Option<Vec<(usize, String)>> {
        let (key, named) = error.items();
        let (all, offset) = match error {
            InputError::Activity { .. } | InputError::Factors { .. } => (&self.figures.fuels, 0),
            InputError::Areas { .. } => (&self.figures.classes, self.figures.burnt()),
        };
        if all.is_empty() {
            let (what, at, hint) = match error {
                InputError::Activity { .. } if named.is_none() && !error.each_item() => {
                    return Some(vec![(0, "emissions".to_owned())]);
                }
                InputError::Activity { .. } => (
                    "the data set gives emissions alone, and no fuels",
                    "of",
                    "leave `fuels` and `each: [fuel]` out",
                ),
                InputError::Factors { .. } => (
                    "the data set gives emissions alone, and no factor is the run's",
                    "of",
                    "take `of: activity`",
                ),
                InputError::Areas { .. } => {
                    ("the data set has no land, so no area can be off", "of", "leave it out")
                }
            };
            self.mistake(at, "error-of-nothing", what.to_owned(), hint);
            return None;
        }
        let Some(named) = named else {
            return Some(
                all.iter().enumerate().map(|(place, item)| (offset + place, item.clone())).collect(),
            );
        };
        let mut places = Vec::new();
        for (inner, name) in named.iter().enumerate() {
            match all.iter().position(|item| item == name) {
                Some(place) if places.iter().any(|(other, _)| *other == offset + place) => {
                    let message = format!("`{name}` is named twice");
                    self.mistake(&format!("{key}[{inner}]"), "named-twice", message, "keep one of them");
                }
                Some(place) => places.push((offset + place, name.clone())),
                None => {
                    let message = format!("`{name}` is not among the {key} of the run");
                    let hint = format!("they are {}", all.join(", "));
                    self.mistake(&format!("{key}[{inner}]"), "error-of-nothing", message, &hint);
                }
            }
        }
        (places.len() == named.len()).then_some(places)
    }

    fn mistake(&mut self, key: &str, code: &'static str, message: String, hint: &str) {
        let mistake: Diagnostic = self.loaded.diagnose(&format!("{}.{key}", self.key), code, message);
        self.mistakes.push(mistake.hint(hint));
    }
}

fn row(
    place: usize,
    error: &InputError,
    distribution: &Distribution,
    factors: usize,
    figures: &Figures,
    infos: &[RegionInfo],
) -> InputErrorRow {
    let items = match (error, error.items().1) {
        (_, Some(named)) => named.join(", "),
        (InputError::Areas { .. }, None) => figures.classes.join(", "),
        (_, None) if figures.fuels.is_empty() => "emissions".to_owned(),
        (_, None) => figures.fuels.join(", "),
    };
    let regions = match error.regions() {
        RegionSet::All => "all".to_owned(),
        RegionSet::Listed(keys) => {
            let name = |key: &icf_scenario::RegionKey| {
                let info = infos.iter().find(|info| key.names(info.id.as_str(), &info.name));
                info.map_or(key.as_str(), |info| info.name.as_str()).to_owned()
            };
            keys.iter().map(name).collect::<Vec<_>>().join(", ")
        }
    };
    let item = if matches!(error, InputError::Areas { .. }) { "class" } else { "fuel" };
    let each = match (error.each_region(), error.each_item()) {
        (false, false) => "common".to_owned(),
        (true, false) => "region".to_owned(),
        (false, true) => item.to_owned(),
        (true, true) => format!("region and {item}"),
    };
    InputErrorRow {
        error: place + 1,
        of: error.of(),
        items,
        regions,
        each,
        distribution: words(error.times()),
        q025: distribution.quantile(0.025),
        q50: distribution.quantile(0.5),
        q975: distribution.quantile(0.975),
        factors,
        source: error.source().to_owned(),
    }
}

/// A distribution in the scenario's words.
fn words(times: &Input) -> String {
    let (name, more) = match times {
        Input::Normal { .. } => ("normal", String::new()),
        Input::Lognormal { spread, .. } => ("lognormal", format!(", spread {spread}")),
        Input::Triangular { .. } => ("triangular", String::new()),
        Input::Uniform { .. } => ("uniform", String::new()),
        Input::Beta { alpha, beta, .. } => ("beta", format!(", alpha {alpha}, beta {beta}")),
        Input::Pert { .. } => ("pert", String::new()),
        Input::Discrete { .. } => ("discrete", String::new()),
        Input::Residuals { .. } => ("residuals", String::new()),
    };
    let amounts = times.amounts();
    let parts: Vec<String> = amounts.iter().map(|(key, amount)| format!("{key} {amount}")).collect();
    format!("{name}: {}{more}", parts.join(", "))
}
