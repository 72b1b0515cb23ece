//! The maps of what most draws say of a region, the paler the fewer they are.

use icf_results::{ClusterProbabilityRow, InputErrorRow, QuadrantProbabilityRow};
use icf_units::{RegionId, Year};

use super::map::{Fill, MapPlan, draw};
use crate::Language;
use crate::language::{Words, say};
use crate::number::percent;
use crate::page::word;
use crate::palette::{self, CLUSTERS};
use crate::svg::{DataTable, Drawing, Swatch};
use crate::variable::Variable;
use crate::view::View;
use crate::zone::{ZONES, zone};

/// From which share of the draws on a label has so many percent of its colour, and how that is said.
const SHADES: [(f64, u16, Words); 4] = [
    (0.95, 100, Words::new("95 % of the draws or more", "95 % 及以上的抽样")),
    (0.8, 66, Words::new("80 to 95 %", "80 % 至 95 %")),
    (0.6, 40, Words::new("60 to 80 %", "60 % 至 80 %")),
    (0.0, 20, Words::new("less than 60 %", "不足 60 %")),
];
/// What the shades of the legend are shown in.
const GREY: &str = "#3f4a50";

/// The likeliest cluster of each region, a map a variable.
pub(crate) fn likeliest_clusters(view: &View, year: Year) -> Vec<Drawing> {
    let of = |variable: Variable| {
        let rows: Vec<&ClusterProbabilityRow> = view
            .results
            .cluster_probability
            .iter()
            .filter(|row| row.variable == variable.key() && row.year == year)
            .collect();
        let fills = rows.iter().filter_map(|row| {
            let (label, colour, words) = *CLUSTERS.iter().find(|entry| entry.0 == row.modal)?;
            let mut fill =
                fill(colour, view.language, &label_words(label, words.to(view.language)), row.p_modal);
            // Paler, it would be taken for a region that is not in the run.
            if label == "ns" {
                colour.clone_into(&mut fill.colour);
            }
            Some((row.region.as_str(), fill))
        });
        let is_met = |label: &str| rows.iter().any(|row| row.modal == label);
        let labels = CLUSTERS.iter().enumerate().filter(|(place, entry)| *place < 5 || is_met(entry.0));
        let legend = labels.map(|(_, (label, colour, words))| {
            Swatch::new((*colour).to_owned(), label_words(label, words.to(view.language)))
        });
        let plan = MapPlan {
            name: format!("map_{}_likeliest_clusters_{year}", variable.stem()),
            title: say!(
                view.language,
                "Likeliest clusters of {}",
                "{}最可能的集聚",
                variable.short(view.language)
            ),
            year,
            caption: say!(
                view.language,
                "{} A region that is not significant stays grey.",
                "{}不显著的区域保持灰色。",
                caption(
                    view,
                    year,
                    view.language.of("cluster label", "集聚标签"),
                    rows.first().map_or(0, |row| row.draws)
                )
            ),
            view: None,
            legend: legend.chain(shades(view.language)).collect(),
            fills: fills.collect(),
        };
        let head = view.language.of("Likeliest cluster", "最可能的集聚");
        let listed = rows.iter().map(|row| (&row.region, row.modal, row.p_modal, row.cluster, row.p_cluster));
        let data = table(view, head, listed).cut("cluster_probability", view.language);
        Drawing { data: Some(data), ..draw(view, plan) }
    };
    view.variables().into_iter().map(of).collect()
}

/// The likeliest quadrant of each region; nothing where no region has one.
pub(crate) fn likeliest_quadrants(view: &View, year: Year) -> Option<Drawing> {
    let rows: Vec<&QuadrantProbabilityRow> =
        view.results.quadrant_probability.iter().filter(|row| row.year == year).collect();
    let draws = rows.first()?.draws;
    let fills = rows.iter().filter_map(|row| {
        let zone = zone(row.modal)?;
        let words = zone.words(view.language);
        Some((row.region.as_str(), fill(zone.colour, view.language, &words, row.p_modal)))
    });
    let legend = ZONES.iter().map(|zone| Swatch::new(zone.colour.to_owned(), zone.numbered(view.language)));
    let plan = MapPlan {
        name: format!("map_likeliest_quadrants_{year}"),
        title: view.language.of("Likeliest quadrants", "最可能的象限").to_owned(),
        year,
        caption: caption(view, year, view.language.of("quadrant", "象限"), draws),
        view: None,
        legend: legend.chain(shades(view.language)).collect(),
        fills: fills.collect(),
    };
    let head = view.language.of("Likeliest quadrant", "最可能的象限");
    let listed = rows.iter().map(|row| (&row.region, row.modal, row.p_modal, row.quadrant, row.p_quadrant));
    let data = table(view, head, listed).cut("quadrant_probability", view.language);
    Some(Drawing { data: Some(data), ..draw(view, plan) })
}

