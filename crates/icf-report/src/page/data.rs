//! The figures that the page's script needs: small codes and rounded numbers, as JSON within the page.

use icf_results::{LisaRow, QuadrantRow, RegionInfo, RegionRow};
use icf_units::{Quantity, Year};
use serde_json::{Value, json};

use super::choropleth;
use super::glossary::word;
use super::origin::origin;
use super::trajectories;
use crate::Language;
use crate::figure::{
    MORAN_AXES, bounds_words, class_words, label_words, moran_frame, quadrant_frame, significance, slope,
};
use crate::language::{Words, say};
use crate::number::Scaled;
use crate::palette;
use crate::svg::Scale;
use crate::variable::Variable;
use crate::view::View;
use crate::zone::ZONES;

/// The quantities that the scatter of size against depth shows.
pub(super) const SIZE: &str = "size";
pub(super) const DEPTH: &str = "depth";

/// The head over the classes of a map.
pub(super) const CLASS: Words = Words::new("Class", "分级");

/// More regions than this have no p of their own in the page.
const TESTED: usize = 400;

/// A quantity of the region card: what the script calls it, label, unit and the value of a row.
struct Shown {
    key: &'static str,
    label: &'static str,
    unit: String,
    scaled: Option<Scaled>,
    value: fn(&RegionRow) -> Option<f64>,
}

/// The data as JSON that can stand within a `script` element.
pub(crate) fn data(view: &View) -> String {
    let years = view.years();
    let regions: Vec<Value> = view
        .regions()
        .iter()
        .map(|info| {
            let (other, _) = view.also_called(info);
            json!({ "id": info.id.as_str(), "name": view.called(info), "other": other, "group": info.group })
        })
        .collect();
    let mut views = serde_json::Map::new();
    for variable in view.variables() {
        views.insert(format!("{}_class", variable.stem()), class_view(view, variable, &years));
        views.insert(format!("{}_cluster", variable.stem()), cluster_view(view, variable, &years));
        views.insert(format!("{}_significance", variable.stem()), significance_view(view, variable, &years));
    }
    views.insert("quadrant".to_owned(), quadrant_view(view, &years));
    for variable in view.variables() {
        views.extend(
            moran_points(view, variable, &years).map(|it| (format!("{}_moran", variable.stem()), it)),
        );
    }
    views.extend(depth_points(view, &years).map(|points| ("size_depth".to_owned(), points)));
    let shown = shown(view);
    let keys: Vec<&str> = shown.iter().map(|quantity| quantity.key).collect();
    let quantities: Vec<Value> = shown
        .iter()
        .map(|quantity| {
            let value = |region: &str, year: Year| {
                let value = (quantity.value)(view.row(region, year)?)?;
                Some(quantity.scaled.map_or(value, |scaled| scaled.of(value)))
            };
            json!({ "key": quantity.key, "label": quantity.label, "unit": quantity.unit, "rows": values(view, &years, value) })
        })
        .collect();
    let (mass, area) = scales(view);
    let all = json!({
        "years": years.iter().map(|year| year.get()).collect::<Vec<_>>(),
        "otherLanguage": match view.language {
            Language::English => Language::Chinese.tag(),
            Language::Chinese => Language::English.tag(),
        },
        "last": view.results.history.len() - 1,
        "regions": regions,
        "views": views,
        "quantities": quantities,
        "choropleth": choropleth::data(view, &years, area),
        "values": choropleth::values_of(view, &years, area, &keys),
        "tested": tested(view, &years),
        "trajectory": trajectories::data(view, &years, mass, area),
        "origin": origin(view, &years),
    });
    within_script(&all.to_string())
}

/// JSON in which nothing can end the script element or be taken for markup.
fn within_script(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(character)))
            }
            _ => out.push(character),
        }
    }
    out
}

/// Four significant digits: more than the page shows, and half the bytes.
pub(super) fn rounded(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}

/// A value a region and year; missing ones at the end are left out.
pub(super) fn values(
    view: &View,
    years: &[Year],
    value: impl Fn(&str, Year) -> Option<f64>,
) -> Vec<Vec<Option<f64>>> {
    let of = |info: &RegionInfo| {
        let mut row: Vec<_> = years.iter().map(|&year| value(info.id.as_str(), year).map(rounded)).collect();
        without_end(&mut row);
        row
    };
    view.regions().iter().map(of).collect()
}

/// Takes away what is missing at the end.
pub(super) fn without_end(row: &mut Vec<Option<f64>>) {
    row.truncate(row.iter().rposition(Option::is_some).map_or(0, |last| last + 1));
}

