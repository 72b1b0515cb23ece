//! The arguments of `icf zonal`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(crate) struct Zonal {
    #[command(flatten)]
    pub(crate) inputs: RasterInputs,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

/// Where the answer goes.
#[derive(Debug, Args)]
pub(crate) struct Answer {
    /// Where to write the table [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Carry on where a run of the same inputs was broken off, from the checkpoint that it left beside --out
    #[arg(long, requires = "out")]
    pub(crate) resume: bool,
}

/// Rasters and zones, and how they are read.
#[derive(Debug, Args)]
pub(crate) struct RasterInputs {
    /// GeoTIFFs of land classes; those of one year lie beside each other
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub(crate) raster: Vec<PathBuf>,
    /// File of the zones: GeoJSON, shapefile (.shp) or GeoPackage (.gpkg)
    #[arg(long, value_name = "FILE")]
    pub(crate) zones: PathBuf,
    /// Property or column of the zones that holds their id
    #[arg(long, value_name = "PROPERTY", default_value = "region")]
    pub(crate) id: String,
    /// Layer of a GeoPackage that has several
    #[arg(long, value_name = "NAME")]
    pub(crate) layer: Option<String>,
    /// When a cell belongs to a zone
    #[arg(long, value_enum, value_name = "HOW", default_value_t = CoverageRule::Exact)]
    pub(crate) coverage: CoverageRule,
    /// What the codes mean: clcd, modis-igbp, esa-cci, globeland30, a YAML file of `class: [code, …]` or a CSV file of
    /// `code,class`; classes are the codes without it
    #[arg(long, value_name = "NAME-or-FILE")]
    pub(crate) classes: Option<PathBuf>,
    /// The year of each raster: from-name, or a list such as 2000,2000,2010 in the order of the rasters
    #[arg(long, value_name = "from-name|LIST")]
    pub(crate) years: Option<Years>,
    /// What becomes of a zone whose boundary crosses itself
    #[arg(long, value_enum, value_name = "HOW", default_value_t = Crossing::Refuse)]
    pub(crate) self_crossing: Crossing,
    /// Threads to use; the results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = super::threads)]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Say nothing but mistakes on standard error
    #[arg(long)]
    pub(crate) quiet: bool,
}

/// When a cell belongs to a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CoverageRule {
    /// By the share of it that the zone covers
    Exact,
    /// Wholly when its centre lies in the zone
    Centre,
}

/// What becomes of a zone whose boundary crosses itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Crossing {
    /// It is a mistake
    Refuse,
    /// What lies within an odd number of windings is inside
    Repair,
}

/// Where the year of a raster comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Years {
    /// The four digits in its name.
    FromName,
    /// One for each raster.
    List(Vec<i32>),
}

impl std::str::FromStr for Years {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "from-name" {
            return Ok(Self::FromName);
        }
        let year = |part: &str| {
            part.trim().parse().map_err(|_| format!("`{part}` is no year; write from-name or 2000,2010"))
        };
        text.split(',').map(year).collect::<Result<_, _>>().map(Self::List)
    }
}
