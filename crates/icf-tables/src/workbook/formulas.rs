//! A sheet that recomputes one region and year from the `regions` sheet by formulas, beside the program's figures. Region
//! and year are two cells that the reader may change.

use icf_results::{Basis, Record, RegionRow, RunResults};
use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{Color, DataValidation, Format, Formula, Worksheet, XlsxError};

/// A figure of the sheet: label, unit, formula, and the column of `regions` that it is held against.
struct Line {
    label: &'static str,
    unit: &'static str,
    formula: String,
    against: Option<&'static str>,
    result: Option<f64>,
}

/// The first row of the figures, counted from 1 as formulas do.
const FIRST: u32 = 6;

/// The region and year that the sheet shows first: the deepest of the last observed year.
fn chosen(results: &RunResults) -> Option<&RegionRow> {
    let last = results.history.last();
    results
        .regions
        .iter()
        .filter(|row| {
            row.year == last && row.depth.is_some() && row.population.is_some() && row.ice_tco2.is_some()
        })
        .max_by(|a, b| {
            let depth = |row: &RegionRow| row.depth.map_or(0.0, icf_units::Ratio::get);
            depth(a).total_cmp(&depth(b)).then_with(|| b.region.cmp(&a.region))
        })
}

/// Whether some region of the last observed year has all that the formulas need.
pub(super) fn is_possible(results: &RunResults) -> bool {
    chosen(results).is_some()
}

pub(super) fn write(sheet: &mut Worksheet, results: &RunResults) -> Result<(), XlsxError> {
    let Some(row) = chosen(results) else { return Ok(()) };
    sheet.set_name("formulas")?;
    for (column, width) in [(0, 44.0), (1, 22.0), (2, 14.0), (3, 22.0), (4, 14.0)] {
        sheet.set_column_width(column, width)?;
    }
    let bold = Format::new().set_bold();
    let input = Format::new().set_background_color(Color::RGB(0x00FF_F2CC));
    sheet.write_string_with_format(
        0,
        0,
        "One region and year by formulas; change the two yellow cells",
        &bold,
    )?;
    sheet.write_string(1, 0, "region (id)")?;
    sheet.write_string_with_format(1, 1, row.region.as_str(), &input)?;
    sheet.write_string(2, 0, "year")?;
    sheet.write_number_with_format(2, 1, row.year.get(), &input)?;
    let years = DataValidation::new().allow_whole_number(rust_xlsxwriter::DataValidationRule::Between(
        results.history.first().get(),
        results.horizon.get(),
    ));
    sheet.add_data_validation(2, 1, 2, 1, &years)?;
    for (column, title) in (0..).zip(["quantity", "by formula", "unit", "of the program", "difference"]) {
        sheet.write_string_with_format(FIRST - 2, column, title, &bold)?;
    }
    let rows = results.regions.len() + 1;
    for (place, line) in (0_u32..).zip(lines(results, row, rows)) {
        let at = FIRST - 1 + place;
        sheet.write_string(at, 0, line.label)?;
        let result = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
        sheet.write_formula(at, 1, Formula::new(&line.formula).set_result(result(line.result)))?;
        sheet.write_string(at, 2, line.unit)?;
        if let Some(column) = line.against {
            let program = looked_up(column, rows);
            sheet.write_formula(at, 3, Formula::new(program).set_result(result(line.result)))?;
            let difference = format!("=B{0}-D{0}", at + 1);
            sheet.write_formula(at, 4, Formula::new(difference).set_result("0"))?;
        }
    }
    Ok(())
}

/// The value of a column of `regions` for the chosen region and year. The rows of a region and year are one, so a sum over
/// them is the value.
fn looked_up(column: &str, rows: usize) -> String {
    let of = |name: &str| {
        let place = RegionRow::COLUMNS.iter().position(|column| column.name == name);
        let place = place.expect("the column is one of the table's");
        let letter = column_number_to_name(u16::try_from(place).expect("a table has a few columns"));
        format!("regions!${letter}$2:${letter}${rows}")
    };
    format!("=SUMIFS({},{},$B$2,{},$B$3)", of(column), of("region"), of("year"))
}

fn lines(results: &RunResults, row: &RegionRow, rows: usize) -> Vec<Line> {
    let given = |label, unit, column, result| Line {
        label,
        unit,
        formula: looked_up(column, rows),
        against: None,
        result,
    };
    let computed = |label, unit, formula: &str, against, result| Line {
        label,
        unit,
        formula: formula.to_owned(),
        against: Some(against),
        result,
    };
    let basis = match results.basis {
        Basis::Carbon => "=B6*12/44",
        Basis::AsPrinted => "=B6",
    };
    let eta = results.eta.get();
    vec![
        given("industrial emissions", "t CO2", "ice_tco2", row.ice_tco2.map(|x| x.get())),
        given("carbon sink", "t C", "cs_t", row.cs_t.map(|x| x.get())),
        given("permanent residents", "persons", "population", row.population.map(|x| x.get())),
        Line {
            label: "η, uptake of a mean hectare (Σ NPP·P)",
            unit: "t/hm2",
            formula: format!("={eta}"),
            against: None,
            result: Some(eta),
        },
        computed("ICE, emissions on the scenario's basis", "t", basis, "ice_t", row.ice_t.map(|x| x.get())),
        computed("ICF = ICE/η", "hm2", "=B10/B9", "icf_hm2", row.icf_hm2.map(|x| x.get())),
        computed("CEC = CS/η", "hm2", "=B7/B9", "cec_hm2", row.cec_hm2.map(|x| x.get())),
        computed(
            "deficit = max(ICF − CEC, 0)",
            "hm2",
            "=MAX(B11-B12,0)",
            "deficit_hm2",
            row.deficit_hm2.map(|x| x.get()),
        ),
        computed(
            "surplus = max(CEC − ICF, 0)",
            "hm2",
            "=MAX(B12-B11,0)",
            "surplus_hm2",
            row.surplus_hm2.map(|x| x.get()),
        ),
        computed("size = min(ICF, CEC)", "hm2", "=MIN(B11,B12)", "size_hm2", row.size_hm2.map(|x| x.get())),
        computed("depth = 1 + deficit/CEC", "1", "=1+B13/B12", "depth", row.depth.map(|x| x.get())),
        computed(
            "size per resident",
            "hm2/person",
            "=B15/B8",
            "size_hm2_per_capita",
            row.size_hm2_per_capita.map(|x| x.get()),
        ),
        computed(
            "ICF per resident",
            "hm2/person",
            "=B11/B8",
            "icf_hm2_per_capita",
            row.icf_hm2_per_capita.map(|x| x.get()),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_is_looked_up_by_region_and_year() {
        let formula = looked_up("population", 11);
        assert_eq!(formula, "=SUMIFS(regions!$F$2:$F$11,regions!$A$2:$A$11,$B$2,regions!$D$2:$D$11,$B$3)");
    }
}
