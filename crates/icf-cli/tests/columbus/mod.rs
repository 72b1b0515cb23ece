//! A folder with the neighbourhoods of Columbus, made of the data of the other crates' tests.

use std::fmt::Write as _;
use std::path::Path;

use crate::support::root;

/// A file of another crate's tests without the lines on its origin.
fn data(path: &str) -> String {
    let text = std::fs::read_to_string(root().join("crates").join(path)).expect(path);
    text.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect()
}

/// Links `a,b`, each once, as the text of a GAL file.
fn gal(ids: &[String], links: &[(String, String)]) -> String {
    let mut text = format!("{}\n", ids.len());
    for id in ids {
        let neighbours: Vec<&str> = links
            .iter()
            .filter_map(|(a, b)| match id {
                id if id == a => Some(b.as_str()),
                id if id == b => Some(a.as_str()),
                _ => None,
            })
            .collect();
        writeln!(text, "{id} {}\n{}", neighbours.len(), neighbours.join(" ")).expect("text can be written");
    }
    text
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).expect("the folder is writable");
}

/// `columbus.csv` (id, crime, inc, hoval), `queen.gal`, `rook.gal`, `calemp.csv` (value), and the 3×3 lattice as
/// `lattice.csv` (id, y) with `lattice.gal`.
pub(crate) fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let at = folder.path();
    let columbus = data("icf-spatial/tests/data/columbus.csv");
    write(at, "columbus.csv", &columbus);
    write(at, "calemp.csv", &data("icf-classify/tests/data/calemp.csv"));
    let ids: Vec<String> =
        columbus.lines().skip(1).filter_map(|line| line.split(',').next().map(str::to_owned)).collect();
    for kind in ["queen", "rook"] {
        let links: Vec<(String, String)> = data(&format!("icf-spatial/tests/data/columbus_{kind}.csv"))
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(',').map(|(a, b)| (a.to_owned(), b.to_owned())))
            .collect();
        write(at, &format!("{kind}.gal"), &gal(&ids, &links));
    }
    let cells: Vec<String> = (1..=9).map(|cell| format!("0{cell}")).collect();
    let right = (0..9).filter(|cell| cell % 3 < 2).map(|cell| (cell, cell + 1));
    let down = (0..6).map(|cell| (cell, cell + 3));
    let links: Vec<(String, String)> =
        right.chain(down).map(|(a, b): (usize, usize)| (cells[a].clone(), cells[b].clone())).collect();
    write(at, "lattice.gal", &gal(&cells, &links));
    let rows: String = cells.iter().enumerate().map(|(place, id)| format!("{id},{}\n", place + 1)).collect();
    write(at, "lattice.csv", &format!("id,y\n{rows}"));
    folder
}
