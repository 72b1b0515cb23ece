//! Colours. The ramps grow darker evenly, so they survive grey printing and every colour vision.

use crate::language::Words;

/// Five colours from low to high.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ramp([[u8; 3]; 5]);

/// For footprint size.
pub(crate) const SIZE: Ramp = Ramp([
    [0xdc, 0xea, 0xeb],
    [0xb4, 0xd3, 0xd6],
    [0x7c, 0xb0, 0xba],
    [0x42, 0x86, 0x98],
    [0x17, 0x55, 0x6b],
]);
/// For footprint depth.
pub(crate) const DEPTH: Ramp = Ramp([
    [0xf9, 0xe8, 0xd3],
    [0xf3, 0xcc, 0xa0],
    [0xe3, 0x9c, 0x63],
    [0xc2, 0x65, 0x33],
    [0x88, 0x35, 0x17],
]);

/// The paper under the hatching of regions without a value.
pub(crate) const NO_DATA: &str = "#f1f0ec";
/// Regions of the boundaries that are not in the run.
pub(crate) const OUTSIDE: &str = "#ffffff";

impl Ramp {
    /// The colour of a class, 1 being the lowest of `count`.
    pub(crate) fn class(self, class: usize, count: usize) -> String {
        let last = count.saturating_sub(1).max(1);
        let step = (class.saturating_sub(1)).min(last) * 4;
        let (lower, rest) = (step / last, step % last);
        let upper = (lower + 1).min(4);
        let channel = |index: usize| {
            let (low, high) = (usize::from(self.0[lower][index]), usize::from(self.0[upper][index]));
            (low * (last - rest) + high * rest) / last
        };
        format!("#{:02x}{:02x}{:02x}", channel(0), channel(1), channel(2))
    }
}

/// The labels of a local Moran map, in the order of its legend, with GeoDa's colours and what they mean.
pub(crate) const CLUSTERS: [(&str, &str, Words); 7] = [
    ("HH", "#FF0000", Words::new("high among high", "高-高集聚")),
    ("LL", "#0000FF", Words::new("low among low", "低-低集聚")),
    ("LH", "#a7adf9", Words::new("low among high", "低-高异常")),
    ("HL", "#f4ada8", Words::new("high among low", "高-低异常")),
    ("ns", "#eeeeee", Words::new("not significant", "不显著")),
    ("undefined", "#464646", Words::new("undefined", "未定义")),
    ("isolated", "#999999", Words::new("no neighbour", "无邻接")),
];

/// Bounds of the classes of a pseudo p: the first class lies above the first bound, each other at or below its own.
pub(crate) const SIGNIFICANCE_BOUNDS: [f64; 4] = [0.05, 0.01, 0.001, 0.0001];

/// These classes in GeoDa's colours.
pub(crate) const SIGNIFICANCE: [(&str, Words); 5] = [
    ("#eeeeee", Words::new("p above 0.05", "p 大于 0.05")),
    ("#4bff50", Words::new("p ≤ 0.05", "p ≤ 0.05")),
    ("#06c40b", Words::new("p ≤ 0.01", "p ≤ 0.01")),
    ("#037406", Words::new("p ≤ 0.001", "p ≤ 0.001")),
    ("#014603", Words::new("p ≤ 0.0001", "p ≤ 0.0001")),
];

/// GeoDa's colour of a cluster label.
pub(crate) fn cluster(label: &str) -> &'static str {
    CLUSTERS.iter().find(|entry| entry.0 == label).map_or(NO_DATA, |entry| entry.1)
}

/// A colour `#rrggbb` of which so many percent are left; of 0 white is.
pub(crate) fn paler(colour: &str, percent: u16) -> String {
    let channel = |place: usize| {
        let full =
            colour.get(place..place + 2).and_then(|hex| u16::from_str_radix(hex, 16).ok()).unwrap_or(0);
        format!("{:02x}", 255 - ((255 - full) * percent + 50) / 100)
    };
    format!("#{}{}{}", channel(1), channel(3), channel(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paler_goes_to_white() {
        assert_eq!((paler("#FF0000", 100).as_str(), paler("#0a0B0c", 0).as_str()), ("#ff0000", "#ffffff"));
        assert_eq!(paler("#0000ff", 20), "#ccccff");
    }

    #[test]
    fn a_ramp_spans_its_ends_whatever_the_number_of_classes() {
        for count in 2..9 {
            assert_eq!(SIZE.class(1, count), "#dceaeb");
            assert_eq!(SIZE.class(count, count), "#17556b");
        }
        assert_eq!(SIZE.class(3, 5), "#7cb0ba");
        assert_eq!(SIZE.class(1, 1), "#dceaeb");
    }
}
