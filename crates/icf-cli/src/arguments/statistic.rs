//! What the single-statistic commands take.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use icf_classify::SchemeName;
use icf_units::RegionId;

/// How a statistic is printed on standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DataFormat {
    /// For people
    Text,
    /// One row a line
    Csv,
    /// For programs
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct Printing {
    /// How to answer on standard output
    #[arg(long, value_enum, default_value_t = DataFormat::Text)]
    pub(crate) format: DataFormat,
    /// Say nothing but mistakes on standard error
    #[arg(long)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Data {
    /// CSV file of the values
    #[arg(long, value_name = "FILE")]
    pub(crate) data: PathBuf,
    /// Column of region ids
    #[arg(long, value_name = "COL")]
    pub(crate) id: String,
    /// Column of the values; an empty cell is a missing value
    #[arg(long, value_name = "COL")]
    pub(crate) value: String,
    /// Column of years: each year is computed by itself
    #[arg(long, value_name = "COL")]
    pub(crate) year: Option<String>,
    #[command(flatten)]
    pub(crate) only: Only,
}

/// Which rows of a file count.
#[derive(Debug, Args)]
pub(crate) struct Only {
    /// Only rows with this text in this column, e.g. phase=history; may be given again for another column
    #[arg(long = "where", value_name = "COL=TEXT")]
    pub(crate) cells: Vec<Cell>,
}

impl Only {
    pub(crate) fn pairs(&self) -> Vec<(&str, &str)> {
        self.cells.iter().map(|Cell { column, text }| (column.as_str(), text.as_str())).collect()
    }
}

/// A column and the text of a cell in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    column: String,
    text: String,
}

impl std::str::FromStr for Cell {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (column, text) = text
            .split_once('=')
            .filter(|(column, _)| !column.trim().is_empty())
            .ok_or("write COLUMN=TEXT, e.g. phase=history")?;
        Ok(Self { column: column.trim().to_owned(), text: text.trim().to_owned() })
    }
}

#[derive(Debug, Args)]
pub(crate) struct Draws {
    /// Random permutations; where all arrangements are fewer they are enumerated instead
    #[arg(long, value_name = "N", default_value_t = 999, value_parser = clap::value_parser!(u32).range(1..=10_000_000), allow_negative_numbers = true)]
    pub(crate) permutations: u32,
    /// Seed of the random numbers
    #[arg(long, value_name = "S", default_value_t = 20_211_231, allow_negative_numbers = true)]
    pub(crate) seed: u64,
    /// Threads to use; the results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = super::threads)]
    pub(crate) threads: Option<NonZeroUsize>,
}

#[derive(Debug, Args)]
pub(crate) struct Weights {
    #[command(flatten)]
    pub(crate) neighbours: Neighbours,
    /// Property of the features that holds their id
    #[arg(long, value_name = "PROPERTY", default_value = "region")]
    pub(crate) id: String,
    /// Add the links of another file
    #[arg(long, value_name = "FILE")]
    pub(crate) union: Option<PathBuf>,
    /// Keep the links that another file has too
    #[arg(long, value_name = "FILE")]
    pub(crate) intersection: Option<PathBuf>,
    /// Where to write the weights: FILE.gal (links only) or FILE.gwt (with what they weigh)
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) printing: Printing,
}

#[derive(Debug, Args)]
pub(crate) struct Global {
    #[command(flatten)]
    pub(crate) data: Data,
    #[command(flatten)]
    pub(crate) neighbours: Neighbours,
    /// Whether the weights of a region's neighbours are made to sum to one; local G and G* always are
    #[arg(long, value_enum, value_name = "HOW", default_value_t = Transform::Row)]
    pub(crate) transform: Transform,
    #[command(flatten)]
    pub(crate) draws: Draws,
    #[command(flatten)]
    pub(crate) printing: Printing,
}

/// What is done to weights before a statistic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Transform {
    /// Each row is divided by its sum
    Row,
    /// Links weigh what they weigh
    None,
}

