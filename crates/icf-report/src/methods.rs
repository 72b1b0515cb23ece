//! The run in the words of a paper: a paragraph of methods with its references, as Markdown.
//!
//! It says what this run did and nothing that it did not: a sentence stands where the results have what it speaks of.

use std::collections::BTreeMap;

use icf_results::{ModelRow, RunResults};

use crate::language::{Language, say};
use crate::number::{percent, trimmed};
use crate::page::word;

/// A work that is cited: how the text names it in either language, and its entry in the list.
struct Work {
    english: &'static str,
    chinese: &'static str,
    entry: &'static str,
}

const ZUO: Work = Work {
    english: "Zuo and Zhao 2025",
    chinese: "Zuo 与 Zhao 2025",
    entry: "Zuo X., Zhao W. (2025). Spatiotemporal Dynamics and Emission Reduction Potential of the Ecological Footprint of \
            Industrial Carbon Emissions in China, 2000–2021. ChinaXiv postprint.",
};
const NICCOLUCCI: Work = Work {
    english: "Niccolucci et al. 2011",
    chinese: "Niccolucci 等 2011",
    entry: "Niccolucci V., Galli A., Reed A., Neri E., Wackernagel M., Bastianoni S. (2011). Towards a 3D National Ecological \
            Footprint Geography. Ecological Modelling 222, 2939–2944.",
};
const FANG: Work = Work {
    english: "Fang 2013",
    chinese: "方恺 2013",
    entry: "Fang K. (2013). Ecological footprint depth and size: new indicators for a 3D model. Acta Ecologica Sinica 33, 267–274.",
};
const FISHER: Work = Work {
    english: "Fisher 1958",
    chinese: "Fisher 1958",
    entry: "Fisher W. D. (1958). On grouping for maximum homogeneity. Journal of the American Statistical Association 53, 789–798.",
};
const MORAN: Work = Work {
    english: "Moran 1950",
    chinese: "Moran 1950",
    entry: "Moran P. A. P. (1950). Notes on continuous stochastic phenomena. Biometrika 37, 17–23.",
};
const ANSELIN: Work = Work {
    english: "Anselin 1995",
    chinese: "Anselin 1995",
    entry: "Anselin L. (1995). Local indicators of spatial association – LISA. Geographical Analysis 27, 93–115.",
};
const REY: Work = Work {
    english: "Rey 2001",
    chinese: "Rey 2001",
    entry: "Rey S. J. (2001). Spatial empirics for economic growth and convergence. Geographical Analysis 33, 195–214.",
};
const BENJAMINI: Work = Work {
    english: "Benjamini and Hochberg 1995",
    chinese: "Benjamini 与 Hochberg 1995",
    entry: "Benjamini Y., Hochberg Y. (1995). Controlling the false discovery rate: a practical and powerful approach to multiple \
            testing. Journal of the Royal Statistical Society B 57, 289–300.",
};
const ANG: Work = Work {
    english: "Ang 2005",
    chinese: "Ang 2005",
    entry: "Ang B. W. (2005). The LMDI approach to decomposition analysis: a practical guide. Energy Policy 33, 867–871.",
};
const HYNDMAN: Work = Work {
    english: "Hyndman and Koehler 2006",
    chinese: "Hyndman 与 Koehler 2006",
    entry: "Hyndman R. J., Koehler A. B. (2006). Another look at measures of forecast accuracy. International Journal of \
            Forecasting 22, 679–688.",
};
const MCKAY: Work = Work {
    english: "McKay et al. 1979",
    chinese: "McKay 等 1979",
    entry: "McKay M. D., Beckman R. J., Conover W. J. (1979). A comparison of three methods for selecting values of input variables \
            in the analysis of output from a computer code. Technometrics 21, 239–245.",
};

/// A text that remembers what it cites.
struct Text<'a> {
    results: &'a RunResults,
    language: Language,
    keys: BTreeMap<&'a str, &'a str>,
    sentences: Vec<String>,
    cited: Vec<&'static Work>,
}

