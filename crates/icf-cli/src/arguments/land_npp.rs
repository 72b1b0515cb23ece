//! The arguments of `icf land-npp`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use icf_scenario::{NppUnit, ScalarError};

use super::{Answer, RasterInputs};

#[derive(Debug, Args)]
pub(crate) struct LandNpp {
    #[command(flatten)]
    pub(crate) inputs: RasterInputs,
    /// GeoTIFF of net primary production, of whole or floating-point numbers, in the system of coordinates of the rasters, its
    /// cells as large as theirs or larger
    #[arg(long, value_name = "FILE")]
    pub(crate) npp: PathBuf,
    /// What the values of --npp count, in a year: kgC/m2, gC/m2 or tC/hm2
    #[arg(long, value_name = "UNIT", value_parser = unit)]
    pub(crate) unit: NppUnit,
    /// By what the numbers in --npp are multiplied to be values, e.g. 0.0001 [default: what the file says, else 1]
    #[arg(long, value_name = "FACTOR", value_parser = scale, allow_hyphen_values = true)]
    pub(crate) scale: Option<f64>,
    /// What is added to them then [default: what the file says, else 0]
    #[arg(long, value_name = "NUMBER", value_parser = number, allow_hyphen_values = true)]
    pub(crate) offset: Option<f64>,
    /// Least and greatest number in --npp, before the scale, e.g. 0,32700; others mean that nothing is known
    #[arg(long, value_name = "LEAST,MOST", value_parser = valid, allow_hyphen_values = true)]
    pub(crate) valid: Option<[f64; 2]>,
    /// Classes that are told [default: all]
    #[arg(long = "class", num_args = 1.., value_name = "CLASS")]
    pub(crate) told: Vec<String>,
    /// What is told
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = NppTable::Means)]
    pub(crate) table: NppTable,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

/// What is told of the production.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum NppTable {
    /// The mean of each class in each zone, and in all of them
    Means,
    /// Equivalence factors `region,class,factor`, as a scenario takes them
    Factors,
}

impl LandNpp {
    /// What of the options cannot go together.
    pub(super) fn conflict(&self) -> Option<String> {
        if self.inputs.years.is_some() {
            return Some(
                "--years goes with `icf zonal` and `icf land-change`: here the rasters of classes are of one year, that of \
                 --npp; leave it out"
                    .to_owned(),
            );
        }
        (self.table == NppTable::Factors && self.inputs.classes.is_none())
            .then(|| "--table factors needs --classes, whose words the factors are for".to_owned())
    }
}

fn unit(text: &str) -> Result<NppUnit, String> {
    text.parse().map_err(|error: ScalarError| format!("{error}; {}", error.hint()))
}

fn number(text: &str) -> Result<f64, String> {
    text.trim()
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
        .ok_or_else(|| "not a number".to_owned())
}

fn scale(text: &str) -> Result<f64, String> {
    number(text).ok().filter(|scale| *scale > 0.0).ok_or_else(|| "a scale is a number above zero".to_owned())
}

fn valid(text: &str) -> Result<[f64; 2], String> {
    let parts: Result<Vec<f64>, String> = text.split(',').map(number).collect();
    match parts.as_deref() {
        Ok([least, most]) if least < most => Ok([*least, *most]),
        _ => Err("two numbers with a comma, the lesser first, e.g. 0,32700".to_owned()),
    }
}
