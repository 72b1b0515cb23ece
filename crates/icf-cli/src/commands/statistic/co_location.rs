//! `icf co-location`: where two LISA maps show the same cluster.

use icf_diagnostics::Diagnostics;
use icf_spatial::Joined;
use icf_spatial::{Cluster, CoLocation as Found, co_location, join_pair_as, label, local_moran};
use serde_json::{Value, json};

use super::lisa::{adjustment, labelling};
use super::printed::{Figures, print, print_json};
use super::{finish, neighbours, series};
use crate::arguments::{CoLocation, DataFormat, Global};

/// Two LISA maps of the regions that have both values, held against each other.
pub(crate) fn run(arguments: &CoLocation) -> u8 {
    finish(computed(arguments))
}

fn computed(arguments: &CoLocation) -> Result<u8, Diagnostics> {
    let Global { data, neighbours, transform, draws, printing } = &arguments.global;
    let mut parts = series::read(data, Some(&arguments.with))?;
    let weights = neighbours::beside(neighbours, &data.id, &mut parts, printing.quiet)?;
    let labelling = labelling(&arguments.labels, adjustment(&arguments.labels));
    let found = series::each(
        data,
        &parts,
        |part, permutations| {
            let pair = join_pair_as((*transform).into(), &weights, &part.pairs())?;
            let map = |values| {
                let joined = Joined { weights: pair.weights.clone(), values };
                let lisa = local_moran(&joined, permutations)?;
                Ok(label(&lisa, labelling).iter().map(|region| region.cluster).collect::<Vec<Cluster>>())
            };
            let (first, second) = (map(pair.first.clone())?, map(pair.second.clone())?);
            let together = co_location(&first, &second);
            Ok((pair.weights.ids().to_vec(), first, second, together))
        },
        (draws, "lisa"),
    )?;
    let mut figures = Figures::new(&["id", "year", "first", "second", "co_location"]);
    let mut summaries = Vec::new();
    for (part, (ids, first, second, together)) in parts.iter().zip(&found) {
        let year = json!(part.year.map(|year| year.get()));
        for (place, id) in ids.iter().enumerate() {
            figures.push(vec![
                json!(id.as_str()),
                year.clone(),
                json!(first[place].as_str()),
                json!(second[place].as_str()),
                json!(together.regions[place].map(Cluster::as_str)),
            ]);
        }
        summaries.push(summary(year, together));
    }
    Ok(match printing.format {
        DataFormat::Json => print_json(&json!({ "maps": summaries, "regions": figures.objects() })),
        format => print(&figures, format, false),
    })
}

fn summary(year: Value, found: &Found) -> Value {
    json!({
        "year": year,
        "order": Found::ORDER.map(Cluster::as_str),
        "table": found.table,
        "agreement": found.agreement,
        "clusters_agreement": found.clusters_agreement,
        "kappa": found.kappa,
        "cramers_v": found.cramers_v,
    })
}