/// A code a region and year, as a text a region: a digit of base 36, or a dash for none. A third of a list's bytes.
pub(super) fn codes(view: &View, years: &[Year], code: impl Fn(&str, Year) -> Option<usize>) -> Vec<String> {
    let digit = |code: usize| char::from_digit(u32::try_from(code).ok()?, 36);
    let of = |info: &RegionInfo| {
        let each = years.iter().map(|&year| code(info.id.as_str(), year).and_then(digit).unwrap_or('-'));
        each.collect::<String>().trim_end_matches('-').to_owned()
    };
    view.regions().iter().map(of).collect()
}

/// Classes of all years together have their bounds in the legend; those of single years have only their rank in common.
fn class_view(view: &View, variable: Variable, years: &[Year]) -> Value {
    let classes = view.breaks(variable, view.last());
    let count = years.iter().map(|&year| view.breaks(variable, year).len()).max().unwrap_or(0);
    let label = |class: usize| match classes.iter().find(|row| row.class == class && row.year.is_none()) {
        Some(row) => class_words(view, class, count, &bounds_words(row)),
        None => class_words(view, class, count, view.language.of("bounds of each year", "各年自有界限")),
    };
    let code = |region: &str, year: Year| Some(view.class(variable, view.row(region, year)?)? - 1);
    json!({
        "colours": (1..=count).map(|class| variable.ramp().class(class, count)).collect::<Vec<_>>(),
        "labels": (1..=count).map(label).collect::<Vec<_>>(),
        "codes": codes(view, years, code),
        "title": variable.title(view.language),
        "head": CLASS.to(view.language),
        "variables": [variable.key()],
    })
}

fn cluster_view(view: &View, variable: Variable, years: &[Year]) -> Value {
    let code = |region: &str, year: Year| {
        let row = view.lisa(variable, year, region)?;
        palette::CLUSTERS.iter().position(|known| known.0 == row.cluster)
    };
    json!({
        "colours": palette::CLUSTERS.map(|entry| entry.1),
        "marks": palette::CLUSTERS.map(|entry| word(entry.0, view.language)),
        "labels": palette::CLUSTERS.map(|(label, _, words)| label_words(label, words.to(view.language))),
        "codes": codes(view, years, code),
        "title": say!(view.language, "Cluster of {}", "{}的集聚", variable.short(view.language)),
        "head": view.language.of("Cluster", "集聚类型"),
        "variables": [variable.key()],
        "tested": variable.key(),
    })
}

fn significance_view(view: &View, variable: Variable, years: &[Year]) -> Value {
    let code = |region: &str, year: Year| view.lisa(variable, year, region)?.p_folded.map(significance);
    json!({
        "colours": palette::SIGNIFICANCE.map(|entry| entry.0),
        "labels": palette::SIGNIFICANCE.map(|entry| entry.1.to(view.language)),
        "codes": codes(view, years, code),
        "title": say!(view.language, "Significance of {}", "{}的显著性", variable.short(view.language)),
        "head": view.language.of("Significance", "显著性"),
        "variables": [variable.key()],
        "tested": variable.key(),
    })
}

fn quadrant_view(view: &View, years: &[Year]) -> Value {
    let code = |region: &str, year: Year| {
        let quadrant = view.row(region, year)?.quadrant;
        ZONES.iter().position(|zone| Some(zone.quadrant) == quadrant)
    };
    json!({
        "colours": ZONES.iter().map(|zone| zone.colour).collect::<Vec<_>>(),
        "labels": ZONES.iter().map(|zone| zone.words(view.language)).collect::<Vec<_>>(),
        "marks": ZONES.iter().map(|zone| zone.quadrant).collect::<Vec<_>>(),
        "codes": codes(view, years, code),
        "title": view.language.of("Quadrant", "象限"),
        "head": view.language.of("Quadrant", "象限"),
        "variables": [Variable::Size.key(), Variable::Depth.key()],
    })
}

/// The pseudo p of the local test of each variable by region and year. Of thousands of regions the page has its class alone.
fn tested(view: &View, years: &[Year]) -> Value {
    if view.regions().len() > TESTED {
        return json!({});
    }
    let rows = |variable: Variable| {
        values(view, years, |region, year| view.lisa(variable, year, region).and_then(|row| row.p_folded))
    };
    view.variables().into_iter().map(|variable| (variable.key().to_owned(), json!(rows(variable)))).collect()
}

/// An axis of a scatter, so that the script places dots where the drawing does.
fn axis(scale: &Scale) -> Value {
    let (low, high) = scale.range();
    json!({ "low": low, "high": high, "from": scale.from(), "to": scale.to(), "log": scale.is_logarithmic() })
}

