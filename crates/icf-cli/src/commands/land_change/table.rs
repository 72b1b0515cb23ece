//! The change of a zone by class, and its rows.

use std::collections::BTreeMap;

use icf_landcover::{ClassArea, Classes, Meaning, ZoneChange};
use icf_tables::csv_cell;
use icf_units::{Hectares, RegionId};

use super::sinks::Uptake;

/// The header of the transitions; with uptakes they say what each means for the sink.
pub(super) fn transitions(uptake: Option<&Uptake>) -> String {
    let sink = if uptake.is_some() { ",sink_change_t" } else { "" };
    format!("first_year,last_year,zone,from,to,cells,area_hm2{sink}\n")
}

pub(super) const CLASSES: &str = "first_year,last_year,zone,class,first_hm2,last_hm2,gain_hm2,loss_hm2,net_hm2,rate_percent_per_year,unknown_hm2\n";

/// A class of a table; codes by number, words by letter, and last what is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    Code(u16),
    Word(String),
    Nodata,
}

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => code.fmt(f),
            Self::Word(word) => f.write_str(&csv_cell(word)),
            Self::Nodata => f.write_str("nodata"),
        }
    }
}

/// What a class had and has, of the land whose class is known in both years, hm².
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Balance {
    pub(super) first: f64,
    pub(super) last: f64,
    gain: f64,
    loss: f64,
}

/// The change of a zone.
pub(super) struct Change {
    pub(super) zone: RegionId,
    transitions: BTreeMap<(Label, Label), ClassArea>,
}

impl Change {
    /// By the words of a map of classes, or by code. The map has every code.
    pub(super) fn of(zone: &ZoneChange, classes: Option<&Classes>) -> Self {
        let label = |code: &Option<u16>| match (code, classes) {
            (None, _) => Label::Nodata,
            (Some(code), None) => Label::Code(*code),
            (Some(code), Some(classes)) => match classes.meaning(*code) {
                Meaning::Class(word) => Label::Word(word.to_owned()),
                Meaning::Nodata => Label::Nodata,
                Meaning::Unlisted => unreachable!("unlisted codes were refused"),
            },
        };
        let mut transitions: BTreeMap<(Label, Label), ClassArea> = BTreeMap::new();
        for ((from, to), area) in &zone.transitions {
            let nothing = ClassArea { cells: 0.0, area: Hectares::new(0.0) };
            let sum = transitions.entry((label(from), label(to))).or_insert(nothing);
            sum.cells += area.cells;
            sum.area = Hectares::new(sum.area.get() + area.area.get());
        }
        Self { zone: zone.zone.clone(), transitions }
    }

    pub(super) fn write_transitions(
        &self,
        (first, last): (i32, i32),
        uptake: Option<&Uptake>,
        text: &mut String,
    ) {
        for ((from, to), ClassArea { cells, area }) in &self.transitions {
            let (zone, area) = (csv_cell(self.zone.as_str()), area.get());
            text.push_str(&format!("{first},{last},{zone},{from},{to},{cells},{area}"));
            if let Some(uptake) = uptake {
                // Of land that is not known in one of the years nobody can say it.
                let is_known = *from != Label::Nodata && *to != Label::Nodata;
                let change =
                    || area * (uptake.of_hectare(&self.zone, to) - uptake.of_hectare(&self.zone, from));
                text.push(',');
                text.push_str(&is_known.then(change).map_or_else(String::new, |change| change.to_string()));
            }
            text.push('\n');
        }
    }

    /// What became of each class, and the area that is not known in one of the years.
    pub(super) fn balances(&self) -> (BTreeMap<&Label, Balance>, f64) {
        let (mut balances, mut unknown) = (BTreeMap::<&Label, Balance>::new(), 0.0);
        for ((from, to), ClassArea { area, .. }) in &self.transitions {
            let area = area.get();
            if *from == Label::Nodata || *to == Label::Nodata {
                unknown += area;
                continue;
            }
            let before = balances.entry(from).or_default();
            before.first += area;
            before.loss += if from == to { 0.0 } else { area };
            let after = balances.entry(to).or_default();
            after.last += area;
            after.gain += if from == to { 0.0 } else { area };
        }
        (balances, unknown)
    }

    pub(super) fn write_classes(&self, (first, last): (i32, i32), text: &mut String) {
        let (balances, unknown) = self.balances();
        for (class, balance) in balances {
            let Balance { first: before, last: after, gain, loss } = balance;
            let rate = balance.rate(last - first).map_or_else(String::new, |rate| rate.to_string());
            let (zone, net) = (csv_cell(self.zone.as_str()), gain - loss);
            text.push_str(&format!(
                "{first},{last},{zone},{class},{before},{after},{gain},{loss},{net},{rate},{unknown}\n"
            ));
        }
    }
}

impl Balance {
    /// The compound rate a year in per cent, (last/first)^(1/years) − 1; none of what was not there at first.
    fn rate(&self, years: i32) -> Option<f64> {
        (self.first > 0.0).then(|| ((self.last / self.first).powf(1.0 / f64::from(years)) - 1.0) * 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(transitions: &[(&str, &str, f64)]) -> Change {
        let label = |word: &str| match word {
            "nodata" => Label::Nodata,
            word => Label::Word(word.to_owned()),
        };
        let area = |area: f64| ClassArea { cells: area * 10.0, area: Hectares::new(area) };
        Change {
            zone: "a".into(),
            transitions: transitions
                .iter()
                .map(|(from, to, size)| ((label(from), label(to)), area(*size)))
                .collect(),
        }
    }

    #[test]
    fn gains_and_losses_are_of_what_is_known_in_both_years() {
        let change = change(&[
            ("forest", "forest", 60.0),
            ("forest", "impervious", 40.0),
            ("grass", "forest", 4.0),
            ("grass", "nodata", 7.0),
            ("nodata", "forest", 2.0),
        ]);
        let mut text = String::new();
        change.write_classes((2000, 2002), &mut text);
        // √0.64 − 1 = −20 % a year; what had nothing has no rate; what lost all lost it at −100 %.
        let rows = [
            "2000,2002,a,forest,100,64,4,40,-36,-19.999999999999996,9",
            "2000,2002,a,grass,4,0,0,4,-4,-100,9",
            "2000,2002,a,impervious,0,40,40,0,40,,9",
        ];
        assert_eq!(text.lines().collect::<Vec<_>>(), rows);
    }
}
