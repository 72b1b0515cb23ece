//! Data in workbooks: as a yearbook prints them, and as tables.
#![expect(clippy::disallowed_methods, reason = "a test may panic, and reads what was written")]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use serde_json::{Value, json};
use support::{icf_in, root, stderr, stdout};

/// A table of the built-in data set, by row.
fn built_in(table: &str) -> Vec<Vec<String>> {
    let text =
        std::fs::read_to_string(root().join("crates/icf-data/china-provinces").join(table)).expect(table);
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// Ids and Chinese names of the regions, the names of two characters set apart as yearbooks do.
fn regions() -> Vec<(String, String)> {
    let apart = |name: &str| match name.chars().collect::<Vec<_>>().as_slice() {
        [first, second] => format!("{first}　{second}"),
        _ => name.to_owned(),
    };
    built_in("regions.csv").iter().map(|row| (row[0].clone(), apart(&row[3]))).collect()
}

/// A sheet of a yearbook: a merged heading over the titles, the unit above at the right, a region a row.
fn sheet(
    sheet: &mut Worksheet,
    unit: &str,
    heading: &str,
    titles: &[String],
    figure: impl Fn(&str, usize) -> Option<f64>,
) {
    let plain = Format::new();
    let last = u16::try_from(titles.len()).expect("few titles");
    sheet.write_string(0, 0, "一张表").expect("written");
    sheet.write_string(1, last, unit).expect("written");
    sheet.merge_range(2, 0, 3, 0, "地 区", &plain).expect("merged");
    sheet.merge_range(2, 1, 2, last, heading, &plain).expect("merged");
    for (column, title) in (1..).zip(titles) {
        sheet.write_string(3, column, title).expect("written");
    }
    sheet.write_string(4, 0, "全 国").expect("written");
    for (row, (id, name)) in (5..).zip(regions()) {
        sheet.write_string(row, 0, name).expect("written");
        for (column, place) in (1..).zip(0..titles.len()) {
            match figure(&id, place) {
                Some(number) => sheet.write_number(row, column, number).expect("written"),
                None => sheet.write_string(row, column, "…").expect("written"),
            };
        }
    }
}

/// The built-in data set with residents and energy in a workbook; gives the mapping of both.
fn yearbook(folder: &Path) -> Value {
    let mut book = Workbook::new();
    let residents: BTreeMap<(String, String), f64> = built_in("population.csv")
        .into_iter()
        .map(|row| ((row[0].clone(), row[1].clone()), row[2].parse().expect("a number")))
        .collect();
    let years: BTreeSet<String> = residents.keys().map(|key| key.1.clone()).collect();
    let years: Vec<String> = years.into_iter().collect();
    sheet(
        book.add_worksheet().set_name("2-5 人口").expect("named"),
        "单位：人",
        "年末常住人口",
        &years,
        |id, place| residents.get(&(id.to_owned(), years[place].clone())).copied(),
    );

    let energy: BTreeMap<(String, String, String), f64> = built_in("energy.csv")
        .into_iter()
        .map(|row| ((row[0].clone(), row[1].clone(), row[2].clone()), row[3].parse().expect("a number")))
        .collect();
    let fuels: BTreeMap<String, String> = built_in("fuels.csv")
        .into_iter()
        .map(|row| {
            (row[0].clone(), format!("{}（{}）", row[2], if row[3] == "1e4 t" { "万吨" } else { "亿立方米" }))
        })
        .filter(|(fuel, _)| energy.keys().any(|key| key.2 == *fuel))
        .collect();
    let titles: Vec<String> = fuels.values().cloned().collect();
    let keys: Vec<&String> = fuels.keys().collect();
    let of_years: BTreeSet<&String> = energy.keys().map(|key| &key.1).collect();
    for year in &of_years {
        let page = book.add_worksheet().set_name(format!("{year}年")).expect("named");
        sheet(page, "按品种", "工业终端消费", &titles, |id, place| {
            energy.get(&(id.to_owned(), (*year).clone(), keys[place].clone())).copied()
        });
    }
    book.save(folder.join("yearbook.xlsx")).expect("saved");

    let by_year: BTreeMap<String, Value> =
        years.iter().map(|year| (format!("年末常住人口/{year}"), json!({ "year": year }))).collect();
    let by_fuel: BTreeMap<String, Value> = fuels
        .iter()
        .map(|(fuel, title)| (title.split('（').next().expect("a title").to_owned(), json!({ "fuel": fuel })))
        .map(|(title, says)| (format!("工业终端消费/{title}"), says))
        .collect();
    let sheets: Vec<Value> = of_years
        .iter()
        .map(|year| json!({ "name": format!("{year}年"), "year": year.parse::<i32>().expect("a year") }))
        .collect();
    let last = u8::try_from(years.len()).expect("few years");
    json!({
        "population": {
            "sheets": [{ "name": "2-5 人口" }], "header": [3, 4], "regions": "A", "columns": by_year,
            "unit_cell": format!("{}2", char::from(b'A' + last)), "skip": ["全国"],
        },
        "energy": { "sheets": sheets, "header": [3, 4], "regions": "A", "columns": by_fuel, "skip": ["全国"] },
    })
}

/// A copy of the built-in data set with other resources in the place of some; gives the folder's package.
fn package(folder: &Path, instead: &Value) {
    let from = root().join("crates/icf-data/china-provinces");
    std::fs::create_dir_all(folder).expect("made");
    let text = std::fs::read_to_string(from.join("datapackage.json")).expect("there");
    let mut package: Value = serde_json::from_str(&text).expect("JSON");
    for resource in package["resources"].as_array_mut().expect("a list") {
        let name = resource["name"].as_str().expect("a name").to_owned();
        if let Some(mapping) = instead.get(&name) {
            *resource = json!({ "name": name, "path": "yearbook.xlsx", "icf": mapping });
        } else {
            let path = resource["path"].as_str().expect("a path");
            std::fs::copy(from.join(path), folder.join(path)).expect(path);
        }
    }
    std::fs::write(folder.join("datapackage.json"), package.to_string()).expect("written");
}

/// Runs the baseline on a data set; gives the tables of nation and regions.
fn run(folder: &Path, name: &str, data: &str) -> [Vec<u8>; 2] {
    let baseline = root().join("scenarios/baseline.yaml");
    let text = format!(
        "extends: {}\nname: {name}\ndata: {data}\noutputs: {{ tables: [csv], maps: [], figures: false, page: false, exchange: [] }}\n",
        baseline.display()
    );
    std::fs::write(folder.join(format!("{name}.yaml")), text).expect("written");
    let output = icf_in(folder, &["run-scenario", &format!("{name}.yaml"), "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    ["nation", "regions"]
        .map(|table| std::fs::read(folder.join(format!("runs/{name}/tables/{table}.csv"))).expect(table))
}

#[test]
fn a_yearbook_gives_the_bytes_of_the_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("mine");
    package(&data, &json!({}));
    let from_tables = run(folder.path(), "tables", "mine");
    let mapping = yearbook(&data);
    package(&data, &mapping);
    let from_yearbook = run(folder.path(), "yearbook", "mine");
    assert!(from_tables == from_yearbook);
    let checked = icf_in(folder.path(), &["data", "check", "mine"]);
    assert!(checked.status.success(), "{}", stderr(&checked));
    assert!(
        stdout(&checked).contains("energy: 11162 rows, 2000–2022, in 1e4 t, 1e8 m3"),
        "{}",
        stdout(&checked)
    );
}

/// A small data set with its residents in a workbook; `change` makes it a mistaken one.
fn small(folder: &Path, change: impl Fn(&mut Worksheet), mapping: &Value) -> String {
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("written");
    write("regions.csv", "region,name_en,name_zh\na,Alpha,甲地自治州\nb,Beta,乙地自治州\n");
    write("emissions.csv", "region,year,quantity,unit\na,2020,1,Mt CO2\nb,2020,2,Mt CO2\n");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("人口").expect("named");
    for (row, texts) in
        (0..).zip([["地区", "2020年"], ["甲地自治州", ""], ["乙 地 自 治 州", ""], ["合计", ""]])
    {
        for (column, text) in (0..).zip(texts.iter().filter(|text| !text.is_empty())) {
            sheet.write_string(row, column, *text).expect("written");
        }
    }
    for (row, number) in [(1, 10.0), (2, 20.0), (3, 30.0)] {
        sheet.write_number(row, 1, number).expect("written");
    }
    change(sheet);
    book.save(folder.join("book.xlsx")).expect("saved");
    let resources = json!({ "resources": [
        { "name": "regions", "path": "regions.csv" },
        { "name": "emissions", "path": "emissions.csv" },
        { "name": "population", "path": "book.xlsx", "icf": mapping },
    ] });
    std::fs::write(folder.join("datapackage.json"), resources.to_string()).expect("written");
    let output = icf_in(folder, &["data", "check", "."]);
    let said = stderr(&output);
    assert!(output.status.success() || output.status.code() == Some(3), "{said}");
    said
}

fn sound() -> Value {
    json!({
        "sheets": [{ "name": "人口" }], "header": [1], "regions": "A",
        "columns": { "2020年": { "year": "2020", "unit": "万人" } }, "total": "合计",
    })
}

/// What is said of a mistaken workbook.
#[track_caller]
fn check(change: impl Fn(&mut Worksheet), mapping: &Value, expected: &[&str]) {
    let folder = tempfile::tempdir().expect("a folder");
    let said = small(folder.path(), change, mapping);
    for text in expected {
        assert!(said.contains(text), "{text}\nis not in\n{said}");
    }
}

fn with(key: &str, value: Value) -> Value {
    let mut mapping = sound();
    mapping[key] = value;
    mapping
}

#[test]
fn mistakes_name_sheet_and_cell() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(small(folder.path(), |_| {}, &sound()), "");

    let text = |row, column, text: &'static str| {
        move |sheet: &mut Worksheet| {
            sheet.write_string(row, column, text).expect("written");
        }
    };
    check(
        text(1, 1, "12.3①"),
        &sound(),
        &["人口!B2", "holds \"12.3①\", not a figure", "list the text under `missing`"],
    );
    check(text(1, 1, "１,２３４"), &sound(), &["人口!B4", "the regions add up to 1254 万人, not to 30"]);
    check(
        text(2, 0, "乙地自治洲"),
        &sound(),
        &["人口!A3", "unknown region \"乙地自治洲\"", "did you mean \"乙地自治州\"?"],
    );
    check(
        text(2, 0, "甲地自治州"),
        &sound(),
        &["人口!A3", "two rows for a in 2020", "the first stands in 人口!A2"],
    );
    let number = |number| {
        move |sheet: &mut Worksheet| {
            sheet.write_number(1, 1, number).expect("written");
        }
    };
    check(number(-1.0), &sound(), &["人口!B2", "holds -1, which is below zero"]);
    check(number(11.0), &sound(), &["人口!B4", "the regions add up to 31 万人, not to 30"]);
    // One figure over two rows is of neither region alone, and must not be counted for both.
    let merged = |sheet: &mut Worksheet| {
        sheet.merge_range(1, 1, 2, 1, "", &Format::new()).expect("merged");
        sheet.write_number(1, 1, 30.0).expect("written");
    };
    check(
        merged,
        &sound(),
        &["人口!B3", "is merged with B2, and one figure is not that of both", "unmerge it"],
    );
    let sheets = with("sheets", json!([{ "name": "人日" }]));
    check(|_| {}, &sheets, &["book.xlsx", "there is no sheet `人日`", "its sheets are 人口"]);
    let columns = with("columns", json!({ "2021年": { "year": "2021", "unit": "万人" } }));
    check(|_| {}, &columns, &["人口!A1", "no column is titled `2021年`", "did you mean `2020年`?"]);
    let unit = with("columns", json!({ "2020年": { "year": "2020", "unit": "万户" } }));
    check(|_| {}, &unit, &["人口!B1", "unknown unit \"万户\"", "one of persons, 1e4 persons"]);
    let no_unit = with("columns", json!({ "2020年": { "year": "2020" } }));
    check(|_| {}, &no_unit, &["人口!B1", "the unit of `2020年` is not known"]);
    let cell = with("unit_cell", json!("D9"));
    check(|_| {}, &cell, &["人口!D9", "holds no unit"]);
    let column = with("regions", json!("1"));
    check(|_| {}, &column, &["`1` is no column"]);
    let unknown = with("headers", json!([1]));
    check(|_| {}, &unknown, &["datapackage.json:1:", "unknown field `headers`"]);
}