/// The paragraph and its references.
pub(crate) fn methods(results: &RunResults, language: Language) -> String {
    let keys = results.keys.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let mut text = Text { results, language, keys, sentences: Vec::new(), cited: Vec::new() };
    text.accounts();
    text.footprint();
    text.space();
    text.projection();
    text.uncertainty();
    text.program();
    text.written()
}

impl<'a> Text<'a> {
    /// The value of a key of the scenario, unless it is empty or turned off.
    fn key(&self, key: &str) -> Option<&'a str> {
        self.keys.get(key).copied().filter(|value| !matches!(*value, "" | "~" | "none" | "null"))
    }

    /// How the text names a work, which is then in the list.
    fn cite(&mut self, work: &'static Work) -> &'static str {
        if !self.cited.iter().any(|cited| std::ptr::eq(*cited, work)) {
            self.cited.push(work);
        }
        self.language.of(work.english, work.chinese)
    }

    fn accounts(&mut self) {
        let (language, results) = (self.language, self.results);
        let (count, first, last) =
            (results.regions_info.len(), results.history.first(), results.history.last());
        let formula = match self.key("accounting.preset") {
            Some("as-published") => "Σ Q·S·D",
            _ => "Σ Q·D",
        };
        let zuo = self.cite(&ZUO);
        self.sentences.push(say!(
            language,
            "Industrial carbon emissions (ICE) of {count} regions in {first}–{last} are {formula} over {} fuels (Q fuel burnt, S \
             standard-coal coefficient, D carbon factor; data set {}), after {zuo}.",
            "{count} 个区域 {first}–{last} 年的工业碳排放（ICE）按 {formula} 对 {} 种燃料求和（Q 燃料消费量，S 折标煤系数，\
             D 碳排放系数；数据集 {}），方法据 {zuo}。",
            results.fuel_factors.len(),
            results.data
        ));
        self.sentences.push(match results.basis {
            icf_results::Basis::Carbon => language.of(
                "Emissions and sink are compared as carbon (CO₂ × 12/44).",
                "排放与碳汇均以碳计比较（CO₂ × 12/44）。",
            ),
            icf_results::Basis::AsPrinted => language.of(
                "As printed in that paper, tonnes of CO₂ are taken for tonnes of carbon, which makes emissions 44/12 times too large \
                 beside the sink.",
                "照该文原样将 CO₂ 吨数当作碳吨数，相对碳汇使排放偏大 44/12 倍。",
            ),
        }
        .to_owned());
    }

    fn footprint(&mut self) {
        let language = self.language;
        let mut classes: Vec<(&str, f64)> = Vec::new();
        for row in &self.results.land_origins {
            if classes.iter().all(|class| class.0 != row.class) {
                classes.push((&row.class, row.npp.get()));
            }
        }
        if !classes.is_empty() {
            let listed: Vec<String> = classes
                .iter()
                .map(|(class, npp)| format!("{} {}", word(class, language), trimmed(*npp)))
                .collect();
            let source = self.key("land.source").unwrap_or("–");
            self.sentences.push(say!(
                language,
                "The carbon sink (CS) is Σ area × uptake × equivalence over land classes, with uptakes in t C/hm² of {} and areas from \
                 the source `{source}`.",
                "碳汇（CS）按地类对 面积 × 吸收量 × 均衡因子 求和，吸收量（t C/hm²）为{}，面积来源为 `{source}`。",
                language.listed(&listed)
            ));
        }
        let (niccolucci, fang) = (self.cite(&NICCOLUCCI), self.cite(&FANG));
        self.sentences.push(say!(
            language,
            "Divided by η = {} t C/hm², the uptake of a mean hectare, they give the industrial carbon footprint (ICF) and the carbon \
             ecological capacity (CEC); size is min(ICF, CEC) and depth 1 + max(ICF − CEC, 0)/CEC ({niccolucci}; {fang}). The depth of \
             groups and the nation sums regional deficits, so that no surplus cancels a deficit elsewhere.",
            "两者除以平均每公顷吸收量 η = {} t C/hm²，得工业碳足迹（ICF）与碳生态承载力（CEC）；足迹广度为 min(ICF, CEC)，\
             足迹深度为 1 + max(ICF − CEC, 0)/CEC（{niccolucci}；{fang}）。分组与全国的深度对各区赤字求和，一区盈余不抵消他区赤字。",
            trimmed(self.results.eta.get())
        ));
        if let Some(split) = self.key("quadrants.split").filter(|_| !self.results.quadrants.is_empty()) {
            self.sentences.push(say!(
                language,
                "Mitigation quadrants split size per resident and depth of the same year at their `{split}`.",
                "减排象限以当年人均广度与深度的 `{split}` 为界划分。"
            ));
        }
        let mut methods: Vec<&str> = self.results.classes.iter().map(|row| row.method).collect();
        methods.sort_unstable();
        methods.dedup();
        if methods.is_empty() {
            return;
        }
        let fisher = if methods.iter().any(|method| method.ends_with("natural-breaks")) {
            let fisher = self.cite(&FISHER);
            say!(language, " (natural breaks: exact optimum, {fisher})", "（自然断点：精确最优，{fisher}）")
        } else {
            String::new()
        };
        let methods: Vec<String> = methods.into_iter().map(|method| format!("`{method}`")).collect();
        self.sentences.push(say!(
            language,
            "Values are classed by {}{fisher}.",
            "数值按 {} 分级{fisher}。",
            language.listed(&methods)
        ));
    }

    fn space(&mut self) {
        let language = self.language;
        let Some(row) = self.results.moran.iter().find(|row| row.statistic.is_some()) else { return };
        let weights = self.key("spatial.weights.kind").unwrap_or("–");
        let (permutations, links) = (row.permutations, self.results.links.len());
        let (moran, anselin) = (self.cite(&MORAN), self.cite(&ANSELIN));
        let level = self.results.significance;
        let adjusted = match (self.key("spatial.label_by"), self.key("spatial.adjustment")) {
            (Some("q"), Some(_)) => {
                let benjamini = self.cite(&BENJAMINI);
                say!(
                    language,
                    ", adjusted for the number of regions ({benjamini})",
                    "，并按区域数目校正（{benjamini}）"
                )
            }
            _ => language.of(", not adjusted for the number of regions", "，未按区域数目校正").to_owned(),
        };
        self.sentences.push(say!(
            language,
            "Spatial association is Moran's I ({moran}) and its local form ({anselin}) with row-standardised weights (`{weights}`, \
             {links} links), {permutations} permutations and folded pseudo p-values; local labels stand at {level}{adjusted}.",
            "空间关联采用莫兰指数（{moran}）及其局部形式（{anselin}），权重行标准化（`{weights}`，{links} 条邻接），{permutations} 次置换，\
             伪 p 值为折叠值；局部标签的显著性水平为 {level}{adjusted}。"
        ));
        if !self.results.transitions.is_empty() {
            let rey = self.cite(&REY);
            self.sentences.push(say!(
                language,
                "Transitions between first and last year follow {rey}.",
                "首末年间的转移类型据 {rey}。"
            ));
        }
    }

    fn projection(&mut self) {
        let (language, results) = (self.language, self.results);
        if !results.models.is_empty() {
            let mut models: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for ModelRow { quantity, model, .. } in &results.models {
                let of = models.entry(quantity).or_default();
                if !of.contains(&model.as_str()) {
                    of.push(model);
                }
            }
            let listed: Vec<String> = models
                .iter()
                .map(|(quantity, models)| format!("{} `{}`", word(quantity, language), models.join("`/`")))
                .collect();
            self.sentences.push(say!(
                language,
                "Each region is projected to {} by the models {}.",
                "各区域预测至 {} 年，模型为：{}。",
                results.horizon,
                language.listed(&listed)
            ));
        }
        if !results.backtest.is_empty() {
            let hyndman = self.cite(&HYNDMAN);
            self.sentences.push(say!(
                language,
                "Models were tested on rolling origins of the past, one to three years ahead, by the mean absolute scaled error \
                 ({hyndman}).",
                "模型以滚动起点对过去作一至三年的回溯检验，误差为平均绝对标度误差（{hyndman}）。"
            ));
        }
        if !results.decomposition.is_empty() {
            let ang = self.cite(&ANG);
            self.sentences.push(say!(
                language,
                "Changes of emissions are decomposed by the logarithmic mean Divisia index ({ang}), with product at current prices.",
                "排放变化按对数平均迪氏指数（{ang}）分解，产值按当年价格。"
            ));
        }
        let thresholds: Vec<String> = results
            .thresholds
            .iter()
            .filter(|row| row.scope == "nation")
            .map(|row| format!("`{}`", row.threshold))
            .collect();
        if !thresholds.is_empty() {
            self.sentences.push(say!(
                language,
                "A threshold ({}) is crossed in the first projected year above its level.",
                "预测值首次高于阈值水平的年份即为越过（{}）。",
                language.listed(&thresholds)
            ));
        }
    }

    fn uncertainty(&mut self) {
        let (language, results) = (self.language, self.results);
        if let Some(row) = results.threshold_probability.first() {
            let design = self.key("uncertainty.sampling").unwrap_or("latin-hypercube");
            let cited = if design == "latin-hypercube" {
                let mckay = self.cite(&MCKAY);
                say!(language, " ({mckay})", "（{mckay}）")
            } else {
                String::new()
            };
            self.sentences.push(say!(
                language,
                "Uncertain inputs were drawn {} times by the design `{design}`{cited}; probabilities are shares of the draws.",
                "不确定输入按 `{design}` 设计{cited}抽样 {} 次；概率为抽样比例。",
                row.draws
            ));
        }
        if let Some(row) = results.moran_ensemble.first() {
            self.sentences.push(say!(
                language,
                "Errors of the input figures were drawn {} times and carried through accounts and permutations to the map.",
                "对输入数据误差抽样 {} 次，并传递至核算、置换与地图。",
                row.draws
            ));
        }
    }

    fn program(&mut self) {
        let (language, results) = (self.language, self.results);
        let quality = results.data_quality.len();
        let filled = results.data_quality.iter().filter(|row| row.action.starts_with("filled")).count();
        if let (false, Ok(all)) = (quality == 0, u32::try_from(quality)) {
            let share = f64::from(u32::try_from(filled).unwrap_or(all)) / f64::from(all);
            self.sentences.push(say!(
                language,
                "{quality} cells of the input carry a flag; {filled} of them ({}) were filled.",
                "输入中有 {quality} 个单元格带有标记，其中 {filled} 个（{}）经填补。",
                percent(share)
            ));
        }
        self.sentences.push(say!(
            language,
            "Computed by icf {} with the scenario `{}` and the seed {}; the same inputs give the same bytes.",
            "由 icf {} 计算，情景 `{}`，随机种子 {}；相同输入得到逐字节相同的结果。",
            env!("CARGO_PKG_VERSION"),
            results.scenario,
            results.seed
        ));
    }

    fn written(mut self) -> String {
        let language = self.language;
        self.cited.sort_by_key(|work| work.entry);
        let references: String = self.cited.iter().map(|work| format!("- {}\n", work.entry)).collect();
        format!(
            "# {}\n\n{}\n\n## {}\n\n{references}",
            language.of("Methods", "方法"),
            language.sentences(&self.sentences),
            language.of("References", "参考文献"),
        )
    }
}
