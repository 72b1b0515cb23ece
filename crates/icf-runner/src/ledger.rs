//! What the reader has to know of single cells of the input.

use icf_ingest::Observed;
use icf_results::{DataQualityRow, RegionInfo};
use icf_units::{Panel, Year};

use crate::dataset::Selection;

/// The notes of a run on its way through the data.
pub(crate) struct Ledger<'a> {
    infos: &'a [RegionInfo],
    rows: Vec<DataQualityRow>,
}

impl<'a> Ledger<'a> {
    pub(crate) fn of(selection: &'a Selection) -> Self {
        Self { infos: &selection.infos, rows: vec![] }
    }

    /// Notes a cell: the place of its region in the selection, its year and item, what is the matter and what was
    /// done.
    pub(crate) fn note(
        &mut self,
        table: &'static str,
        region: usize,
        year: Year,
        item: &str,
        flag: &'static str,
        action: impl Into<String>,
    ) {
        let region = self.infos[region].id.clone();
        self.rows.push(DataQualityRow {
            table,
            region,
            year,
            item: item.to_owned(),
            flag,
            action: action.into(),
        });
    }

    /// Notes every doubtful figure of a data set's panel in some years; all are kept.
    pub(crate) fn note_doubtful<Q: Copy>(
        &mut self,
        table: &'static str,
        item: &str,
        panel: &Panel<Observed<Q>>,
        selection: &Selection,
        years: impl Iterator<Item = Year> + Clone,
    ) {
        for (region, row) in selection.rows.iter().enumerate() {
            for year in years.clone() {
                let quality = panel.get(*row, year).map(|figure| figure.quality);
                if let Some(quality) = quality.filter(|quality| quality.is_doubtful()) {
                    self.note(table, region, year, item, quality.as_str(), "kept");
                }
            }
        }
    }

    /// All notes, by table, region, year and item.
    pub(crate) fn into_rows(mut self) -> Vec<DataQualityRow> {
        self.rows.sort_by(|a, b| {
            (a.table, &a.region, a.year, &a.item, a.flag).cmp(&(b.table, &b.region, b.year, &b.item, b.flag))
        });
        self.rows
    }
}
