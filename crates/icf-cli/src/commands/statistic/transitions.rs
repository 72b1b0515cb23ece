//! `icf transitions`: how regions move through the Moran scatter, year by year.

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_spatial::{
    ChiSquare, Cluster, Cutoffs, LisaMarkov, MarkovChain, Permutations, Quadrant, RankCorrelation, Rose,
    SpatialError, SpatialMarkov, TransitionTable, Weights, determinant_mobility, join_as, label, lisa_markov,
    local_moran, rank_correlation, rose, shorrocks_mobility, spatial_markov, transition,
};
use icf_units::Year;
use serde_json::{Value, json};

use super::lisa::{adjustment, labelling};
use super::printed::{Figures, print_json, short};
use super::series::{self, Part};
use super::{finish, neighbours};
use crate::arguments::{DataFormat, Global, Transitions};
use crate::terminal;

/// Moves between the quadrants of consecutive years.
pub(crate) fn run(arguments: &Transitions) -> u8 {
    finish(computed(arguments))
}

/// The quadrants in the order of every matrix.
const ORDER: [Quadrant; 4] = [Quadrant::HighHigh, Quadrant::LowHigh, Quadrant::LowLow, Quadrant::HighLow];

/// One year's map.
struct Map {
    year: Year,
    quadrants: Vec<Quadrant>,
    clusters: Vec<Cluster>,
    /// Values over their mean.
    values: Vec<Option<f64>>,
}

impl Map {
    /// A year in which some region has no value: nothing moves into it or out of it.
    fn unknown(year: Year, regions: usize) -> Self {
        Self {
            year,
            quadrants: vec![Quadrant::Undefined; regions],
            clusters: vec![Cluster::Of(Quadrant::Undefined); regions],
            values: vec![None; regions],
        }
    }
}

fn is_complete(part: &Part) -> bool {
    part.columns[0].iter().all(Option::is_some)
}

fn from_first_to_last_complete(mut parts: Vec<Part>) -> Vec<Part> {
    let last = parts.iter().rposition(is_complete).map_or(0, |place| place + 1);
    parts.truncate(last);
    let first = parts.iter().position(is_complete).unwrap_or(0);
    parts.split_off(first)
}

fn computed(arguments: &Transitions) -> Result<u8, Diagnostics> {
    let Global { data, neighbours, transform, draws, printing } = &arguments.global;
    let refused = |message: String, hint: &str| {
        let mistake = Diagnostic::error("transitions", message);
        Diagnostics::from(mistake.at(Place::file(data.data.display().to_string())).hint(hint))
    };
    if data.year.is_none() {
        return Err(refused("transitions need years".to_owned(), "name the column of years by --year"));
    }
    let mut parts = series::read(data, None)?;
    let weights = neighbours::beside(neighbours, &data.id, &mut parts, printing.quiet)?;
    let parts = from_first_to_last_complete(parts);
    let complete = parts.iter().filter(|part| is_complete(part)).count();
    if complete < 2 {
        let message = format!("column `{}` is complete in {complete} years, and two are needed", data.value);
        return Err(refused(message, "a year counts when every region has a value"));
    }
    let labelling = labelling(&arguments.labels, adjustment(&arguments.labels));
    let maps = series::each(
        data,
        &parts,
        |part, permutations| {
            let year = part.year.expect("a part of a panel has a year");
            if !is_complete(part) {
                return Ok(Map::unknown(year, weights.len()));
            }
            let joined = join_as((*transform).into(), &weights, &part.values())?;
            let found = local_moran(&joined, permutations)?;
            Ok(Map {
                year,
                quadrants: found.regions.iter().map(|region| region.quadrant).collect(),
                clusters: label(&found, labelling).iter().map(|region| region.cluster).collect(),
                values: relative(&joined.values).into_iter().map(Some).collect(),
            })
        },
        (draws, "lisa"),
    )?;
    let through_time = ThroughTime::of(&weights, &maps, arguments).map_err(|error: SpatialError| {
        refused(format!("column `{}`: {error}", data.value), "see the columns of the years")
    })?;
    Ok(match printing.format {
        DataFormat::Json => print_json(&through_time.json(&weights, &maps, arguments)),
        DataFormat::Csv => terminal::print(&moves(&weights, &maps).csv()),
        DataFormat::Text => terminal::print(&through_time.text(&maps)),
    })
}

