//! What the codes of a land-cover product mean.

use std::collections::{BTreeMap, BTreeSet};

/// The word for cells whose class is not known.
const NODATA: &str = "nodata";

/// Codes that could be of any product.
const FEW: usize = 4;
/// How many times more codes a product has than one that fits as well, when it is doubted.
const OFTEN: f64 = 1.5;

/// A class and its codes.
type Class = (&'static str, &'static [u16]);

/// The classes of the products that come with the program, in the words that all of them share.
///
/// | name | product | source of the codes |
/// |---|---|---|
/// | `clcd` | annual China land cover, 30 m | Yang and Huang (2021), Earth Syst. Sci. Data 13, 3907–3925 |
/// | `modis-igbp` | MCD12, IGBP scheme | Sulla-Menashe and Friedl (2018), user guide to collection 6 |
/// | `esa-cci` | ESA CCI and C3S land cover, 300 m | product user guide, version 2 |
/// | `globeland30` | GlobeLand30, 30 m | Chen et al. (2015), ISPRS J. Photogramm. 103, 7–27 |
///
/// Mixed classes go where their name begins: woody savanna of IGBP (tree cover of 30 to 60 %) to forest, a mosaic of
/// cropland and natural vegetation to cropland. Code 0 of CLCD, ESA CCI and GlobeLand30 and 255 of the others mean that
/// nothing is known.
const BUILT_IN: [(&str, &[Class]); 4] = [
    (
        "clcd",
        &[
            (NODATA, &[0]),
            ("cropland", &[1]),
            ("forest", &[2]),
            ("shrubland", &[3]),
            ("grassland", &[4]),
            ("water", &[5]),
            ("snow-ice", &[6]),
            ("barren", &[7]),
            ("impervious", &[8]),
            ("wetland", &[9]),
        ],
    ),
    (
        "modis-igbp",
        &[
            ("forest", &[1, 2, 3, 4, 5, 8]),
            ("shrubland", &[6, 7]),
            ("savanna", &[9]),
            ("grassland", &[10]),
            ("wetland", &[11]),
            ("cropland", &[12, 14]),
            ("impervious", &[13]),
            ("snow-ice", &[15]),
            ("barren", &[16]),
            ("water", &[17]),
            (NODATA, &[255]),
        ],
    ),
    (
        "esa-cci",
        &[
            (NODATA, &[0]),
            ("cropland", &[10, 11, 12, 20, 30]),
            ("forest", &[50, 60, 61, 62, 70, 71, 72, 80, 81, 82, 90, 100, 160, 170]),
            ("grassland", &[40, 110, 130]),
            ("shrubland", &[120, 121, 122]),
            ("sparse", &[140, 150, 151, 152, 153]),
            ("wetland", &[180]),
            ("impervious", &[190]),
            ("barren", &[200, 201, 202]),
            ("water", &[210]),
            ("snow-ice", &[220]),
        ],
    ),
    (
        "globeland30",
        &[
            (NODATA, &[0, 255]),
            ("cropland", &[10]),
            ("forest", &[20]),
            ("grassland", &[30]),
            ("shrubland", &[40]),
            ("wetland", &[50]),
            ("water", &[60]),
            ("tundra", &[70]),
            ("impervious", &[80]),
            ("barren", &[90]),
            ("snow-ice", &[100]),
        ],
    ),
];

/// The class of each code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classes(BTreeMap<u16, String>);

/// What a code means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning<'a> {
    /// A class.
    Class(&'a str),
    /// That nothing is known.
    Nodata,
    /// Nothing: the map lacks it.
    Unlisted,
}

impl From<BTreeMap<u16, String>> for Classes {
    /// The class of each code; the class `nodata` means that nothing is known.
    fn from(by_code: BTreeMap<u16, String>) -> Self {
        Self(by_code)
    }
}

