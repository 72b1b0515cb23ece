//! Any bytes in the place of one file of a small data set give a data set or a mistake, and so do any bytes as columns
//! of a single command. The first byte chooses the file: `R`, `F`, `E`, `L`, `P` the tables, `B` the boundaries, `D`
//! the description of the package, `C` columns.

use icf_ingest::{Source, Wanted, parse_columns, read};

const FILES: [(u8, &str, &str); 7] = [
    (b'R', "regions.csv", "region,name_en,group3\n010000,Here,east\n020000,There,west\n"),
    (
        b'F',
        "fuels.csv",
        "fuel,name_en,unit,standard_coal,paper_s,paper_d\ncoal,Coal,1e4 t,0.7143,0.7143,1.9003\n",
    ),
    (
        b'E',
        "energy.csv",
        "region,year,fuel,quantity,unit\n010000,2000,coal,1,1e4 t\n020000,2000,coal,3,tce\n",
    ),
    (
        b'L',
        "land.csv",
        "region,year,source,class,area,unit\n010000,2000,inventory,forest,1,km2\n020000,2000,inventory,forest,2,hm2\n",
    ),
    (
        b'P',
        "population.csv",
        "region,year,population,unit\n010000,2000,1,1e4 persons\n020000,2000,5,persons\n",
    ),
    (b'B', "boundaries.geojson", ""),
    (b'D', "datapackage.json", ""),
];

pub(crate) fn hold(data: &[u8]) {
    let Some((kind, content)) = data.split_first() else { return };
    if *kind == b'C' {
        let wanted =
            Wanted { id: Some("id"), year: Some("year"), numbers: vec!["x", "y"], ..Wanted::default() };
        match parse_columns("t.csv", content, &wanted) {
            Ok(columns) => assert!(columns.numbers.iter().flatten().flatten().all(|value| value.is_finite())),
            Err(mistakes) => assert!(mistakes.has_errors()),
        }
        return;
    }
    if !FILES.iter().any(|file| file.0 == *kind) {
        return;
    }
    let file = |&(letter, name, usual): &(u8, &str, &'static str)| {
        let bytes = if letter == *kind { content.to_vec() } else { usual.as_bytes().to_vec() };
        (letter == *kind || !usual.is_empty()).then(|| (name.to_owned(), bytes.into()))
    };
    let source = Source::Embedded { name: "set".to_owned(), files: FILES.iter().filter_map(file).collect() };
    if let Err(mistakes) = read(&source) {
        assert!(mistakes.has_errors());
    }
}
