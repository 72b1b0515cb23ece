//! Weights from a file, or made of a geometry by a rule.

use std::path::Path;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_geometry::{Contiguity, Layer, contiguity};
use icf_spatial::{
    Bandwidth, Decay, Distance, FileMistake, IslandPolicy, Kernel, Orders, Points, SpatialError, Weights,
    WeightsFileError, block_weights, distance_band, higher_order, kernel_weights, nearest_neighbours, read_gal,
    read_gwt,
};
use icf_units::RegionId;

use crate::arguments::{Islands, Kind, Neighbours, Rule, Shape};

/// The weights that a command was asked for, its islands treated by the policy.
///
/// `id` names the property of the features unless another is given, and `known` are the ids of the data.
pub(super) fn of(
    arguments: &Neighbours,
    id: &str,
    known: &[RegionId],
    quiet: bool,
) -> Result<Weights, Diagnostics> {
    let place = || {
        let file = arguments.weights.as_deref().or(arguments.geometry.as_deref());
        Place::file(file.unwrap_or(Path::new("weights")).display().to_string())
    };
    let refused = |error: SpatialError| {
        Diagnostics::from(Diagnostic::error("weights", error.to_string()).at(place()))
    };
    let geometry = match &arguments.geometry {
        Some(file) => Some(Geometry::read(file, arguments.geometry_id.as_deref().unwrap_or(id))?),
        None => None,
    };
    let mut weights = match (&arguments.weights, &geometry) {
        (Some(file), _) => of_file(file, known)?,
        (None, Some(geometry)) => geometry.weights(&arguments.rule, &refused)?,
        (None, None) => unreachable!("the command line asks for one of both"),
    };
    let rule = &arguments.rule;
    if rule.order != 1 || rule.with_lower {
        let orders = if rule.with_lower { Orders::UpTo } else { Orders::Only };
        weights = higher_order(&weights, rule.order, orders).map_err(refused)?;
    }
    if arguments.binary {
        weights = weights.binary();
    }
    let islands = weights.islands();
    let policy = match &arguments.islands {
        Islands::Error => IslandPolicy::Error,
        Islands::Drop => IslandPolicy::Drop,
        Islands::Zero => IslandPolicy::Zero,
        Islands::Links(links) => IslandPolicy::Links(links.clone()),
        Islands::Nearest => match &geometry {
            Some(geometry) => IslandPolicy::Nearest(geometry.centres(), distance(rule)),
            None => {
                let mistake = Diagnostic::error("islands", "the nearest region is not known without a geometry");
                return Err(mistake.hint("give --geometry, or another policy").into());
            }
        },
    };
    if !islands.is_empty() && !quiet {
        let names: Vec<&str> = islands.iter().map(RegionId::as_str).collect();
        let done = match policy {
            IslandPolicy::Error | IslandPolicy::Links(_) | IslandPolicy::Nearest(..) => "",
            IslandPolicy::Drop => "; they are left out",
            IslandPolicy::Zero => "; they stay with a lag of zero, and have no p-value",
        };
        eprintln!("icf: {} regions without a neighbour: {}{done}", islands.len(), names.join(", "));
    }
    let hint = "choose another policy by --islands: drop, zero, nearest or links:A-B";
    weights.with_islands(&policy).map(|(weights, _)| weights).map_err(|error| match error {
        SpatialError::Islands(_) => {
            Diagnostic::error("weights", error.to_string()).at(place()).hint(hint).into()
        }
        other => refused(other),
    })
}

fn distance(rule: &Rule) -> Distance {
    if rule.great_circle { Distance::GreatCircle } else { Distance::Planar }
}

/// The text of a file.
fn text(file: &Path) -> Result<String, Diagnostics> {
    let place = Place::file(file.display().to_string());
    let bytes = std::fs::read(file).map_err(|error| {
        Diagnostic::error("unreadable", format!("cannot be read: {error}")).at(place.clone())
    })?;
    String::from_utf8(bytes).map_err(|_| Diagnostic::error("not-utf8", "is not UTF-8").at(place).into())
}