impl From<Transform> for icf_spatial::Transform {
    fn from(transform: Transform) -> Self {
        match transform {
            Transform::Row => Self::Row,
            Transform::None => Self::None,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Moran {
    #[command(flatten)]
    pub(crate) global: Global,
    /// Bivariate: does --value lie beside high values of this column
    #[arg(long, value_name = "COL")]
    pub(crate) with: Option<String>,
    /// Rates standardised by empirical Bayes: --value counts events, this column the population
    #[arg(long, value_name = "COL", conflicts_with = "with")]
    pub(crate) population: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Lisa {
    #[command(flatten)]
    pub(crate) global: Global,
    /// The local statistic
    #[arg(long, value_enum, value_name = "NAME", default_value_t = Local::Moran)]
    pub(crate) statistic: Local,
    /// Second column, whose neighbouring values count (bivariate)
    #[arg(long, value_name = "COL", required_if_eq("statistic", "bivariate"))]
    pub(crate) with: Option<String>,
    #[command(flatten)]
    pub(crate) labels: Labels,
}

/// When a region is a cluster.
#[derive(Debug, Args)]
pub(crate) struct Labels {
    /// Level at or below which a region is labelled as a cluster
    #[arg(long, value_name = "P", default_value_t = 0.05, value_parser = share)]
    pub(crate) significance: f64,
    /// What is held against that level: the folded p, or its q
    #[arg(long, value_enum, value_name = "WHICH", default_value_t = LabelBy::P)]
    pub(crate) label_by: LabelBy,
    /// How q comes from p, for --label-by q
    #[arg(long, value_enum, value_name = "METHOD", default_value_t = Adjustment::Bh)]
    pub(crate) adjustment: Adjustment,
}

/// A local statistic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Local {
    /// Local Moran's I
    Moran,
    /// Local Geary's c
    Geary,
    /// Getis and Ord's G
    G,
    /// G*, the region among its neighbours
    Gstar,
    /// Local Moran's I of two variables
    Bivariate,
}

/// What decides a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LabelBy {
    /// The folded pseudo p-value
    P,
    /// Its q-value
    Q,
}

/// How many tests at once are allowed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Adjustment {
    /// Benjamini and Hochberg
    Bh,
    /// Benjamini and Yekutieli, under any dependence
    By,
    /// Bonferroni
    Bonferroni,
}

#[derive(Debug, Args)]
pub(crate) struct Transitions {
    /// The values, with --year
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(flatten)]
    pub(crate) labels: Labels,
    /// Classes of the spatial Markov chain
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(2..=1000))]
    pub(crate) classes: u16,
    /// Sectors of the rose of directions
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=360))]
    pub(crate) sectors: u16,
}

#[derive(Debug, Args)]
pub(crate) struct CoLocation {
    #[command(flatten)]
    pub(crate) global: Global,
    /// Second column, whose clusters are held against those of --value
    #[arg(long, value_name = "COL")]
    pub(crate) with: String,
    #[command(flatten)]
    pub(crate) labels: Labels,
}

#[derive(Debug, Args)]
pub(crate) struct GravityCentre {
    #[command(flatten)]
    pub(crate) data: Data,
    /// GeoJSON of regions or points in longitude and latitude
    #[arg(long, value_name = "FILE")]
    pub(crate) geometry: PathBuf,
    /// Property of the features that holds their id [default: the name of the id column]
    #[arg(long, value_name = "PROPERTY")]
    pub(crate) geometry_id: Option<String>,
    #[command(flatten)]
    pub(crate) printing: Printing,
}

#[derive(Debug, Args)]
pub(crate) struct Inequality {
    #[command(flatten)]
    pub(crate) data: Data,
    /// Column of weights, e.g. residents [default: each region counts once]
    #[arg(long, value_name = "COL")]
    pub(crate) weight: Option<String>,
    /// Column of groups, for the parts between and within them
    #[arg(long, value_name = "COL")]
    pub(crate) group: Option<String>,
    #[command(flatten)]
    pub(crate) printing: Printing,
}

