//! What a reader has to know of the boundaries under the maps.

use icf_results::RunResults;

use crate::Language;

/// The data sets that are built in, whose boundaries are no approved map.
const BUILT_IN: [&str; 2] = ["china-provinces", "china-cities"];

/// That the boundaries of a built-in data set are no approved base map, and how others take their place; of other
/// boundaries nothing is known.
pub(crate) fn note(results: &RunResults, language: Language) -> Option<&'static str> {
    let is_ours = BUILT_IN.contains(&results.data.as_str()) && !results.boundaries.trim().is_empty();
    is_ours.then_some(language.of(
        "The boundaries are those of the data set, for orientation: no approved base map, without a review number (审图号), the \
         South China Sea islands in their place and in no inset. A Chinese journal asks for an approved map: its boundaries \
         take the place of these as boundaries.geojson in a copy of the data set (docs/data.md).",
        "底图边界取自数据集，仅供示意：并非经审核的标准地图，无审图号，南海诸岛按实际位置绘出而未设附图。中国期刊要求使用标准地图：\
         可在数据集副本中以其边界替换 boundaries.geojson（见 docs/data.md）。",
    ))
}

#[cfg(test)]
mod tests {
    use super::BUILT_IN;

    #[test]
    fn both_names_are_those_of_folders() {
        for name in BUILT_IN {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../icf-data/");
            assert!(std::path::Path::new(&format!("{folder}{name}")).is_dir(), "{name}");
        }
    }
}