impl Classes {
    /// The names of the products that come with the program.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// The classes of a product.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let (_, classes) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        let by_code =
            classes.iter().flat_map(|(class, codes)| codes.iter().map(|code| (*code, (*class).to_owned())));
        Some(Self(by_code.collect()))
    }

    /// Reads lines of `code,class` below that header; the class `nodata` means that nothing is known.
    ///
    /// ```
    /// use icf_landcover::{Classes, Meaning};
    /// let classes = Classes::from_csv("code,class\n1,forest\n2,forest\n0,nodata\n").unwrap();
    /// assert_eq!(classes.meaning(2), Meaning::Class("forest"));
    /// assert_eq!(classes.meaning(0), Meaning::Nodata);
    /// assert_eq!(classes.meaning(3), Meaning::Unlisted);
    /// ```
    ///
    /// # Errors
    /// Every line that is wrong, by its number from 1, and why.
    pub fn from_csv(text: &str) -> Result<Self, Vec<(usize, String)>> {
        let mut mistakes = Vec::new();
        let mut classes = BTreeMap::new();
        let lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines();
        let mut header = false;
        for (number, line) in (1..).zip(lines).filter(|(_, line)| !line.trim().is_empty()) {
            let cells: Vec<&str> = line.split(',').map(str::trim).collect();
            if !header {
                header = true;
                if cells != ["code", "class"] {
                    mistakes.push((number, "the header is not `code,class`".to_owned()));
                }
                continue;
            }
            let [code, class] = cells[..] else {
                mistakes.push((number, "is not a code and a class".to_owned()));
                continue;
            };
            match code.parse::<u16>() {
                Err(_) => mistakes.push((number, format!("`{code}` is no whole number of 0 to 65535"))),
                Ok(_) if class.is_empty() || class.contains('"') => {
                    mistakes.push((number, "the class is empty or quoted".to_owned()));
                }
                Ok(code) if classes.contains_key(&code) => {
                    mistakes.push((number, format!("the code {code} stands above")));
                }
                Ok(code) => {
                    classes.insert(code, class.to_owned());
                }
            }
        }
        if mistakes.is_empty() && classes.is_empty() {
            mistakes.push((1, "there is no class".to_owned()));
        }
        if mistakes.is_empty() { Ok(Self(classes)) } else { Err(mistakes) }
    }

    /// The words for the classes, each once; `nodata` is none.
    #[must_use]
    pub fn words(&self) -> BTreeSet<&str> {
        self.0.values().map(String::as_str).filter(|class| *class != NODATA).collect()
    }

    /// What a code means.
    #[must_use]
    pub fn meaning(&self, code: u16) -> Meaning<'_> {
        match self.0.get(&code).map(String::as_str) {
            Some(NODATA) => Meaning::Nodata,
            Some(class) => Meaning::Class(class),
            None => Meaning::Unlisted,
        }
    }

    /// The products that come with the program whose maps have all of some codes.
    #[must_use]
    pub fn fitting(codes: &BTreeSet<u16>) -> Vec<&'static str> {
        let has_all =
            |classes: &[Class]| codes.iter().all(|code| classes.iter().any(|(_, of)| of.contains(code)));
        BUILT_IN.iter().filter(|(_, classes)| has_all(classes)).map(|(name, _)| *name).collect()
    }

    /// The product that the codes of rasters look like, when it is another than the named one though that has them all: CLCD read
    /// as MODIS IGBP has a class for every code, and all of them wrong.
    ///
    /// It has all the codes too, and they are more than 1.5 times as large a part of its own; of fewer than four codes nothing
    /// is said.
    #[must_use]
    pub fn likelier(named: &str, codes: &BTreeSet<u16>) -> Option<&'static str> {
        let size = |name: &str| {
            let (_, classes) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
            Some(classes.iter().filter(|(class, _)| *class != NODATA).map(|(_, of)| of.len()).sum::<usize>())
        };
        let own = size(named).filter(|_| codes.len() >= FEW)?;
        let fitting = Self::fitting(codes);
        let smallest = fitting.iter().filter_map(|name| Some((size(name)?, *name))).min()?;
        (fitting.contains(&named) && own as f64 > smallest.0 as f64 * OFTEN).then_some(smallest.1)
    }

    /// The codes among some that the map lacks.
    pub fn unlisted(&self, codes: impl IntoIterator<Item = u16>) -> BTreeSet<u16> {
        codes.into_iter().filter(|code| !self.0.contains_key(code)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_product_has_each_code_once() {
        for (name, classes) in BUILT_IN {
            let codes: Vec<u16> = classes.iter().flat_map(|(_, codes)| codes.iter().copied()).collect();
            assert_eq!(Classes::named(name).unwrap().0.len(), codes.len(), "{name}");
        }
        assert_eq!(Classes::names().count(), BUILT_IN.len());
        assert_eq!(Classes::named("corine"), None);
    }

    #[test]
    fn products_agree_on_words() {
        for (name, code, class) in [
            ("clcd", 2, "forest"),
            ("clcd", 8, "impervious"),
            ("modis-igbp", 8, "forest"),
            ("modis-igbp", 10, "grassland"),
            ("modis-igbp", 13, "impervious"),
            ("esa-cci", 190, "impervious"),
            ("globeland30", 20, "forest"),
        ] {
            assert_eq!(Classes::named(name).unwrap().meaning(code), Meaning::Class(class), "{name}");
        }
        assert_eq!(Classes::named("clcd").unwrap().meaning(0), Meaning::Nodata);
        assert_eq!(Classes::named("clcd").unwrap().unlisted([2, 9, 10, 77, 10]), [10, 77].into());
    }

    #[test]
    fn codes_look_like_a_product() {
        let check = |named: &str, codes: &[u16], expected: Option<&str>| {
            assert_eq!(
                Classes::likelier(named, &codes.iter().copied().collect()),
                expected,
                "{named} {codes:?}"
            );
        };
        check("modis-igbp", &[1, 2, 4, 5, 8], Some("clcd"));
        check("esa-cci", &[10, 20, 30, 60, 80], Some("globeland30"));
        check("clcd", &[1, 2, 4, 5, 8], None);
        check("modis-igbp", &[1, 2, 4, 5, 10], None);
        check("esa-cci", &[10, 20, 30, 130, 190], None);
        check("modis-igbp", &[1, 2, 4], None);
        check("map.yaml", &[1, 2, 4, 5, 8], None);
        check("clcd", &[1, 2, 4, 5, 10], None);
        assert_eq!(Classes::fitting(&[1, 2, 17].into()), ["modis-igbp"]);
        assert_eq!(Classes::fitting(&[1, 2, 99].into()), Vec::<&str>::new());
    }

    #[test]
    fn every_wrong_line_is_named() {
        let text = "code;class\n1,forest\n1,grass\n70000,sea\n5\n6,\n\n7,ok\n";
        let lines: Vec<usize> =
            Classes::from_csv(text).unwrap_err().into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [1, 3, 4, 5, 6]);
        assert_eq!(Classes::from_csv("code,class\n").unwrap_err(), [(1, "there is no class".to_owned())]);
        assert!(Classes::from_csv("\u{feff}code, class\r\n 1 , forest \r\n").is_ok());
    }
}
