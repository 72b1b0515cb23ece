//! Equivalence factors of a table that the scenario names.

use std::collections::HashMap;

use icf_diagnostics::{Diagnostic, Diagnostics};
use icf_units::{Ratio, RegionId};

use crate::SourceFile;
use crate::raw::RawTable;
use crate::reader::Reader;

/// Equivalence factors E by region and land class; 1 where the table has none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EquivalenceTable(HashMap<(String, String), Ratio>);

impl EquivalenceTable {
    /// The factor of a region and land class; `None` when the table has none.
    #[must_use]
    pub fn get(&self, region: &RegionId, class: &str) -> Option<Ratio> {
        self.0.get(&(region.to_string(), class.to_owned())).copied()
    }

    /// Whether the table has not a single factor.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Reads a table `region,class,factor`.
///
/// # Errors
/// All mistakes of the table: columns that are missing, unknown regions, factors that are not above zero, two
/// rows for one key.
pub fn read_equivalence(file: &SourceFile, regions: &[RegionId]) -> Result<EquivalenceTable, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let table = match RawTable::read(file) {
        Ok(table) => read(Reader::new(table, &mut diagnostics), regions),
        Err(mistake) => return Err(mistake.into()),
    };
    match table {
        Some(table) if !diagnostics.has_errors() => Ok(table),
        _ => Err(diagnostics),
    }
}

fn read(mut table: Reader<'_>, regions: &[RegionId]) -> Option<EquivalenceTable> {
    let names = ["region", "class", "factor"].map(|column| table.column(column));
    let [Some(region), Some(class), Some(factor)] = names else { return None };
    let known: HashMap<String, ()> = regions.iter().map(|id| (id.to_string(), ())).collect();
    let mut seen = HashMap::new();
    let mut factors = HashMap::new();
    for row in table.rows() {
        let (found, class, value) =
            (table.known(row, region, "region", &known), table.text(row, class), table.number(row, factor));
        let (Some(()), Some(class), Some(value)) = (found, class, value) else { continue };
        let id = table.text(row, region).expect("a known region has text");
        if value <= 0.0 {
            table.mistake(
                row,
                factor,
                Diagnostic::error("factor", format!("a factor of {value} is not above zero")),
            );
        } else if table.unique(
            row,
            region,
            &mut seen,
            (id.clone(), class.clone()),
            format!("{class} of {id}"),
        ) {
            factors.insert((id, class), Ratio::new(value));
        }
    }
    table.finish();
    Some(EquivalenceTable(factors))
}
