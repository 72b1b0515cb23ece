//! The printed figures, in the order of the paper.

use super::evidence::{Evidence, annual_change};
use super::{Claim, PRINTED_LEVEL, Printed};

const SIZE: &str = "size_hm2_per_capita";
const DEPTH: &str = "depth";

/// Growth rates: to a tenth of a percentage point.
const RATE: f64 = 0.1;
/// Areas per resident and depths: to five hundredths.
const AREA: f64 = 0.05;
/// Moran's I: to two hundredths.
const MORAN: f64 = 0.02;

fn number(
    claim: &str,
    (value, decimals): (f64, usize),
    unit: &'static str,
    (tolerance, turns_at): (f64, Option<f64>),
    computed: fn(&Evidence, &str) -> Option<f64>,
) -> Claim {
    let printed = Printed::Number { value, decimals, tolerance, turns_at };
    Claim { claim: claim.to_owned(), printed, unit, computed, of: "", remark: "" }
}

fn rate(claim: &str, value: f64, computed: fn(&Evidence, &str) -> Option<f64>) -> Claim {
    number(claim, (value, 2), "%/yr", (RATE, Some(0.0)), computed)
}

fn area(claim: &str, value: f64, computed: fn(&Evidence, &str) -> Option<f64>) -> Claim {
    number(claim, (value, 2), "hm2/person", (AREA, None), computed)
}

fn depth(claim: &str, value: f64, computed: fn(&Evidence, &str) -> Option<f64>) -> Claim {
    number(claim, (value, 1), "1", (AREA, Some(1.0)), computed)
}

fn moran(claim: &str, value: f64, computed: fn(&Evidence, &str) -> Option<f64>) -> Claim {
    number(claim, (value, 3), "1", (MORAN, None), computed)
}

/// A shape holds when it stands out by more than the tolerance of the figures it is made of.
fn shape(claim: &str, words: &'static str, computed: fn(&Evidence, &str) -> Option<f64>) -> Claim {
    let printed = Printed::Shape { words, least: MORAN };
    Claim { claim: claim.to_owned(), printed, unit: "1", computed, of: "", remark: "" }
}

impl Claim {
    fn of(mut self, region: &'static str) -> Self {
        self.of = region;
        self
    }

    fn remark(mut self, remark: &'static str) -> Self {
        self.remark = remark;
        self
    }
}

/// Provinces whose size per capita the paper gives at its height.
const HEIGHTS: [(&str, &str, f64); 5] = [
    ("Inner Mongolia", "150000", 2.15),
    ("Shaanxi", "610000", 2.18),
    ("Yunnan", "530000", 2.26),
    ("Guizhou", "520000", 2.19),
    ("Fujian", "350000", 2.26),
];

/// Provinces whose quadrant the paper names.
const QUADRANTS: [(usize, &str, &str); 16] = [
    (1, "Guangdong", "440000"),
    (2, "Tianjin", "120000"),
    (2, "Jiangsu", "320000"),
    (2, "Shandong", "370000"),
    (2, "Shanghai", "310000"),
    (3, "Beijing", "110000"),
    (3, "Hebei", "130000"),
    (3, "Jilin", "220000"),
    (3, "Anhui", "340000"),
    (3, "Henan", "410000"),
    (3, "Xinjiang", "650000"),
    (4, "Sichuan", "510000"),
    (4, "Guizhou", "520000"),
    (4, "Yunnan", "530000"),
    (4, "Heilongjiang", "230000"),
    (4, "Inner Mongolia", "150000"),
];

/// Provinces whose depth the paper gives as 1.5.
const DEEP: [(&str, &str); 3] = [("Shanghai", "310000"), ("Jiangsu", "320000"), ("Tianjin", "120000")];

pub(crate) fn claims() -> Vec<Claim> {
    let mut claims = national();
    for (name, id) in DEEP {
        claims.push(
            depth(&format!("depth of {name} (taken as 2021)"), 1.5, |e, id| e.region_depth(id, 2021)).of(id),
        );
    }
    claims.extend(spatial());
    claims.extend(sizes());
    for (number, name, id) in QUADRANTS {
        claims.push(Claim {
            claim: format!("quadrant of {name} (taken as 2021)"),
            printed: Printed::Quadrant(number),
            unit: "",
            computed: |e, id| e.quadrants.get(id).copied(),
            of: id,
            remark: "the paper does not say where it splits; here at the means",
        });
    }
    claims
}

