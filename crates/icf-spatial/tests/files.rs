//! GAL and GWT files as others write them, and back again.
//!
//! Files: libpysal 4.14.1 (`libpysal.io.open(…, "w")`), spdep 1.2.7 (`write.nb.gal`, `write.sn2gwt`), pygeoda 0.1.3
//! (`Weight.save_weights`), as written, of columbus: queen contiguity, row-standardised in the GWT files of libpysal
//! and spdep; four nearest neighbours with distances in that of GeoDa.
#![expect(clippy::unwrap_used, reason = "a test may panic, and reads what was written")]

use icf_spatial::{
    Decay, Distance, FileHeader, Points, Weights, distance_band, nearest_neighbours, read_gal, read_gwt,
    write_gal, write_gwt,
};
use icf_units::RegionId;
use proptest::prelude::*;

const HEADER: FileHeader<'_> = FileHeader { layer: "columbus", id_variable: "POLYID" };

/// Rows of a file, without comments and header.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split(',').collect())
}

/// Queen contiguity of columbus with ids behind a prefix.
fn queen(prefix: &str) -> Weights {
    let ids = (1..=49).map(|id| RegionId::new(&format!("{prefix}{id}")));
    let links: Vec<(usize, usize)> = rows(include_str!("data/columbus_queen.csv"))
        .map(|row| (row[0].parse::<usize>().unwrap() - 1, row[1].parse::<usize>().unwrap() - 1))
        .collect();
    Weights::from_links(ids, &links).unwrap()
}

fn columbus() -> Points {
    let places = rows(include_str!("data/columbus_points.csv"))
        .map(|row| (RegionId::new(row[0]), [row[1].parse().unwrap(), row[2].parse().unwrap()]));
    Points::new(places.collect::<Vec<_>>(), Distance::Planar).unwrap()
}

#[test]
fn gal_files_of_others() {
    assert_eq!(read_gal(include_str!("data/files/libpysal.gal")).unwrap(), queen(""));
    assert_eq!(read_gal(include_str!("data/files/spdep_old.gal")).unwrap(), queen(""));
    assert_eq!(read_gal(include_str!("data/files/spdep.gal")).unwrap(), queen("r"));
    let geoda = queen("").difference(&read_gal(include_str!("data/files/geoda.gal")).unwrap()).unwrap();
    assert_eq!(geoda.links(), 0);
    // Ids with spaces, which GeoDa does not quote.
    let spaces = read_gal(include_str!("data/files/geoda_spaces.gal")).unwrap();
    assert_eq!(spaces.union(&queen("New Town ")).unwrap(), queen("New Town "));
    assert_eq!(spaces.links(), 236);
}

#[test]
fn islands_in_files_of_others() {
    let libpysal = read_gal(include_str!("data/files/libpysal_island.gal")).unwrap();
    assert_eq!((libpysal.islands(), libpysal.links()), (vec!["b".into()], 2));
    let spdep = read_gal(include_str!("data/files/spdep_island.gal")).unwrap();
    assert_eq!((spdep.islands(), spdep.links()), (vec!["x3".into()], 2));
}

#[track_caller]
fn close(found: &Weights, expected: &Weights, digits: f64) {
    assert_eq!((found.ids(), found.links()), (expected.ids(), expected.links()));
    for region in 0..found.len() {
        for ((place, weight), (other, expected)) in found.row(region).zip(expected.row(region)) {
            assert_eq!(place, other);
            assert!((weight - expected).abs() <= digits, "{weight} is not {expected}");
        }
    }
}

#[test]
fn gwt_files_of_others() {
    let standardised = |prefix| queen(prefix).row_standardised();
    // libpysal prints six digits, spdep fifteen.
    let libpysal = read_gwt(include_str!("data/files/libpysal.gwt"), Some(queen("").ids())).unwrap();
    close(&libpysal, &standardised(""), 5.1e-7);
    let spdep = read_gwt(include_str!("data/files/spdep.gwt"), None).unwrap();
    close(&spdep, &standardised("r"), 5.1e-16);
}

#[test]
fn geoda_writes_distances() {
    let geoda = read_gwt(include_str!("data/files/geoda.gwt"), Some(queen("").ids())).unwrap();
    assert_eq!(geoda.links(), 4 * 49);
    // Its points are centroids, ours the X and Y of the table: the same neighbours but for a few.
    let nearest = nearest_neighbours(&columbus(), 4).unwrap();
    assert!(geoda.intersection(&nearest).unwrap().links() > 150);
}

#[test]
fn what_is_written_is_what_others_write() {
    assert_eq!(write_gal(&queen(""), None).unwrap(), include_str!("data/files/spdep_old.gal"));
    assert_eq!(write_gal(&queen("r"), Some(HEADER)).unwrap(), include_str!("data/files/spdep.gal"));
    // libpysal, spdep (read.gwt2nb) and pygeoda (read_gwt) read it: 288 links; the first two add them up to 119.900070071511.
    let weights = distance_band(&columbus(), 4.0, Decay::InversePower(1.0)).unwrap();
    assert_eq!(write_gwt(&weights, HEADER).unwrap(), include_str!("data/files/icf_inverse.gwt"));
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        ids in proptest::collection::btree_set("[a-c0-1 #é\u{3000}\t.]{1,4}", 1..12),
        links in proptest::collection::btree_map((0usize..12, 0usize..12), 1e-300..1e300f64, 0..40),
    ) {
        let ids: Vec<RegionId> = ids.iter().map(|id| RegionId::new(id)).collect();
        let fits = |&(from, to): &(usize, usize)| from < ids.len() && to < ids.len() && from != to;
        let links: Vec<(usize, usize, f64)> = links
            .iter()
            .filter(|(ends, _)| fits(ends))
            .map(|(&(from, to), weight)| (from, to, *weight))
            .collect();
        let weights = Weights::from_weighted_links(ids.clone(), &links).unwrap();
        prop_assert_eq!(read_gwt(&write_gwt(&weights, HEADER).unwrap(), Some(&ids)).unwrap(), weights.clone());
        for header in [None, Some(HEADER)] {
            let gal = read_gal(&write_gal(&weights, header).unwrap()).unwrap();
            prop_assert_eq!(&gal, &weights.union(&weights).unwrap());
        }
    }

    #[test]
    fn no_text_makes_the_readers_panic(text in "(0 )?[0-3]( l v)?\n([ab\" ]{0,4} ?[0-3. -]{0,3}\r?\n){0,8}") {
        let _ = read_gal(&text);
        let _ = read_gwt(&text, None);
        let _ = read_gwt(&text, Some(&["a".into(), "b".into(), "a b".into()]));
    }
}