/// All that is said of the years together.
struct ThroughTime {
    markov: LisaMarkov,
    spatial: SpatialMarkov,
    rose: Rose,
    ranks: RankCorrelation,
}

impl ThroughTime {
    fn of(weights: &Weights, maps: &[Map], arguments: &Transitions) -> Result<Self, SpatialError> {
        let draws = &arguments.global.draws;
        let purpose = format!("rose {}", arguments.global.data.value);
        let permutations = Permutations { count: draws.permutations, seed: draws.seed, purpose: &purpose };
        let known = |map: &Map| map.values.iter().map(|value| value.expect("the year is complete")).collect();
        let (first, last): (Vec<f64>, Vec<f64>) = (known(&maps[0]), known(&maps[maps.len() - 1]));
        let cutoffs = Cutoffs::Quantiles(usize::from(arguments.classes));
        let years: Vec<_> = maps.iter().map(|map| map.values.clone()).collect();
        Ok(Self {
            markov: lisa_markov(&maps.iter().map(|map| map.quadrants.clone()).collect::<Vec<_>>()),
            spatial: spatial_markov(weights, &years, cutoffs, cutoffs)?,
            rose: rose(weights, &first, &last, usize::from(arguments.sectors), permutations)?,
            ranks: rank_correlation(&first, &last),
        })
    }

    fn json(&self, weights: &Weights, maps: &[Map], arguments: &Transitions) -> Value {
        let Self { markov, spatial, rose, ranks } = self;
        let chain = &markov.chain;
        let test = markov.independence.as_ref();
        let steady = chain.steady_state();
        let (first, last) = (&maps[0], &maps[maps.len() - 1]);
        json!({
            "order": ORDER.map(Quadrant::as_str),
            "years": [first.year.get(), last.year.get()],
            "counts": chain.counts,
            "probabilities": probabilities(chain),
            "steady_state": steady.as_ref().ok(),
            "steady_state_note": steady.as_ref().err().map(ToString::to_string),
            "chi2": test.map(|test| test.test.statistic),
            "dof": test.map(|test| test.test.degrees),
            "p_value": test.and_then(|test| test.test.p),
            "chi2_with_estimates": test.map(|test| chi_square(test.test_with_estimates)),
            "expected": test.map(|test| test.expected),
            "mean_first_passage": chain.mean_first_passage(),
            "sojourn": chain.sojourn(),
            "rey_types": rey_types(markov),
            "first_to_last": table(&markov.first_to_last),
            "mobility": { "shorrocks": shorrocks_mobility(chain), "determinant": determinant_mobility(chain) },
            "rank_mobility": {
                "tau": ranks.tau,
                "concordant": ranks.concordant,
                "discordant": ranks.discordant,
            },
            "spatial_markov": {
                "classes": arguments.classes,
                "cutoffs": spatial.cutoffs,
                "lag_cutoffs": spatial.lag_cutoffs,
                "counts": spatial.overall.counts,
                "probabilities": probabilities(&spatial.overall),
                "by_lag": spatial.conditional.iter().map(|chain| json!({
                    "counts": chain.counts,
                    "probabilities": probabilities(chain),
                    "steady_state": chain.steady_state().ok(),
                })).collect::<Vec<_>>(),
                "likelihood_ratio": spatial.homogeneity.as_ref().map(|test| chi_square(test.likelihood_ratio)),
                "chi2": spatial.homogeneity.as_ref().map(|test| chi_square(test.chi_square)),
            },
            "rose": rose.sectors.iter().map(|sector| json!({
                "from_degrees": sector.from.to_degrees(),
                "count": sector.count,
                "expected": sector.expected,
                "p_greater": sector.pseudo_p.greater,
                "p_less": sector.pseudo_p.less,
                "p_two_sided": sector.pseudo_p.two_sided,
                "p_folded": sector.pseudo_p.folded,
                "p_directed": sector.pseudo_p.directed,
            })).collect::<Vec<_>>(),
            "moves": moves(weights, maps).objects(),
        })
    }

