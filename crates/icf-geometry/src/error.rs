//! What can be wrong with boundaries.

use std::fmt;

use icf_units::RegionId;

/// Boundaries that cannot be used, with every mistake of the file at once.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum GeometryError {
    /// The text is no GeoJSON.
    #[error("the boundaries are not GeoJSON: {0}")]
    NotGeoJson(String),
    /// The text is GeoJSON, but a single geometry or feature.
    #[error("the boundaries are not a FeatureCollection")]
    NotACollection,
    /// The collection names another system of coordinates than longitude and latitude on WGS84.
    #[error("the boundaries are in {0}, not in longitude and latitude")]
    OtherCrs(String),
    /// Some features cannot be used.
    #[error("the boundaries hold {} unusable feature{}: {}", .0.len(), if .0.len() == 1 { "" } else { "s" }, listed(.0))]
    Features(Vec<FeatureMistake>),
    /// A snap tolerance that is negative or not finite.
    #[error("the snap tolerance is {0}, not a finite number that is zero or more")]
    SnapTolerance(String),
    /// A snap tolerance so large that nothing is left of some regions.
    #[error("a snap tolerance of {tolerance} merges whole regions into a point: {}; it must be smaller than the distance between their vertices", named(.regions))]
    SnapMerges {
        /// The tolerance.
        tolerance: f64,
        /// The regions.
        regions: Vec<RegionId>,
    },
}

/// One feature that cannot be used.
#[derive(Clone, Debug, PartialEq)]
pub struct FeatureMistake {
    /// Its place in the file, the first being 1.
    pub position: usize,
    /// Its id, where it has one.
    pub id: Option<String>,
    /// What is wrong with it.
    pub mistake: Mistake,
}

/// What is wrong with a feature.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Mistake {
    /// The id property is absent, null or empty.
    #[error("has no property `{property}`{}", but(.others))]
    MissingId {
        /// The property that should hold the id.
        property: String,
        /// The properties that it has.
        others: Vec<String>,
    },
    /// The id property is neither text nor a whole number.
    #[error("has a property `{property}` that is neither text nor a whole number")]
    UnusableId {
        /// The property that should hold the id.
        property: String,
    },
    /// The id is text in another encoding than the file says.
    #[error("has a property `{property}` that is no text in {}", .encoding.as_deref().unwrap_or("UTF-8, and the file names no encoding; write it, e.g. GBK, into a .cpg beside it"))]
    UnreadableId {
        /// The property that should hold the id.
        property: String,
        /// The encoding that the file names.
        encoding: Option<String>,
    },
    /// An earlier feature has the same id.
    #[error("has the id of feature {first}")]
    DuplicateId {
        /// The place of the earlier feature, the first being 1.
        first: usize,
    },
    /// The geometry is absent or of another kind.
    #[error("is {found}, not a Polygon or MultiPolygon")]
    NotPolygons {
        /// The kind of geometry found.
        found: &'static str,
    },
    /// The geometry is neither a point nor polygons.
    #[error("is {found}, not a Point, Polygon or MultiPolygon")]
    NoPoint {
        /// The kind of geometry found.
        found: &'static str,
    },
    /// The bytes of its geometry contradict themselves.
    #[error("has a geometry that is damaged")]
    DamagedGeometry,
    /// So many rings that to sort them out would take minutes.
    #[error("has {rings} rings; no more than {most} are read")]
    TooManyRings {
        /// How many it has.
        rings: usize,
        /// How many are read.
        most: usize,
    },
    /// A position has fewer than two finite numbers.
    #[error("has a position without two finite numbers")]
    UnusablePosition,
    /// A position lies off the globe: mostly a sign of projected coordinates.
    #[error("has the position ({lon}, {lat}), which is no longitude and latitude in degrees")]
    OutOfRange {
        /// The first number of the position.
        lon: f64,
        /// The second number of the position.
        lat: f64,
    },
    /// A position in metres that no place of the earth has in its projection.
    #[error("has the position ({x}, {y}), which lies off the sheet of its projection")]
    OffSheet {
        /// The first number of the position.
        x: f64,
        /// The second number of the position.
        y: f64,
    },
    /// A ring does not end where it begins.
    #[error("has a ring that does not end where it begins")]
    UnclosedRing,
    /// A ring with fewer than four positions bounds nothing.
    #[error("has a ring of {positions} positions; a ring needs four")]
    ShortRing {
        /// How many positions it has.
        positions: usize,
    },
}

impl fmt::Display for FeatureMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "feature {}", self.position)?;
        if let Some(id) = &self.id {
            write!(f, " ({id})")?;
        }
        write!(f, " {}", self.mistake)
    }
}

fn but(others: &[String]) -> String {
    if others.is_empty() {
        return String::new();
    }
    let names: Vec<String> = others.iter().map(|name| format!("`{name}`")).collect();
    format!(", but {}", names.join(", "))
}

fn named(regions: &[RegionId]) -> String {
    const SHOWN: usize = 8;
    let mut text = regions.iter().take(SHOWN).map(RegionId::as_str).collect::<Vec<_>>().join(", ");
    if regions.len() > SHOWN {
        text.push_str(&format!(" and {} more", regions.len() - SHOWN));
    }
    text
}

/// The mistakes in a row; a file with hundreds of them is mostly wrong in one way.
fn listed(mistakes: &[FeatureMistake]) -> String {
    const SHOWN: usize = 8;
    let mut text = mistakes.iter().take(SHOWN).map(ToString::to_string).collect::<Vec<_>>().join("; ");
    if mistakes.len() > SHOWN {
        text.push_str(&format!("; and {} more", mistakes.len() - SHOWN));
    }
    text
}
