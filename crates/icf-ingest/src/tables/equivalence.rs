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
}

impl FromIterator<(RegionId, String, Ratio)> for EquivalenceTable {
    fn from_iter<I: IntoIterator<Item = (RegionId, String, Ratio)>>(factors: I) -> Self {
        let keyed = factors.into_iter().map(|(region, class, factor)| ((region.to_string(), class), factor));
        Self(keyed.collect())
    }
}

/// Reads a table `region,class,factor`.
///
/// # Errors
/// All mistakes of the table: no row, columns that are missing, unknown regions or land classes, factors that are
/// not above zero, two rows for one key.
pub fn read_equivalence(
    file: &SourceFile,
    regions: &[RegionId],
    classes: &[String],
) -> Result<EquivalenceTable, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let table = match RawTable::read(file) {
        Ok(table) => read(Reader::new(table, &mut diagnostics), regions, classes),
        Err(mistake) => return Err(mistake.into()),
    };
    match table {
        Some(table) if !diagnostics.has_errors() => Ok(table),
        _ => Err(diagnostics),
    }
}

fn read(mut table: Reader<'_>, regions: &[RegionId], classes: &[String]) -> Option<EquivalenceTable> {
    if table.rows().is_empty() {
        table.without_rows();
        return None;
    }
    let names = ["region", "class", "factor"].map(|column| table.column(column));
    let [Some(region), Some(class), Some(factor)] = names else { return None };
    let known: HashMap<String, ()> = regions.iter().map(|id| (id.to_string(), ())).collect();
    let known_classes: HashMap<String, ()> = classes.iter().map(|class| (class.clone(), ())).collect();
    let mut seen = HashMap::new();
    let mut factors = HashMap::new();
    for row in table.rows() {
        let found = table.known(row, region, "region", &known);
        let taken = table.known(row, class, "land class", &known_classes);
        let value = table.number(row, factor);
        let (Some(()), Some(()), Some(value)) = (found, taken, value) else { continue };
        let id = table.text(row, region).expect("a known region has text");
        let class = table.text(row, class).expect("a known class has text");
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
