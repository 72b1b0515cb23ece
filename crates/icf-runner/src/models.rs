//! The scenario's models in the terms of the projection, and in words.

use icf_projection::{
    AHEAD, Anchor, Best, Between, Cagr, Constant, Damped, Drift, History, Kaya, LogLinear, LogisticPeak,
    Model, Path, Rate, Segmented, TheilSen, TopDown, Window,
};
use icf_scenario as scenario;
use icf_units::Year;

/// What of other regions and quantities a model may draw on.
pub(crate) struct Surroundings<'a> {
    /// The quantity summed over all regions, in the years in which each has a figure.
    pub(crate) total: Option<&'a History>,
    /// The region's residents, as far as they are known, and how their number goes on.
    pub(crate) population: Option<(&'a History, &'a scenario::Model)>,
    /// The region's product.
    pub(crate) product: Option<&'a History>,
}

/// What a model would need that is not there.
pub(crate) struct Lacking {
    pub(crate) message: &'static str,
    pub(crate) hint: &'static str,
}

/// The scenario's model in the terms of the projection.
pub(crate) fn model(spec: &scenario::Model, around: &Surroundings<'_>) -> Result<Model, Lacking> {
    let inner = |spec: &scenario::Model| model(spec, around).map(Box::new);
    Ok(match spec {
        scenario::Model::Constant => Model::Constant(Constant),
        scenario::Model::Rate { rate } => Model::Rate(Rate { per_year: rate.fraction() }),
        scenario::Model::Cagr { from, to } => Model::Cagr(Cagr { window: window(*from, *to) }),
        scenario::Model::LogLinear { from, to, anchor } => {
            Model::LogLinear(LogLinear { window: window(*from, *to), anchor: start(*anchor) })
        }
        scenario::Model::TheilSen { from, to, anchor } => {
            Model::TheilSen(TheilSen { window: window(*from, *to), anchor: start(*anchor) })
        }
        scenario::Model::Damped { alpha, beta, phi } => {
            Model::Damped(Damped { alpha: *alpha, beta: *beta, phi: *phi })
        }
        scenario::Model::Drift => Model::Drift(Drift),
        scenario::Model::Segmented { shortest, most, floor } => Model::Segmented(Segmented {
            shortest: usize::from(*shortest),
            most: usize::from(*most),
            floor: floor.fraction(),
        }),
        scenario::Model::Path { points, between } => Model::Path(Path {
            points: points.iter().map(|(year, share)| (*year, share.fraction())).collect(),
            between: match between {
                scenario::Between::Linear => Between::Linear,
                scenario::Between::Monotone => Between::Monotone,
            },
        }),
        scenario::Model::LogisticPeak { peak, height, steepest, floor } => {
            Model::LogisticPeak(LogisticPeak {
                peak: *peak,
                height: height.fraction(),
                steepest: *steepest,
                floor: floor.fraction(),
            })
        }
        scenario::Model::Kaya { population, per_head, intensity } => {
            let (residents, own) = around.population.ok_or(Lacking {
                message: "kaya needs residents, and the data set has none here",
                hint: "a table `population` with region, year and number, or another model",
            })?;
            let product = around.product.ok_or(Lacking {
                message: "kaya needs the product, and the data set has none here",
                hint: "a table `grp` with region, year and product, or another model",
            })?;
            Model::Kaya(Kaya {
                population: (residents.clone(), inner(population.as_deref().unwrap_or(own))?),
                product: product.clone(),
                per_head: inner(per_head)?,
                intensity: inner(intensity)?,
            })
        }
        scenario::Model::TopDown { total } => {
            let sum = around.total.ok_or(Lacking {
                message: "top-down needs a year in which every region has a figure",
                hint: "exclude the regions without figures, fill their gaps by `gaps`, or choose another model",
            })?;
            Model::TopDown(TopDown { total: sum.clone(), model: inner(total)? })
        }
        scenario::Model::Best { of } => Model::Best(Best {
            candidates: if of.is_empty() {
                Model::candidates()
            } else {
                of.iter().map(|spec| model(spec, around)).collect::<Result<_, _>>()?
            },
            ahead: AHEAD,
        }),
    })
}