#[test]
fn what_is_no_workbook_is_refused() {
    for (bytes, expected) in [
        (&b"region,year\n"[..], "is no workbook"),
        (&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1][..], "is an old or an encrypted workbook"),
        (&b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"[..], "cannot be read as a workbook"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("book.xlsx"), bytes).expect("written");
        let output = icf_in(folder.path(), &["data", "check", "book.xlsx"]);
        assert_eq!(output.status.code(), Some(3));
        assert!(stderr(&output).contains(expected), "{expected}: {}", stderr(&output));
    }
}

/// A cell in the last corner of a sheet makes it a billion cells large, of which one is there.
#[test]
fn a_sheet_costs_what_it_holds() {
    let far = |sheet: &mut Worksheet| {
        sheet.write_string(1_048_575, 16_383, "x").expect("written");
    };
    check(far, &sound(), &[]);
}

#[test]
fn a_workbook_of_tables_is_a_data_set() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut book = Workbook::new();
    for (name, rows) in [
        ("regions", vec!["region,name_en", "a,Alpha", "b,Beta"]),
        ("emissions", vec!["region,year,quantity,unit", "a,2020,1.5,Mt CO2", "b,2020,x,Mt CO2"]),
        ("notes", vec!["whatever"]),
    ] {
        let sheet = book.add_worksheet().set_name(name).expect("named");
        for (row, text) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(text.split(',')) {
                match cell.parse::<f64>() {
                    Ok(number) => sheet.write_number(row, column, number).expect("written"),
                    Err(_) => sheet.write_string(row, column, cell).expect("written"),
                };
            }
        }
    }
    book.save(folder.path().join("book.xlsx")).expect("saved");
    let output = icf_in(folder.path(), &["data", "check", "book.xlsx"]);
    assert_eq!(output.status.code(), Some(3));
    let said = stderr(&output);
    assert!(
        said.contains("book.xlsx:emissions!C3") && said.contains("holds \"x\", not a finite number"),
        "{said}"
    );
}