#[derive(Debug, Args)]
pub(crate) struct Breaks {
    /// CSV file of the values
    #[arg(long, value_name = "FILE")]
    pub(crate) data: PathBuf,
    /// Column of the values; empty cells are left out
    #[arg(long, value_name = "COL")]
    pub(crate) value: String,
    /// Column of years: each year gets classes of its own; without it all rows are classed together
    #[arg(long, value_name = "COL")]
    pub(crate) year: Option<String>,
    #[command(flatten)]
    pub(crate) only: Only,
    /// How many classes; fewer are made where there are fewer distinct values
    #[arg(short, long, value_name = "N", default_value_t = 5)]
    pub(crate) k: usize,
    /// How classes are made: fisher, quantile, equal-interval, std-mean, head-tail or user
    #[arg(long, value_name = "SCHEME", default_value = "fisher")]
    pub(crate) scheme: SchemeName,
    /// Upper bounds of the classes (user), or multiples of the standard deviation (std-mean)
    #[arg(
        long,
        value_name = "X,…",
        value_delimiter = ',',
        allow_negative_numbers = true,
        required_if_eq("scheme", "user")
    )]
    pub(crate) bounds: Vec<f64>,
    #[command(flatten)]
    pub(crate) printing: Printing,
}

/// A share above 0 and below 1.
fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if share > 0.0 && share < 1.0 { Ok(share) } else { Err("it lies above 0 and below 1".to_owned()) }
}

/// Where the neighbours of a statistic come from.
#[derive(Debug, Args)]
#[group(id = "neighbours", required = true, multiple = false, args = ["weights", "geometry"])]
pub(crate) struct Neighbours {
    /// Weights in a GAL or GWT file
    #[arg(long, value_name = "FILE")]
    pub(crate) weights: Option<PathBuf>,
    /// GeoJSON of regions or points, from which the weights are made
    #[arg(long, value_name = "FILE")]
    pub(crate) geometry: Option<PathBuf>,
    /// Property of the features that holds their id [default: the name of the id column]
    #[arg(long, value_name = "PROPERTY", conflicts_with = "weights")]
    pub(crate) geometry_id: Option<String>,
    #[command(flatten)]
    pub(crate) rule: Rule,
    /// Take every link for one, whatever it weighs in the file
    #[arg(long)]
    pub(crate) binary: bool,
    /// Regions without a neighbour: error, drop, zero, nearest, or links:A-B,C-D
    #[arg(long, value_name = "POLICY", default_value = "zero")]
    pub(crate) islands: Islands,
}

/// A rule that makes weights of a geometry.
#[derive(Debug, Args)]
pub(crate) struct Rule {
    /// Who is a neighbour
    #[arg(long, value_enum, value_name = "KIND", default_value_t = Kind::Queen, conflicts_with = "weights")]
    pub(crate) kind: Kind,
    /// Neighbours of each region, for knn and adaptive kernels
    #[arg(
        long,
        value_name = "N",
        conflicts_with = "weights",
        required_if_eq("kind", "knn"),
        conflicts_with = "threshold"
    )]
    pub(crate) k: Option<usize>,
    /// Distance up to which regions are neighbours (band), or bandwidth (kernel): in units of the coordinates, or km with
    /// --great-circle [default: the least with which each region has one]
    #[arg(long, value_name = "D", conflicts_with = "weights", allow_negative_numbers = true)]
    pub(crate) threshold: Option<f64>,
    /// Boundaries that come this close share the vertex (queen, rook), in units of the coordinates
    #[arg(
        long,
        value_name = "E",
        default_value_t = 0.0,
        conflicts_with = "weights",
        allow_negative_numbers = true
    )]
    pub(crate) snap: f64,
    /// Weigh by distance to this negative power (band), e.g. 1 for 1/d [default: all links weigh one]
    #[arg(long, value_name = "P", conflicts_with = "weights", allow_negative_numbers = true)]
    pub(crate) power: Option<f64>,
    /// Shape of a kernel
    #[arg(long, value_enum, value_name = "SHAPE", default_value_t = Shape::Triangular, conflicts_with = "weights")]
    pub(crate) shape: Shape,
    /// Distances between the regions' centroids on the sphere, in km, for longitude and latitude
    #[arg(long, conflicts_with = "weights")]
    pub(crate) great_circle: bool,
    /// Property of the features whose equal values make neighbours (block)
    #[arg(long, value_name = "PROPERTY", conflicts_with = "weights", required_if_eq("kind", "block"))]
    pub(crate) block: Option<String>,
    /// Neighbours of this order: 2 for neighbours of neighbours
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) order: usize,
    /// With --order, lower orders too
    #[arg(long)]
    pub(crate) with_lower: bool,
}