fn window(from: Option<Year>, to: Option<Year>) -> Window {
    Window { from, to }
}

fn start(anchor: scenario::Anchor) -> Anchor {
    match anchor {
        scenario::Anchor::LastObservation => Anchor::LastObservation,
        scenario::Anchor::Trend => Anchor::Trend,
    }
}

/// A model in words.
pub(crate) fn describe(model: &scenario::Model) -> String {
    match model {
        scenario::Model::Constant => "stays at the last observation".to_owned(),
        scenario::Model::Rate { rate } => format!("changes by {rate} from the last observation"),
        scenario::Model::Cagr { from, to } => {
            format!(
                "goes on by the compound rate between the ends of {}, from the last observation",
                span(*from, *to)
            )
        }
        scenario::Model::LogLinear { from, to, anchor } => {
            format!("goes on by the log-linear trend of {}, {}", span(*from, *to), begin(*anchor))
        }
        scenario::Model::TheilSen { from, to, anchor } => {
            format!("goes on by the median slope of {}, {}", span(*from, *to), begin(*anchor))
        }
        scenario::Model::Damped { alpha, beta, phi } => {
            let given: Vec<String> = [("α", alpha), ("β", beta), ("φ", phi)]
                .into_iter()
                .filter_map(|(name, value)| Some(format!("{name} = {}", (*value)?)))
                .collect();
            let given =
                if given.is_empty() { String::new() } else { format!(" with {} given", given.join(", ")) };
            format!("follows Holt's damped trend of the whole history{given}")
        }
        scenario::Model::Drift => "goes on by the mean step of the whole history".to_owned(),
        scenario::Model::Segmented { shortest, most, floor } => format!(
            "goes on at the rate of the last of at most {most} phases of at least {shortest} years, found with a scatter of at \
             least {floor}"
        ),
        scenario::Model::Path { points, between } => {
            let points: Vec<String> =
                points.iter().map(|(year, share)| format!("{share} in {year}")).collect();
            let between = match between {
                scenario::Between::Linear => "straight",
                scenario::Between::Monotone => "on monotone curves",
            };
            format!("follows {} of the last observation, {between} in between", points.join(", "))
        }
        scenario::Model::LogisticPeak { peak, height, steepest, floor } => format!(
            "rises to {height} of the last observation in {peak} and falls along a logistic curve, steepest in {steepest}, to {floor}"
        ),
        scenario::Model::Kaya { population, per_head, intensity } => format!(
            "population × product per head × intensity, both at current prices (nominal); population {}; per head {}; intensity {}",
            population.as_deref().map_or_else(|| "as in projection.population".to_owned(), describe),
            describe(per_head),
            describe(intensity)
        ),
        scenario::Model::TopDown { total } => {
            format!("the sum of all regions: {}; each region keeps its last share of it", describe(total))
        }
        scenario::Model::Best { of } => {
            let among = if of.is_empty() {
                "all that need nothing but the history".to_owned()
            } else {
                of.iter().map(describe).collect::<Vec<_>>().join(" | ")
            };
            format!(
                "goes on by the model with the least scaled error (MASE) over 1 to {AHEAD} years ahead in the past, among: {among}; \
                 tables/models.csv names it"
            )
        }
    }
}

fn span(from: Option<Year>, to: Option<Year>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{from}–{to}"),
        (Some(from), None) => format!("the years from {from}"),
        (None, Some(to)) => format!("the years to {to}"),
        (None, None) => "the whole history".to_owned(),
    }
}

fn begin(anchor: scenario::Anchor) -> &'static str {
    match anchor {
        scenario::Anchor::LastObservation => "from the last observation",
        scenario::Anchor::Trend => "along the fitted line",
    }
}
