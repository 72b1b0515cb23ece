//! Weights that the scenario takes from a GAL or GWT file.

use icf_diagnostics::{Diagnostic, Diagnostics};
use icf_ingest::{Dataset, SourceFile};
use icf_scenario::Loaded;
use icf_spatial::{Weights, WeightsFileError, read_gal, read_gwt};
use icf_units::RegionId;

use crate::dataset::Selection;

const KEY: &str = "spatial.weights.path";

/// Reads the file and keeps the regions of the selection, each of which must be there. Others are left out, as boundaries
/// of other regions are: a mistyped id shows as one that is missing.
pub(super) fn read(
    loaded: &Loaded,
    path: &str,
    dataset: &Dataset,
    selection: &Selection,
) -> Result<(Weights, SourceFile), Diagnostics> {
    let mistake = |message: String| Diagnostics::from(loaded.diagnose(KEY, "weights-file", message));
    let bytes = std::fs::read(loaded.resolve_path(KEY, path))
        .map_err(|error| mistake(format!("{path} cannot be read: {error}")))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| mistake(format!("{path} is not UTF-8")))?;
    let is_gwt =
        std::path::Path::new(path).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gwt"));
    // A GWT file does not name islands: the data do.
    let ids: Vec<RegionId> = dataset.regions.iter().map(|region| region.id.clone()).collect();
    let found = match is_gwt {
        true => read_gwt(text, None).or_else(|_| read_gwt(text, Some(&ids))),
        false => read_gal(text),
    };
    let weights = found.map_err(|WeightsFileError(mistakes)| {
        let listed = mistakes.into_iter().map(|found| {
            let message = format!("{path}, line {}: {}", found.line, found.mistake);
            let diagnostic: Diagnostic = loaded.diagnose(KEY, "weights-file", message);
            match found.mistake.hint() {
                Some(hint) => diagnostic.hint(hint),
                None => diagnostic,
            }
        });
        let mut all = Diagnostics::default();
        all.extend(listed);
        all
    })?;
    let list = |ids: Vec<&RegionId>| ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ");
    let missing: Vec<&RegionId> =
        selection.infos.iter().map(|info| &info.id).filter(|id| !weights.ids().contains(id)).collect();
    if !missing.is_empty() {
        return Err(mistake(format!("{path} has no row for {}", list(missing))));
    }
    let keep: Vec<bool> =
        weights.ids().iter().map(|id| selection.axes.region_index(id.as_str()).is_some()).collect();
    Ok((weights.among(&keep), SourceFile { name: path.to_owned(), bytes: bytes.into() }))
}
