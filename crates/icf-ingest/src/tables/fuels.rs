//! Fuels and their factors.

use std::collections::HashMap;

use icf_units::{CarbonFactor, Dimension};

use crate::Fuel;
use crate::reader::{ColumnId, Reader};

pub(crate) fn read(mut table: Reader<'_>) -> Option<Vec<Fuel>> {
    let (id, name, unit) = (table.column("fuel"), table.column("name_en"), table.column("unit"));
    let (id, name, unit) = (id?, name?, unit?);
    let numbers = ["standard_coal", "paper_s", "paper_d", "gbt_factor", "ceads_factor"]
        .map(|column| table.optional(column));
    let mut seen = HashMap::new();
    let mut fuels = Vec::new();
    for row in table.rows() {
        let [standard_coal, paper_s, paper_d, gbt, ceads] =
            numbers.map(|column| column.and_then(|column| positive(&mut table, row, column)));
        let unit = table.unit(row, unit, &[Dimension::Mass, Dimension::Volume]);
        let (Some(fuel), Some(name)) = (table.text(row, id), table.text(row, name)) else { continue };
        if !table.unique(row, id, &mut seen, fuel.clone(), &fuel) {
            continue;
        }
        let Some(unit) = unit else { continue };
        fuels.push(Fuel {
            id: fuel,
            name,
            unit,
            standard_coal,
            paper_s,
            paper_d: paper_d.map(CarbonFactor::new),
            gbt_factor: gbt.map(CarbonFactor::new),
            ceads_factor: ceads.map(CarbonFactor::new),
        });
    }
    table.finish();
    (!fuels.is_empty()).then_some(fuels)
}

/// A factor, if the cell has one: zero is not a value.
fn positive(table: &mut Reader<'_>, row: usize, column: ColumnId) -> Option<f64> {
    let number = table.optional_number(row, column)?;
    if number < 0.0 {
        let message = format!("a factor of {number} is below zero");
        table.mistake(row, column, icf_diagnostics::Diagnostic::error("negative", message));
    }
    (number > 0.0).then_some(number)
}
