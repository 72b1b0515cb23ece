//! Weights from a file, or made of a geometry by a rule.

use std::path::Path;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_geometry::{
    Contiguity, Coordinates, FeatureMistake, GeometryError, Layer, Mistake, contiguity, points_from_geojson,
    texts_from_geojson,
};
use icf_spatial::{
    Bandwidth, Decay, Distance, FileMistake, IslandPolicy, Kernel, Orders, Points, SpatialError, Weights,
    WeightsFileError, block_weights, distance_band, higher_order, kernel_weights, nearest_neighbours,
    read_gal, read_gwt,
};
use icf_units::RegionId;

use super::series::Part;
use crate::arguments::{Islands, Kind, Neighbours, Rule, Shape};

/// The weights for some values; where the policy drops islands, their values go too.
///
/// `id` names the property of the features unless another is given.
pub(super) fn beside(
    arguments: &Neighbours,
    id: &str,
    parts: &mut [Part],
    quiet: bool,
) -> Result<Weights, Diagnostics> {
    let mut known: Vec<RegionId> = parts.iter().flat_map(|part| &part.ids).cloned().collect();
    known.sort();
    known.dedup();
    let (weights, dropped) = of(arguments, id, &known, quiet)?;
    if !dropped.is_empty() {
        parts.iter_mut().for_each(|part| part.leave_out(&dropped));
    }
    Ok(weights)
}

/// The weights that a command was asked for, its islands treated by the policy.
/// What was dropped stands beside. `known` are the ids of the data.
pub(super) fn of(
    arguments: &Neighbours,
    id: &str,
    known: &[RegionId],
    quiet: bool,
) -> Result<(Weights, Vec<RegionId>), Diagnostics> {
    let place = || {
        let file = arguments.weights.as_deref().or(arguments.geometry.as_deref());
        Place::file(file.unwrap_or(Path::new("weights")).display().to_string())
    };
    let refused =
        |error: SpatialError| Diagnostics::from(Diagnostic::error("weights", error.to_string()).at(place()));
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
            Some(geometry) => {
                let centres = geometry.centres()?.into_iter().map(|(_, at)| at).collect();
                IslandPolicy::Nearest(centres, distance(rule))
            }
            None => {
                let mistake =
                    Diagnostic::error("islands", "the nearest region is not known without a geometry");
                return Err(mistake.hint("give --geometry, or another policy").into());
            }
        },
    };
    let is_told = !matches!(policy, IslandPolicy::Error);
    if !islands.is_empty() && is_told && !quiet {
        let names: Vec<&str> = islands.iter().map(RegionId::as_str).collect();
        let done = match policy {
            IslandPolicy::Error => "",
            IslandPolicy::Links(_) => "; linked as declared",
            IslandPolicy::Nearest(..) => "; each is linked to the nearest region",
            IslandPolicy::Drop => "; left out",
            IslandPolicy::Zero => "; the lag there is zero, and there is no p-value",
        };
        let regions = if islands.len() == 1 { "region" } else { "regions" };
        eprintln!("icf: {} {regions} without a neighbour: {}{done}", islands.len(), names.join(", "));
    }
    let hint = "choose another policy by --islands: drop, zero, nearest or links:A-B";
    let dropped = if matches!(policy, IslandPolicy::Drop) { islands } else { vec![] };
    weights.with_islands(&policy).map(|(weights, _)| (weights, dropped)).map_err(|error| match error {
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
pub(super) fn text(file: &Path) -> Result<String, Diagnostics> {
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
struct Geometry<'a> {
    file: &'a Path,
    id: &'a str,
    text: String,
}

impl<'a> Geometry<'a> {
    fn read(file: &'a Path, id: &'a str) -> Result<Self, Diagnostics> {
        Ok(Self { file, id, text: text(file)? })
    }

    fn refused(&self, error: &GeometryError) -> Diagnostics {
        let mistake = Diagnostic::error("geometry", error.to_string());
        let mistake = mistake.at(Place::file(self.file.display().to_string()));
        let is_without_id = |feature: &FeatureMistake| matches!(feature.mistake, Mistake::MissingId { .. });
        match error {
            GeometryError::Features(features) if features.iter().all(is_without_id) => mistake
                .hint("say which property holds the id: --geometry-id, or --id of `icf weights`")
                .into(),
            _ => mistake.into(),
        }
    }

    /// One point a region: its centroid, or the point that it is.
    fn centres(&self) -> Result<Vec<(RegionId, [f64; 2])>, Diagnostics> {
        points_from_geojson(&self.text, self.id, Coordinates::Any).map_err(|error| self.refused(&error))
    }

    fn weights(
        &self,
        rule: &Rule,
        refused: &dyn Fn(SpatialError) -> Diagnostics,
    ) -> Result<Weights, Diagnostics> {
        let points = || Points::new(self.centres()?, distance(rule)).map_err(refused);
        let made = match rule.kind {
            Kind::Queen => return self.contiguity(Contiguity::Queen, rule, refused),
            Kind::Rook => return self.contiguity(Contiguity::Rook, rule, refused),
            Kind::Overlap => return self.contiguity(Contiguity::Overlap, rule, refused),
            Kind::Knn => nearest_neighbours(&points()?, rule.k.expect("the command line asks for it")),
            Kind::Band => {
                let points = points()?;
                let threshold = rule.threshold.or_else(|| points.smallest_threshold()).unwrap_or_default();
                distance_band(&points, threshold, rule.power.map_or(Decay::Binary, Decay::InversePower))
            }
            Kind::Kernel => kernel_weights(&points()?, kernel(rule.shape), bandwidth(rule)),
            Kind::Block => {
                let block = rule.block.as_deref().expect("the command line asks for it");
                let groups = texts_from_geojson(&self.text, self.id, block);
                let groups = groups.map_err(|error| self.refused(&error))?;
                if groups.iter().all(|(_, group)| group.is_none()) {
                    let mistake =
                        Diagnostic::error("geometry", format!("no feature has a property `{block}`"));
                    return Err(mistake.at(Place::file(self.file.display().to_string())).into());
                }
                block_weights(groups)
            }
        };
        made.map_err(refused)
    }

    fn contiguity(
        &self,
        kind: Contiguity,
        rule: &Rule,
        refused: &dyn Fn(SpatialError) -> Diagnostics,
    ) -> Result<Weights, Diagnostics> {
        let layer = Layer::from_geojson_in(&self.text, self.id, Coordinates::Any);
        let layer = layer.map_err(|error| self.refused(&error))?;
        let links = contiguity(&layer, kind, rule.snap).map_err(|error| self.refused(&error))?;
        let ids = layer.features().iter().map(|feature| feature.region.clone());
        Weights::from_links(ids, &links).map_err(refused)
    }
}

fn kernel(shape: Shape) -> Kernel {
    match shape {
        Shape::Triangular => Kernel::Triangular,
        Shape::Gaussian => Kernel::Gaussian,
        Shape::Epanechnikov => Kernel::Quadratic,
    }
}

fn bandwidth(rule: &Rule) -> Bandwidth {
    match (rule.k, rule.threshold) {
        (Some(k), _) => Bandwidth::Adaptive { k },
        (None, Some(threshold)) => Bandwidth::Fixed(threshold),
        (None, None) => Bandwidth::Widest { k: 1 },
    }
}
