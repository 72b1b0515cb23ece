//! The land that takes up carbon.

use icf_diagnostics::Diagnostic;

use crate::{Equivalence, LandHistory, LandSource, Loaded};

/// Land that shrinks faster has another history than a constant rate.
const LOWEST_RATE: f64 = -50.0;

/// Shares are written with a few digits, and their sum must still be one.
const TOLERANCE: f64 = 1e-9;

pub(super) fn shares_sum_to_one(loaded: &Loaded) -> Vec<Diagnostic> {
    let classes = &loaded.scenario().land.classes;
    let sum: f64 = classes.values().map(|class| class.share).sum();
    if (sum - 1.0).abs() <= TOLERANCE {
        return Vec::new();
    }
    let shares: Vec<_> = classes.iter().map(|(name, class)| format!("{name} {}", class.share)).collect();
    // The sum is rounded for the eye, and never to the one that it is not.
    let message = format!("the shares of the land classes sum to {}, not to 1", trimmed(sum));
    vec![loaded.diagnose("land.classes", "shares-not-one", message).hint(shares.join(", "))]
}

fn trimmed(sum: f64) -> f64 {
    const DIGITS: f64 = 1e10;
    (sum * DIGITS).round() / DIGITS
}

/// The map is carried back by dividing by 1 + rate, so nothing can have been lost altogether.
pub(super) fn history_can_be_traced_back(loaded: &Loaded) -> Vec<Diagnostic> {
    let Some(LandHistory::Rate { rate }) = loaded.scenario().land.history else { return Vec::new() };
    if rate.percent() > LOWEST_RATE {
        return Vec::new();
    }
    let message = format!("`land.history` cannot be traced back at {rate}: little or nothing would be left");
    let mistake = loaded.diagnose("land.history.rate", "history-untraceable", message);
    vec![mistake.hint(format!("the rate lies above {LOWEST_RATE} %/yr"))]
}

pub(super) fn rasters_are_the_source(loaded: &Loaded) -> Vec<Diagnostic> {
    let land = &loaded.scenario().land;
    let mistake = |key, message: &str, hint| {
        vec![loaded.diagnose(key, "rasters-and-source", message.to_owned()).hint(hint)]
    };
    match (land.source == LandSource::Rasters, &land.rasters) {
        (true, None) => mistake(
            "land.source",
            "`source: rasters` takes the areas from rasters, and `land.rasters` names none",
            "write `rasters: { files: { 2000: land_2000.tif }, codes: clcd }`",
        ),
        (false, Some(_)) => mistake(
            "land.rasters",
            "`land.rasters` names rasters, and the areas come from another source",
            "write `source: rasters`, or `rasters: ~`",
        ),
        _ => vec![],
    }
}

pub(super) fn layer_is_of_zones(loaded: &Loaded) -> Vec<Diagnostic> {
    const KEY: &str = "land.rasters.layer";
    match &loaded.scenario().land.rasters {
        Some(rasters) if rasters.layer.is_some() && rasters.zones.is_none() => {
            let message = format!("`{KEY}` chooses a layer of `land.rasters.zones`, which names no file");
            vec![loaded.diagnose(KEY, "layer-without-zones", message)]
        }
        _ => vec![],
    }
}

pub(super) fn npp_fits_its_rasters(loaded: &Loaded) -> Vec<Diagnostic> {
    const KEY: &str = "land.rasters.npp";
    let land = &loaded.scenario().land;
    let Some((rasters, npp)) =
        land.rasters.as_ref().and_then(|rasters| Some((rasters, rasters.npp.as_ref()?)))
    else {
        return vec![];
    };
    let mut mistakes = vec![];
    if !rasters.files.contains_key(&npp.year) {
        let years: Vec<String> = rasters.files.keys().map(ToString::to_string).collect();
        let message = format!("`{KEY}` is laid on the classes of {}, of which there is no raster", npp.year);
        let mistake = loaded.diagnose(&format!("{KEY}.year"), "npp-year", message);
        mistakes.push(mistake.hint(format!("`land.rasters.files` has {}", years.join(", "))));
    }
    if land.equivalence != Equivalence::None {
        let message =
            format!("`{KEY}` derives the equivalence factors, and `land.equivalence` names a table of them");
        mistakes.push(
            loaded.diagnose("land.equivalence", "two-equivalences", message).hint("leave out one of the two"),
        );
    }
    if let (Some(least), Some(most)) = (npp.least, npp.most)
        && least >= most
    {
        let message = format!("no number lies between `least` {least} and `most` {most}");
        mistakes.push(loaded.diagnose(&format!("{KEY}.most"), "npp-range", message));
    }
    mistakes
}

/// `impervious` is what the maps of classes call industrial and built land, which the paper leaves out of the sink.
pub(super) fn built_land_is_no_sink(loaded: &Loaded) -> Vec<Diagnostic> {
    const BUILT: &str = "impervious";
    let land = &loaded.scenario().land;
    if land.source != LandSource::Rasters || !land.classes.contains_key(BUILT) {
        return vec![];
    }
    let message = format!("`{BUILT}` land is industrial and built land, which takes up no carbon");
    vec![loaded.diagnose_key("land.classes", BUILT, "built-land", message).hint("leave it out")]
}

pub(super) fn history_needs_one_map(loaded: &Loaded) -> Vec<Diagnostic> {
    let land = &loaded.scenario().land;
    if land.history.is_none() || land.source == LandSource::Modis2019 {
        return Vec::new();
    }
    let source = if land.source == LandSource::Rasters { "rasters" } else { "inventory" };
    let message =
        format!("`land.history` carries the map of 2019 to other years, and `{source}` has its own");
    let mistake = loaded.diagnose("land.history", "history-without-map", message);
    vec![mistake.hint("write `history: ~`, or `source: modis-2019`")]
}