/// A region, its likeliest label with the share of the draws that give it, and the label of the run with its share.
type Shares<'a> = (&'a RegionId, &'static str, f64, Option<&'static str>, Option<f64>);

fn table<'a>(view: &View, head: &str, rows: impl Iterator<Item = Shares<'a>>) -> DataTable {
    let said = |english, chinese| view.language.of(english, chinese);
    let share = said("Share of the draws", "抽样比例");
    let heads = [said("Region", "区域"), head, share, said("In the run", "本次运行"), share];
    let missing = || "–".to_owned();
    let row = |(region, modal, share, own, own_share): Shares| {
        let name = view.info(region.as_str()).map_or(region.as_str(), |info| view.called(info));
        vec![
            name.to_owned(),
            modal.to_owned(),
            percent(share),
            own.map_or_else(missing, str::to_owned),
            own_share.map_or_else(missing, percent),
        ]
    };
    DataTable::new(&heads, rows.map(row).collect())
}

/// The place of a share among the shades: each holds its lower bound.
fn shade(share: f64) -> usize {
    SHADES.iter().position(|(from, ..)| share >= *from).unwrap_or(SHADES.len() - 1)
}

/// The colour of a label, as much of it as the draws allow; a region that is not sure says how sure it is.
fn fill(colour: &str, language: Language, label: &str, share: f64) -> Fill {
    let shade = shade(share);
    let (_, left, words) = SHADES[shade];
    Fill {
        colour: palette::paler(colour, left),
        words: say!(language, "{label}, in {}", "{label}，{}", words.to(language)),
        // A share of 94.9 % is not to be told as 95.
        mark: (shade > 0).then(|| format!("{:.0}", (100.0 * share).floor())),
    }
}

fn shades(language: Language) -> impl Iterator<Item = Swatch> {
    SHADES.iter().map(move |(_, left, words)| Swatch::new(palette::paler(GREY, *left), words.to(language)))
}

fn caption(view: &View, year: Year, what: &str, draws: usize) -> String {
    say!(
        view.language,
        "The {what} that most of {draws} draws give a region in {year}; the paler, the fewer, and where it is less than 95 % the map \
         says how many in percent. {}",
        "{year} 年 {draws} 次抽样中各区域出现最多的{what}；颜色越浅次数越少，不足 95 % 时图上标出百分数。{}",
        assumed(view)
    )
}

/// What the draws take for uncertain, and what they do not.
pub(crate) fn assumed(view: &View) -> String {
    let words = |row: &InputErrorRow| {
        let each = if row.each == "common" {
            view.language.of("one for all", "全体共用").to_owned()
        } else {
            say!(view.language, "each {} by itself", "逐{}独立", word(&row.each, view.language))
        };
        say!(
            view.language,
            "{} times {} ({each})",
            "{} 乘以 {}（{each}）",
            word(row.of, view.language),
            view.said(&row.distribution)
        )
    };
    let errors: Vec<String> = view.results.input_errors.iter().map(words).collect();
    say!(
        view.language,
        "Assumed by the scenario: {}. All else is taken for known.",
        "情景假定：{}。其余均视为已知。",
        view.language.apart(&errors)
    )
}

/// A label with its words; short ones need both.
pub(crate) fn label_words(label: &str, words: &str) -> String {
    if label.len() == 2 && label != "ns" { format!("{label} {words}") } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surest_have_all_of_their_colour() {
        assert_eq!([1.0, 0.95, 0.9499, 0.8, 0.6, 0.59, 0.2].map(shade), [0, 0, 1, 1, 2, 3, 3]);
        let sure = fill("#FF0000", Language::English, "HH", 1.0);
        assert_eq!(
            (sure.colour.as_str(), sure.mark, sure.words.as_str()),
            ("#ff0000", None, "HH, in 95 % of the draws or more")
        );
        assert_eq!(fill("#FF0000", Language::English, "HH", 0.9499).mark.as_deref(), Some("94"));
    }
}