impl Rule {
    /// An option that says nothing to weights of this kind, and what it is for.
    fn misplaced(&self) -> Option<(&'static str, &'static str)> {
        let Self { kind, k, threshold, snap, power, great_circle, block, .. } = self;
        let is = |kinds: &[Kind]| kinds.contains(kind);
        let given = [
            (k.is_some() && !is(&[Kind::Knn, Kind::Kernel]), "--k", "knn or kernel"),
            (threshold.is_some() && !is(&[Kind::Band, Kind::Kernel]), "--threshold", "band or kernel"),
            (*snap != 0.0 && !is(&[Kind::Queen, Kind::Rook]), "--snap", "queen or rook"),
            (power.is_some() && !is(&[Kind::Band]), "--power", "band"),
            (block.is_some() && !is(&[Kind::Block]), "--block", "block"),
            (*great_circle && is(&[Kind::Block]), "--great-circle", "knn, band or kernel"),
        ];
        given.into_iter().find(|(is_misplaced, ..)| *is_misplaced).map(|(_, option, kinds)| (option, kinds))
    }
}

impl Neighbours {
    /// What of the options cannot go together.
    pub(super) fn conflict(&self) -> Option<String> {
        let kind = self.rule.kind.to_possible_value().expect("no kind is skipped");
        let misplaced = self.rule.misplaced().map(|(option, kinds)| {
            format!("{option} says nothing to weights of kind {}; it is for --kind {kinds}", kind.get_name())
        });
        let lower = self.rule.with_lower && self.rule.order < 2;
        misplaced.or_else(|| lower.then(|| "--with-lower needs --order 2 or more".to_owned()))
    }
}

impl Lisa {
    /// What of the options cannot go together.
    pub(super) fn conflict(&self) -> Option<String> {
        (self.with.is_some() && self.statistic != Local::Bivariate)
            .then(|| "--with is for --statistic bivariate".to_owned())
    }
}

/// Who is a neighbour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// A shared vertex
    Queen,
    /// A shared edge
    Rook,
    /// Boundaries that touch anywhere
    Overlap,
    /// The k nearest
    Knn,
    /// All within a distance
    Band,
    /// All within a bandwidth, the nearer the more
    Kernel,
    /// All of the same block
    Block,
}

/// Shape of a kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shape {
    /// 1 − d
    Triangular,
    /// exp(−d²/2)/√(2π)
    Gaussian,
    /// ¾(1 − d²)
    Epanechnikov,
}

/// What to do with regions without a neighbour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Islands {
    Error,
    Drop,
    Zero,
    Nearest,
    Links(Vec<(RegionId, RegionId)>),
}

impl std::str::FromStr for Islands {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const HINT: &str = "error, drop, zero, nearest, or links:A-B,C-D";
        match text {
            "error" => Ok(Self::Error),
            "drop" => Ok(Self::Drop),
            "zero" => Ok(Self::Zero),
            "nearest" => Ok(Self::Nearest),
            _ => {
                let pairs = text.strip_prefix("links:").ok_or_else(|| format!("one of {HINT}"))?;
                let pair = |pair: &str| {
                    let (a, b) = pair
                        .split_once('-')
                        .filter(|(a, b)| !a.is_empty() && !b.is_empty())
                        .ok_or_else(|| format!("`{pair}` is no pair A-B; write {HINT}"))?;
                    Ok((RegionId::new(a), RegionId::new(b)))
                };
                pairs.split(',').map(pair).collect::<Result<_, String>>().map(Self::Links)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_rows() {
        let cell = |column: &str, text: &str| Ok(Cell { column: column.to_owned(), text: text.to_owned() });
        assert_eq!("phase = history".parse(), cell("phase", "history"));
        assert_eq!("note=a=b".parse(), cell("note", "a=b"));
        assert_eq!("note=".parse(), cell("note", ""));
        assert!("history".parse::<Cell>().unwrap_err().contains("COLUMN=TEXT"));
        assert!("=history".parse::<Cell>().is_err());
    }

    #[test]
    fn island_policies() {
        assert_eq!("zero".parse(), Ok(Islands::Zero));
        let link = |a: &str, b: &str| (RegionId::new(a), RegionId::new(b));
        assert_eq!("links:a-b,c-d".parse(), Ok(Islands::Links(vec![link("a", "b"), link("c", "d")])));
        assert!("links:a".parse::<Islands>().unwrap_err().contains("`a` is no pair"));
        assert!("ignore".parse::<Islands>().unwrap_err().contains("one of error"));
    }
}
