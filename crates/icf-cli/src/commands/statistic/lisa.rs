//! `icf lisa`: a local statistic of every region.

use icf_diagnostics::Diagnostics;
use icf_spatial::{
    Adjustment, LabelBy, Labelling, Lisa as Found, LisaRegion, label, local_bivariate, local_g, local_g_star,
    local_geary, local_moran,
};
use icf_spatial::{join_as, join_pair_as};
use serde_json::{Value, json};

use super::printed::{Figures, print};
use super::series::{self, Part};
use super::{finish, neighbours};
use crate::arguments::{self, DataFormat, Lisa, Local};

/// A local statistic of every region, with its cluster.
pub(crate) fn run(arguments: &Lisa) -> u8 {
    finish(computed(arguments))
}

/// The columns that users script against.
const COLUMNS: [&str; 16] = [
    "id",
    "year",
    "value",
    "z",
    "lag",
    "statistic",
    "quadrant",
    "pysal_code",
    "geoda_code",
    "p_greater",
    "p_less",
    "p_two_sided",
    "p_folded",
    "p_directed",
    "q_bh",
    "cluster",
];

/// What JSON has besides.
const MORE: [&str; 6] = ["expected", "variance", "deviate", "exact", "q_by", "p_bonferroni"];

fn computed(arguments: &Lisa) -> Result<u8, Diagnostics> {
    let arguments::Global { data, neighbours, transform, draws, printing } = &arguments.global;
    let transform = (*transform).into();
    let mut parts = series::read(data, arguments.with.as_deref())?;
    let weights = neighbours::beside(neighbours, &data.id, &mut parts, printing.quiet)?;
    let what = match arguments.statistic {
        Local::Moran => "lisa",
        Local::Geary => "lisa geary",
        Local::G | Local::Gstar => "lisa g",
        Local::Bivariate => "lisa bivariate",
    };
    let found = series::each(
        data,
        &parts,
        |part, permutations| match arguments.statistic {
            Local::Bivariate => {
                local_bivariate(&join_pair_as(transform, &weights, &part.pairs())?, permutations)
            }
            Local::Moran => local_moran(&join_as(transform, &weights, &part.values())?, permutations),
            Local::Geary => local_geary(&join_as(transform, &weights, &part.values())?, permutations),
            Local::G => local_g(&join_as(transform, &weights, &part.values())?, permutations),
            Local::Gstar => local_g_star(&join_as(transform, &weights, &part.values())?, permutations),
        },
        (draws, what),
    )?;
    let is_json = printing.format == DataFormat::Json;
    let columns: Vec<&str> = COLUMNS.into_iter().chain(MORE.into_iter().filter(|_| is_json)).collect();
    let mut figures = Figures::new(&columns);
    for (part, found) in parts.iter().zip(&found) {
        for mut row in rows(part, found, arguments) {
            row.truncate(columns.len());
            figures.push(row);
        }
    }
    Ok(print(&figures, printing.format, false))
}

/// The adjustment in the terms of the statistics.
pub(super) fn labelling(labels: &arguments::Labels, adjustment: Adjustment) -> Labelling {
    Labelling {
        significance: labels.significance,
        by: match labels.label_by {
            arguments::LabelBy::P => LabelBy::P,
            arguments::LabelBy::Q => LabelBy::Q,
        },
        adjustment,
    }
}

/// The adjustment that was asked for.
pub(super) fn adjustment(labels: &arguments::Labels) -> Adjustment {
    match labels.adjustment {
        arguments::Adjustment::Bh => Adjustment::BenjaminiHochberg,
        arguments::Adjustment::By => Adjustment::BenjaminiYekutieli,
        arguments::Adjustment::Bonferroni => Adjustment::Bonferroni,
    }
}

fn rows(part: &Part, found: &Found, arguments: &Lisa) -> Vec<Vec<Value>> {
    let labels = &arguments.labels;
    let by = |adjustment| label(found, labelling(labels, adjustment));
    let labelled: Vec<LisaRegion> = by(adjustment(labels));
    let q = [Adjustment::BenjaminiHochberg, Adjustment::BenjaminiYekutieli, Adjustment::Bonferroni].map(by);
    let values: std::collections::HashMap<_, _> =
        part.ids.iter().zip(&part.columns[0]).map(|(id, value)| (id, *value)).collect();
    found
        .regions
        .iter()
        .enumerate()
        .map(|(place, region)| {
            let p = region.pseudo_p;
            vec![
                json!(region.region.as_str()),
                json!(part.year.map(|year| year.get())),
                json!(values[&region.region]),
                json!(region.z),
                json!(region.lag),
                json!(region.value),
                json!(region.quadrant.as_str()),
                json!(region.quadrant.pysal_code()),
                json!(labelled[place].cluster.geoda_code()),
                json!(p.map(|p| p.greater)),
                json!(p.map(|p| p.less)),
                json!(p.map(|p| p.two_sided)),
                json!(p.map(|p| p.folded)),
                json!(p.map(|p| p.directed)),
                json!(q[0][place].q),
                json!(labelled[place].cluster.as_str()),
                json!(region.expected),
                json!(region.variance),
                json!(region.deviate),
                json!(p.map(|p| p.exact)),
                json!(q[1][place].q),
                json!(q[2][place].q),
            ]
        })
        .collect()
}