/// The mapping that the documentation shows reads the sheet that it describes.
#[test]
fn the_example_of_the_documentation_works() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = std::fs::read_to_string(root().join("docs/data.md")).expect("the page");
    let section = page.split("## Workbooks").nth(1).expect("the section");
    let package =
        section.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    write("datapackage.json", package);
    write("regions.csv", "region,name_en,name_zh\na,Beijing,北京\nb,Hebei,河北\n");
    write("emissions.csv", "region,year,quantity,unit\na,2020,1,Mt CO2\nb,2020,2,Mt CO2\n");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("2-5").expect("named");
    let plain = Format::new();
    sheet.write_string(1, 2, "单位：万人").expect("written");
    sheet.merge_range(2, 0, 3, 0, "地区", &plain).expect("merged");
    sheet.merge_range(2, 1, 2, 2, "年末常住人口", &plain).expect("merged");
    for (row, [name, first, second]) in (3..).zip([
        ["", "2019年", "2020年"],
        ["全国", "9600", "9650"],
        ["东部", "2190", "2189"],
        ["北　京", "2190", "2189"],
        ["河　北", "7410", "7,461"],
    ]) {
        for (column, text) in (0..).zip([name, first, second]).filter(|(_, text)| !text.is_empty()) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).expect("written"),
                Err(_) => sheet.write_string(row, column, text).expect("written"),
            };
        }
    }
    book.save(folder.path().join("yearbook.xlsx")).expect("saved");
    let output = icf_in(folder.path(), &["data", "check", "."]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    assert!(stdout(&output).contains("population: 4 rows, 2019–2020, in 1e4 persons"), "{}", stdout(&output));
}