    fn text(&self, maps: &[Map]) -> String {
        let chain = &self.markov.chain;
        let cell = |value: Option<f64>| value.map_or(Value::Null, |value| json!(value));
        let mut matrix = Figures::new(&["from", "HH", "LH", "LL", "HL", "p(HH)", "p(LH)", "p(LL)", "p(HL)"]);
        for (place, from) in ORDER.iter().enumerate() {
            let mut row = vec![json!(from.as_str())];
            row.extend(chain.counts[place].iter().map(|count| json!(count)));
            let shares = chain.probabilities[place].as_ref();
            row.extend((0..4).map(|to| cell(shares.map(|shares| shares[to]))));
            matrix.push(row);
        }
        let steady = match chain.steady_state() {
            Ok(steady) => steady
                .iter()
                .zip(ORDER)
                .map(|(share, of)| format!("{} {}", of.as_str(), short(&json!(share))))
                .collect::<Vec<_>>()
                .join(", "),
            Err(none) => none.to_string(),
        };
        let test = self.markov.independence.as_ref().map_or_else(
            || "no test of own against neighbours' moves".to_owned(),
            |test| {
                format!(
                    "own against neighbours' moves: chi2 {} on {} degrees of freedom, p {}",
                    short(&json!(test.test.statistic)),
                    test.test.degrees,
                    short(&json!(test.test.p))
                )
            },
        );
        let ranks = format!("rank correlation of first and last year: tau {}", short(&json!(self.ranks.tau)));
        format!(
            "moves of {} years, {} to {}\n\n{}\nsteady state: {steady}\n{test}\n{ranks}\n",
            maps.len(),
            maps[0].year,
            maps[maps.len() - 1].year,
            matrix.text()
        )
    }
}

/// Values over their mean, so that years can be compared; as they are where the mean is zero.
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
fn relative(values: &[f64]) -> Vec<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let scale = if mean == 0.0 { 1.0 } else { mean };
    values.iter().map(|value| value / scale).collect()
}

fn probabilities(chain: &MarkovChain) -> Vec<Vec<Option<f64>>> {
    let states = chain.states();
    let row = |row: &Option<Vec<f64>>| match row {
        Some(row) => row.iter().copied().map(Some).collect(),
        None => vec![None; states],
    };
    chain.probabilities.iter().map(row).collect()
}

fn chi_square(test: ChiSquare) -> Value {
    json!({ "statistic": test.statistic, "dof": test.degrees, "p_value": test.p })
}

fn table(table: &TransitionTable) -> Vec<Vec<usize>> {
    ORDER.iter().map(|from| ORDER.iter().map(|to| table.count(*from, *to)).collect()).collect()
}

fn rey_types(markov: &LisaMarkov) -> Value {
    let names = ["0", "I", "II", "IIIA", "IIIB"];
    names.into_iter().zip(markov.types).map(|(name, count)| (name.to_owned(), json!(count))).collect()
}

/// One row a region and pair of consecutive years.
fn moves(weights: &Weights, maps: &[Map]) -> Figures {
    let mut figures = Figures::new(&[
        "id",
        "from_year",
        "to_year",
        "quadrant_from",
        "quadrant_to",
        "cluster_from",
        "cluster_to",
        "rey_type",
    ]);
    for pair in maps.windows(2) {
        let [before, after] = pair else { continue };
        for (place, id) in weights.ids().iter().enumerate() {
            let (from, to) = (before.quadrants[place], after.quadrants[place]);
            figures.push(vec![
                json!(id.as_str()),
                json!(before.year.get()),
                json!(after.year.get()),
                json!(from.as_str()),
                json!(to.as_str()),
                json!(before.clusters[place].as_str()),
                json!(after.clusters[place].as_str()),
                json!(transition(from, to).map(|moved| moved.rey_type().as_str())),
            ]);
        }
    }
    figures
}