/// Weights of a GAL file, or of a GWT file by its ending. A GWT file does not name islands: where its header counts more
/// regions than it names, the ids of the data say who they are.
pub(super) fn of_file(file: &Path, known: &[RegionId]) -> Result<Weights, Diagnostics> {
    let text = text(file)?;
    let is_gwt = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gwt"));
    let read = if is_gwt {
        read_gwt(&text, None).or_else(|error| {
            let is_unnamed = |error: &WeightsFileError| {
                error.0.iter().any(|mistake| matches!(mistake.mistake, FileMistake::Unnamed { .. }))
            };
            if is_unnamed(&error) && !known.is_empty() { read_gwt(&text, Some(known)) } else { Err(error) }
        })
    } else {
        read_gal(&text)
    };
    read.map_err(|WeightsFileError(mistakes)| {
        let mut all = Diagnostics::default();
        all.extend(mistakes.into_iter().map(|mistake| {
            let place = Place { line: Some(mistake.line), ..Place::file(file.display().to_string()) };
            let diagnostic = Diagnostic::error("weights-file", mistake.mistake.to_string()).at(place);
            match mistake.mistake.hint() {
                Some(hint) => diagnostic.hint(hint),
                None => diagnostic,
            }
        }));
        all
    })
}

/// Regions or points of a GeoJSON file.
struct Geometry {
    layer: Layer,
}

impl Geometry {
    fn read(file: &Path, id: &str) -> Result<Self, Diagnostics> {
        let layer = Layer::from_geojson(&text(file)?, id).map_err(|error| {
            Diagnostic::error("geometry", error.to_string()).at(Place::file(file.display().to_string()))
        })?;
        Ok(Self { layer })
    }

    /// One point a region: its centroid.
    fn centres(&self) -> Vec<[f64; 2]> {
        self.layer.features().iter().map(icf_geometry::centroid).collect()
    }

    fn points(&self, rule: &Rule) -> Result<Points, SpatialError> {
        let ids = self.layer.features().iter().map(|feature| feature.region.clone());
        Points::new(ids.zip(self.centres()), distance(rule))
    }

    fn weights(
        &self,
        rule: &Rule,
        refused: &dyn Fn(SpatialError) -> Diagnostics,
    ) -> Result<Weights, Diagnostics> {
        let needed = |what: &str| Diagnostics::from(Diagnostic::error("weights", format!("{what} is needed")));
        let made = match rule.kind {
            Kind::Queen => return self.contiguity(Contiguity::Queen, rule),
            Kind::Rook => return self.contiguity(Contiguity::Rook, rule),
            Kind::Overlap => return self.contiguity(Contiguity::Overlap, rule),
            Kind::Knn => {
                let k = rule.k.ok_or_else(|| needed("--k, the number of neighbours,"))?;
                self.points(rule).and_then(|points| nearest_neighbours(&points, k))
            }
            Kind::Band => self.points(rule).and_then(|points| {
                let threshold = rule.threshold.or_else(|| points.smallest_threshold()).unwrap_or_default();
                let decay = rule.power.map_or(Decay::None, Decay::Power);
                distance_band(&points, threshold, decay)
            }),
            Kind::Kernel => {
                let bandwidth = match (rule.k, rule.threshold) {
                    (Some(k), None) => Bandwidth::Adaptive { k },
                    (None, Some(threshold)) => Bandwidth::Fixed(threshold),
                    (None, None) => Bandwidth::Widest { k: 1 },
                    (Some(_), Some(_)) => {
                        let mistake = Diagnostic::error("weights", "a kernel has one bandwidth");
                        return Err(mistake.hint("--k makes it adaptive, --threshold fixed").into());
                    }
                };
                let kernel = match rule.shape {
                    Shape::Triangular => Kernel::Triangular,
                    Shape::Gaussian => Kernel::Gaussian,
                    Shape::Epanechnikov => Kernel::Quadratic,
                };
                self.points(rule).and_then(|points| kernel_weights(&points, kernel, bandwidth))
            }
            Kind::Block => todo!("{:?} {:?}", rule.block, block_weights::<String>([])),
        };
        made.map_err(refused)
    }

    fn contiguity(&self, kind: Contiguity, rule: &Rule) -> Result<Weights, Diagnostics> {
        let links = contiguity(&self.layer, kind, rule.snap)
            .map_err(|error| Diagnostic::error("geometry", error.to_string()))?;
        let ids = self.layer.features().iter().map(|feature| feature.region.clone());
        Weights::from_links(ids, &links)
            .map_err(|error| Diagnostic::error("weights", error.to_string()).into())
    }
}