/// A Moran scatter through the years; none where it is not drawn.
fn moran_points(view: &View, variable: Variable, years: &[Year]) -> Option<Value> {
    let frame = moran_frame(view, variable)?;
    let rows = |value: fn(&LisaRow) -> Option<f64>| {
        values(view, years, |region, year| view.lisa(variable, year, region).and_then(value))
    };
    Some(json!({
        "x": { "axis": axis(&frame.x), "rows": rows(|row| row.z), "label": MORAN_AXES[0].to(view.language) },
        "y": { "axis": axis(&frame.y), "rows": rows(|row| row.lag), "label": MORAN_AXES[1].to(view.language) },
        "colour": format!("{}_cluster", variable.stem()),
        "slope": years.iter().map(|&year| slope(view, variable, year).map(rounded)).collect::<Vec<_>>(),
    }))
}

/// Size against depth through the years; none where it is not drawn.
fn depth_points(view: &View, years: &[Year]) -> Option<Value> {
    let frame = quadrant_frame(view)?;
    let shown = shown(view);
    let place = |key: &str| shown.iter().position(|quantity| quantity.key == key);
    let label = |key: &str| place(key).map(|place| shown[place].label);
    let unit = |key: &str| place(key).map(|place| shown[place].unit.as_str());
    let split = |of: fn(&QuadrantRow) -> f64| -> Vec<Option<f64>> {
        let found = |year: Year| view.results.quadrants.iter().find(|row| row.year == year).map(of);
        years.iter().map(|&year| found(year)).collect()
    };
    Some(json!({
        "x": { "axis": axis(&frame.x), "quantity": place(SIZE), "label": label(SIZE), "unit": unit(SIZE), "split": split(|row| row.size_split) },
        "y": { "axis": axis(&frame.y), "quantity": place(DEPTH), "label": label(DEPTH), "unit": unit(DEPTH), "split": split(|row| row.depth_split) },
        "colour": "quadrant",
    }))
}

/// The units of masses and of areas that suit the regions.
fn scales(view: &View) -> (Scaled, Scaled) {
    let rows = &view.results.regions;
    let largest = |value: fn(&RegionRow) -> Option<f64>| {
        rows.iter().filter_map(value).map(f64::abs).fold(0.0, f64::max)
    };
    let mass = view.tonnes(largest(|row| row.ice_t.map(Quantity::get)));
    (mass, view.hectares(largest(|row| row.icf_hm2.map(Quantity::get))))
}

fn shown(view: &View) -> Vec<Shown> {
    let (mass, area) = scales(view);
    let language = view.language;
    let scaled = |key, label: Words, scaled: Scaled, value| Shown {
        key,
        label: label.to(language),
        unit: scaled.name(),
        scaled: Some(scaled),
        value,
    };
    let plain = |key, label: Words, unit: &str, value| Shown {
        key,
        label: label.to(language),
        unit: unit.to_owned(),
        scaled: None,
        value,
    };
    vec![
        scaled("ice", Words::new("Emissions (ICE)", "排放（ICE）"), mass, |row| {
            row.ice_t.map(Quantity::get)
        }),
        scaled("cs", Words::new("Sink (CS)", "碳汇（CS）"), mass, |row| row.cs_t.map(Quantity::get)),
        scaled("icf", Words::new("Footprint (ICF)", "足迹（ICF）"), area, |row| {
            row.icf_hm2.map(Quantity::get)
        }),
        scaled("cec", Words::new("Capacity (CEC)", "承载力（CEC）"), area, |row| {
            row.cec_hm2.map(Quantity::get)
        }),
        scaled("balance", Words::new("Capacity less footprint", "承载力减足迹"), area, |row| {
            Some(row.cec_hm2?.get() - row.icf_hm2?.get())
        }),
        plain(SIZE, Words::new("Size per resident", "人均广度"), Variable::Size.unit(language), |row| {
            Variable::Size.value(row)
        }),
        plain(DEPTH, Words::new("Depth", "深度"), "", |row| Variable::Depth.value(row)),
        plain("residents", Words::new("Residents", "人口"), language.of("million", "百万人"), |row| {
            Some(row.population?.get() / 1e6)
        }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_data_can_end_the_script() {
        assert_eq!(
            within_script("\"</script><!--&\u{2028}\""),
            r#""\u003c/script\u003e\u003c!--\u0026\u2028""#
        );
    }

    #[test]
    fn numbers_are_rounded_to_four_digits() {
        assert_eq!(rounded(123_456.0), 123_500.0);
        assert_eq!(rounded(-0.000_123_449), -0.000_123_4);
        assert_eq!(rounded(0.0), 0.0);
    }
}
