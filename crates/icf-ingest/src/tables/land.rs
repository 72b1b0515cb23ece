//! Areas of land classes by region, year and source.

use std::collections::{BTreeMap, HashMap};

use icf_units::{Dimension, Hectares};

use super::RegionIndex;
use super::yearly::Collected;
use crate::reader::Reader;
use crate::{LandArea, Observed};

pub(crate) fn read(mut table: Reader<'_>, regions: &RegionIndex) -> Option<Vec<LandArea>> {
    let names = ["region", "year", "source", "class", "area", "unit"].map(|column| table.column(column));
    let [Some(region), Some(year), Some(source), Some(class), Some(area), Some(unit)] = names else {
        return None;
    };
    let quality = table.optional("quality");
    let mut seen = HashMap::new();
    let mut collected: BTreeMap<(String, String), Collected<Hectares>> = BTreeMap::new();
    for row in table.rows() {
        let place = regions.find(&mut table, row, region);
        let when = table.year(row, year);
        let amount = table.amount(row, area);
        let measured = table.unit(row, unit, &[Dimension::Area]);
        let flag = table.quality(row, quality);
        let key = table.text(row, source).zip(table.text(row, class));
        let (Some(place), Some(when), Some(key)) = (place, when, key) else { continue };
        let shown = format!("{} of {} in {when} after {}", key.1, regions.ids[place], key.0);
        if !table.unique(row, region, &mut seen, (place, when, key.clone()), shown) {
            continue;
        }
        if let (Some(amount), Some(measured), Some(quality)) = (amount, measured, flag) {
            let value = Hectares::new(measured.to_base(amount));
            collected.entry(key).or_default().push(place, when, Observed { value, quality });
        }
    }
    table.finish();
    Some(
        collected
            .into_iter()
            .filter_map(|((source, class), rows)| {
                let years = rows.years()?;
                Some(LandArea { source, class, area: rows.into_panel(regions, years) })
            })
            .collect(),
    )
}
