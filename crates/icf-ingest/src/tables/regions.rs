//! Regions: id, names and groups.

use std::collections::{BTreeMap, HashMap};

use icf_units::RegionId;

use crate::Region;
use crate::reader::Reader;

/// Columns that are no grouping.
const NAMES: [&str; 4] = ["region", "iso_3166_2", "name_en", "name_zh"];

pub(crate) fn read(mut table: Reader<'_>) -> Option<Vec<Region>> {
    let (id, name) = (table.column("region"), table.column("name_en"));
    let (id, name) = (id?, name?);
    let (iso, name_zh) = (table.optional("iso_3166_2"), table.optional("name_zh"));
    let groupings: Vec<String> =
        table.columns().iter().filter(|column| !NAMES.contains(&column.as_str())).cloned().collect();
    let mut seen = HashMap::new();
    let mut regions = Vec::new();
    for row in table.rows() {
        let mut groups = BTreeMap::new();
        for grouping in &groupings {
            let column = table.optional(grouping).expect("the column was just listed");
            if let Some(group) = table.text(row, column) {
                groups.insert(grouping.clone(), group);
            }
        }
        let (Some(region), Some(name)) = (table.text(row, id), table.text(row, name)) else { continue };
        if !table.unique(row, id, &mut seen, region.clone(), &region) {
            continue;
        }
        let text = |column| -> String {
            Option::and_then(column, |column| table.get(row, column)).unwrap_or_default().to_owned()
        };
        let (iso, name_zh) = (text(iso), text(name_zh));
        regions.push(Region { id: RegionId::new(&region), iso, name, name_zh, groups });
    }
    regions.sort_by(|a, b| a.id.cmp(&b.id));
    table.finish();
    (!regions.is_empty()).then_some(regions)
}
