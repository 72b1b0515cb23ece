//! The arguments of `icf land-change`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use icf_scenario::{Npp, ScalarError};

use super::{Answer, RasterInputs};

#[derive(Debug, Args)]
pub(crate) struct LandChange {
    #[command(flatten)]
    pub(crate) inputs: RasterInputs,
    /// First and last year, e.g. 2000,2020 [default: each year against the next]
    #[arg(long, value_name = "FIRST,LAST", value_parser = between)]
    pub(crate) between: Option<(i32, i32)>,
    /// What is told
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = ChangeTable::Transitions)]
    pub(crate) table: ChangeTable,
    /// What a hectare of a class takes up in a year, e.g. --npp forest='3.8096 t/hm2' grassland='0.9482 t/hm2'
    #[arg(long, num_args = 1.., value_name = "CLASS=UPTAKE", value_parser = npp)]
    pub(crate) npp: Vec<(String, Npp)>,
    /// CSV file of `region,class,factor`: equivalence factors of the zones; 1 where it has none
    #[arg(long, value_name = "FILE")]
    pub(crate) equivalence: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

/// What is told of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ChangeTable {
    /// What each class of the first year became
    Transitions,
    /// Gain, loss, net change and annual rate of each class
    Classes,
    /// The carbon sink of each class in both years, and what its change means
    Sinks,
}

impl LandChange {
    /// What of the options cannot go together.
    pub(super) fn conflict(&self) -> Option<String> {
        if self.inputs.years.is_none() {
            return Some("--years says which raster is of which year: from-name, or a list".to_owned());
        }
        let has_npp = !self.npp.is_empty();
        if has_npp && self.inputs.classes.is_none() {
            return Some("--npp needs --classes, whose words it names".to_owned());
        }
        if let Some((class, _)) = self.npp.iter().enumerate().find_map(|(place, pair)| {
            self.npp[..place].iter().any(|(class, _)| *class == pair.0).then_some(pair)
        }) {
            return Some(format!("--npp names {class} twice"));
        }
        match (self.table, has_npp) {
            (ChangeTable::Sinks, false) => {
                Some("--table sinks needs --npp, e.g. --npp forest='3.8096 t/hm2'".to_owned())
            }
            (ChangeTable::Classes, true) => {
                Some("--npp is for --table transitions and --table sinks".to_owned())
            }
            (_, false) if self.equivalence.is_some() => {
                Some("--equivalence needs --npp, which it multiplies".to_owned())
            }
            _ => None,
        }
    }
}

/// A class and its uptake.
fn npp(text: &str) -> Result<(String, Npp), String> {
    let (class, uptake) = text.split_once('=').ok_or("write CLASS=UPTAKE, e.g. forest='3.8096 t/hm2'")?;
    if class == BUILT {
        return Err(format!("{BUILT} land is no sink; leave it out"));
    }
    let uptake = uptake.parse().map_err(|error: ScalarError| format!("{error}; {}", error.hint()))?;
    Ok((class.to_owned(), uptake))
}

/// Industrial and built land, which the paper leaves out of the sink.
const BUILT: &str = "impervious";

/// Two years, the earlier first.
fn between(text: &str) -> Result<(i32, i32), String> {
    let (first, last) = text.split_once(',').ok_or("two years with a comma, e.g. 2000,2020")?;
    let year = |text: &str| text.trim().parse::<i32>().map_err(|_| format!("`{text}` is no year"));
    match (year(first)?, year(last)?) {
        (first, last) if first < last => Ok((first, last)),
        (first, last) => Err(format!("{first} does not lie before {last}")),
    }
}