fn national() -> Vec<Claim> {
    vec![
        rate("ICF, change 2000–2011", 7.05, |e, _| annual_change(e.icf(2000), e.icf(2011), 11))
            .remark("2000–2002 rest on estimated energy figures"),
        rate("ICF, change 2011–2012", -8.87, |e, _| annual_change(e.icf(2011), e.icf(2012), 1)),
        rate("ICF, change 2012–2021 (section 2.1.1)", -1.06, |e, _| annual_change(e.icf(2012), e.icf(2021), 9)),
        rate("ICF, change 2012–2021 (conclusions)", 1.94, |e, _| annual_change(e.icf(2012), e.icf(2021), 9))
            .remark("the paper prints two figures for this period, of opposite sign"),
        area("ICF per capita in 2011", 1.79, |e, _| e.icf_per_capita(2011)).remark(
            "1.79 hm2 and a depth near 1 cannot both hold for the printed sink: it would need a sink of 7.9e9 t",
        ),
        area("ICF per capita in 2021", 1.50, |e, _| e.icf_per_capita(2021))
            .remark("the paper's own rates lead from 1.79 to 1.48"),
        rate("CEC, change 2000–2021", -0.43, |e, _| annual_change(e.cec(2000), e.cec(2021), 21))
            .remark("official inventories show forest growing; the projection takes the rate as the paper's assumption"),
        number("sink in 2021, implied by the figure of 2030", (8.94, 2), "1e8 t", (0.1, None), |e, _| e.sink(2021))
            .remark("8.60/0.9957^9; implied, not printed"),
        number("sink threshold in 2030", (8.60, 2), "1e8 t", (0.1, None), |e, _| Some(e.sink(2021)? * 0.9957_f64.powi(9)))
            .remark("the paper calls a capacity what is a sink in t; computed: sink of 2021 at -0.43 %/yr"),
        Claim {
            claim: "emissions held at their level of 2021 against the falling threshold, to 2030".to_owned(),
            printed: Printed::Breach,
            unit: "1e8 t",
            computed: |e, _| Some(PRINTED_LEVEL - e.emissions(2021)?),
            of: "",
            remark: "against the paper's line, which falls to 8.60e8 t in 2030 by 0.43 % a year; as-published compares t CO2 \
                     with a level in t C",
        },
        depth("national depth in 2021, regional correction", 1.0, |e, _| e.depth(2021))
            .remark("the paper says around 1 and not how regions are joined"),
        depth("national depth in 2021, netted", 1.0, |e, _| e.depth_netted(2021))
            .remark("one region's surplus cancels another's deficit"),
    ]
}

fn spatial() -> Vec<Claim> {
    vec![
        moran("Moran's I of size, first year (2000)", 0.204, |e, _| e.moran(SIZE, 2000)),
        moran("Moran's I of size, last year (2021)", 0.455, |e, _| e.moran(SIZE, 2021)),
        shape("Moran's I of size, shape of 2000–2021", "rises", |e, _| e.moran_rise(SIZE)),
        moran("Moran's I of depth, first year (2000)", 0.313, |e, _| e.moran(DEPTH, 2000)),
        moran("Moran's I of depth, at its height", 0.463, |e, _| e.peak_moran(DEPTH)),
        moran("Moran's I of depth, last year (2021)", 0.336, |e, _| e.moran(DEPTH, 2021)),
        shape("Moran's I of depth, shape of 2000–2021", "rises, then falls", |e, _| e.moran_hump(DEPTH)),
    ]
}

fn sizes() -> Vec<Claim> {
    let mut claims = vec![
        area("size per capita of Zhejiang in 2021", 0.73, |e, id| e.region_size(id, 2021)).of("330000"),
        area("size per capita of Fujian in 2021", 1.70, |e, id| e.region_size(id, 2021)).of("350000"),
        area("smallest size per capita in the east in 2021", 0.76, |e, _| e.least_size("east", 2021))
            .remark("the paper's range of the east leaves out its own figure for Zhejiang"),
        area("largest size per capita in the east in 2021", 1.92, |e, _| e.greatest_size("east", 2021)),
        number(
            "size per capita of centre and west over the east in 2021",
            (1.5, 1),
            "1",
            (0.1, Some(1.0)),
            |e, _| e.inland_to_east(2021),
        ),
    ];
    for (name, id, value) in HEIGHTS {
        claims.push(
            area(&format!("size per capita of {name} at its height"), value, |e, id| e.peak_size(id)).of(id),
        );
    }
    claims.push(
        area("size per capita of Ningxia in 2000", 0.83, |e, id| e.region_size(id, 2000))
            .of("640000")
            .remark("Ningxia's energy of 2000–2002 is missing and filled from 2003"),
    );
    claims.push(
        area("size per capita of Ningxia, mean of 2000–2021", 3.77, |e, id| e.mean_size(id))
            .of("640000")
            .remark("the same sentence puts it in the low class at 0.83"),
    );
    claims
}
