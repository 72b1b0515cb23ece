//! The run in the words of a paper: a paragraph of methods, what was assumed, and the works that are named, as Markdown.
//!
//! It says what this run did and nothing that it did not: a sentence stands where the results have what it speaks of, and
//! what a scenario settles stands in the list of assumptions, with its source.

use icf_results::{DecompositionRow, RunResults};

use crate::figure::method_words;
use crate::language::{Language, say};
use crate::number::trimmed;
use crate::page::{said, word};
use crate::variable::Variable;
use crate::view::chinese_names;

/// A work that is cited: how the text names it in either language, and its entry in the list.
struct Work {
    english: &'static str,
    chinese: &'static str,
    entry: &'static str,
    /// Of a work that appeared in Chinese.
    chinese_entry: Option<&'static str>,
}

impl Work {
    fn entry(&self, language: Language) -> &'static str {
        self.chinese_entry.map_or(self.entry, |chinese| language.of(self.entry, chinese))
    }
}

const ZUO: Work = Work {
    english: "Zuo and Zhao 2025",
    chinese: "Zuo 与 Zhao 2025",
    entry: "Zuo X., Zhao W. (2025). Spatiotemporal Dynamics and Emission Reduction Potential of the Ecological Footprint of \
            Industrial Carbon Emissions in China, 2000–2021. ChinaXiv postprint.",
    chinese_entry: None,
};
const NICCOLUCCI: Work = Work {
    english: "Niccolucci et al. 2011",
    chinese: "Niccolucci 等 2011",
    entry: "Niccolucci V., Galli A., Reed A., Neri E., Wackernagel M., Bastianoni S. (2011). Towards a 3D National Ecological \
            Footprint Geography. Ecological Modelling 222, 2939–2944.",
    chinese_entry: None,
};
const FANG: Work = Work {
    english: "Fang 2013",
    chinese: "方恺 2013",
    entry: "Fang K. (2013). Ecological footprint depth and size: new indicators for a 3D model. Acta Ecologica Sinica 33, 267–274.",
    chinese_entry: Some("方恺 (2013). 生态足迹深度和广度：构建三维模型的新指标. 生态学报 33, 267–274."),
};
const XIE: Work = Work {
    english: "Xie et al. 2008",
    chinese: "谢鸿宇等 2008",
    entry: "Xie H., Chen X., Lin K., Hu A. (2008). The ecological footprint analysis of fossil energy and electricity. Acta Ecologica \
            Sinica 28, 1729–1735.",
    chinese_entry: Some(
        "谢鸿宇, 陈贤生, 林凯荣, 胡安焱 (2008). 基于碳循环的化石能源及电力生态足迹. 生态学报 28, 1729–1735.",
    ),
};
const FISHER: Work = Work {
    english: "Fisher 1958",
    chinese: "Fisher 1958",
    entry: "Fisher W. D. (1958). On grouping for maximum homogeneity. Journal of the American Statistical Association 53, 789–798.",
    chinese_entry: None,
};
const MORAN: Work = Work {
    english: "Moran 1950",
    chinese: "Moran 1950",
    entry: "Moran P. A. P. (1950). Notes on continuous stochastic phenomena. Biometrika 37, 17–23.",
    chinese_entry: None,
};
const ANSELIN: Work = Work {
    english: "Anselin 1995",
    chinese: "Anselin 1995",
    entry: "Anselin L. (1995). Local indicators of spatial association – LISA. Geographical Analysis 27, 93–115.",
    chinese_entry: None,
};
const REY: Work = Work {
    english: "Rey 2001",
    chinese: "Rey 2001",
    entry: "Rey S. J. (2001). Spatial empirics for economic growth and convergence. Geographical Analysis 33, 195–214.",
    chinese_entry: None,
};
const BENJAMINI: Work = Work {
    english: "Benjamini and Hochberg 1995",
    chinese: "Benjamini 与 Hochberg 1995",
    entry: "Benjamini Y., Hochberg Y. (1995). Controlling the false discovery rate: a practical and powerful approach to multiple \
            testing. Journal of the Royal Statistical Society B 57, 289–300.",
    chinese_entry: None,
};
const ANG: Work = Work {
    english: "Ang 2005",
    chinese: "Ang 2005",
    entry: "Ang B. W. (2005). The LMDI approach to decomposition analysis: a practical guide. Energy Policy 33, 867–871.",
    chinese_entry: None,
};
const HYNDMAN: Work = Work {
    english: "Hyndman and Koehler 2006",
    chinese: "Hyndman 与 Koehler 2006",
    entry: "Hyndman R. J., Koehler A. B. (2006). Another look at measures of forecast accuracy. International Journal of \
            Forecasting 22, 679–688.",
    chinese_entry: None,
};
const MCKAY: Work = Work {
    english: "McKay et al. 1979",
    chinese: "McKay 等 1979",
    entry: "McKay M. D., Beckman R. J., Conover W. J. (1979). A comparison of three methods for selecting values of input variables \
            in the analysis of output from a computer code. Technometrics 21, 239–245.",
    chinese_entry: None,
};

/// A text that remembers what it cites.
struct Text<'a> {
    results: &'a RunResults,
    language: Language,
    sentences: Vec<String>,
    cited: Vec<&'static Work>,
}

/// The paragraph, the assumptions and the references.
pub(crate) fn methods(results: &RunResults, language: Language) -> String {
    let mut text = Text { results, language, sentences: Vec::new(), cited: Vec::new() };
    text.accounts();
    text.footprint();
    text.classes();
    text.space();
    text.projection();
    text.questions();
    text.uncertainty();
    text.data();
    text.written()
}

impl<'a> Text<'a> {
    /// The value of a key of the scenario, unless it is empty or turned off.
    fn key(&self, key: &str) -> Option<&'a str> {
        let found = self.results.keys.iter().find(|(known, _)| known == key);
        found.map(|(_, value)| value.as_str()).filter(|value| !matches!(*value, "" | "~" | "none" | "null"))
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
        let counts_heat_twice = match self.key("accounting.formula") {
            Some(formula) => formula == "q-s-d",
            None => self.key("accounting.preset") == Some("as-published"),
        };
        let formula = if counts_heat_twice {
            language.of(
                "Σ Q·S·D, with S the standard-coal coefficient (D already holds the heat of a unit of fuel, which this formula \
                 counts twice)",
                "Σ Q·S·D，S 为折标准煤系数（D 已含单位燃料的热值，此式重复计入）",
            )
        } else {
            "Σ Q·D"
        };
        let feedstock = match self.key("accounting.non_energy") {
            Some("exclude") => language.of("without fuel used as feedstock", "不含用作原料的燃料"),
            _ => language.of("fuel used as feedstock included", "含用作原料的燃料"),
        };
        let zuo = self.cite(&ZUO);
        self.sentences.push(if results.fuel_factors.is_empty() {
            say!(
                language,
                "Industrial carbon emissions (ICE) of {count} regions in {first}–{last} are those of the data set {}, after {zuo}.",
                "{count} 个区域 {first}–{last} 年的工业碳排放（ICE）取自数据集 {}，方法据 {zuo}。",
                results.data
            )
        } else {
            say!(
                language,
                "Industrial carbon emissions (ICE) of {count} regions in {first}–{last} are {formula}, summed over {} fuels, with Q the \
                 consumption of industry ({feedstock}) and D the carbon factor of a physical unit (data set {}), after {zuo}.",
                "{count} 个区域 {first}–{last} 年的工业碳排放（ICE）为 {formula}，对 {} 种燃料求和，Q 为工业消费量（{feedstock}），\
                 D 为单位实物量的碳排放系数（数据集 {}），方法据 {zuo}。",
                results.fuel_factors.len(),
                results.data
            )
        });
        let basis = match results.basis {
            icf_results::Basis::Carbon => language.of(
                "Emissions and sink are compared as carbon (CO₂ × 12/44).",
                "排放与碳汇均以碳计比较（CO₂ × 12/44）。",
            ),
            icf_results::Basis::AsPrinted => language.of(
                "As printed in that paper, tonnes of CO₂ are taken for tonnes of carbon, which makes emissions 44/12 times too large \
                 beside the sink.",
                "照该文原样将 CO₂ 吨数当作碳吨数，相对碳汇使排放偏大 44/12 倍。",
            ),
        };
        self.sentences.push(basis.to_owned());
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
            let listed =
                classes.iter().map(|(class, npp)| format!("{} {}", word(class, language), trimmed(*npp)));
            let listed: Vec<String> = listed.collect();
            let is_of_xie = self.results.assumptions.iter().any(|row| row.source.contains("Xie et al. 2008"));
            let xie = if is_of_xie {
                let xie = self.cite(&XIE);
                say!(language, " ({xie})", "（{xie}）")
            } else {
                String::new()
            };
            self.sentences.push(say!(
                language,
                "The carbon sink (CS) is Σ A·NPP·E over land classes, with A the area, NPP the uptake in t C/hm² ({}{xie}) and E the \
                 equivalence factor.",
                "碳汇（CS）对地类求和 Σ A·NPP·E，A 为面积，NPP 为每公顷碳吸收量（t C/hm²：{}{xie}），E 为均衡因子。",
                language.listed(&listed)
            ));
        }
        let (niccolucci, fang) = (self.cite(&NICCOLUCCI), self.cite(&FANG));
        self.sentences.push(say!(
            language,
            "Divided by η = {} t C/hm², the mean uptake of a hectare weighted by the classes' shares in it (Σ NPP·P), they give the \
             industrial carbon footprint (ICF) and the carbon ecological capacity (CEC); size is min(ICF, CEC) and depth \
             1 + max(ICF − CEC, 0)/CEC ({niccolucci}; {fang}). The depth of groups and the nation sums regional deficits, so that no \
             surplus cancels a deficit elsewhere.",
            "两者除以按份额加权的每公顷平均吸收量 η = {} t C/hm²（Σ NPP·P），得工业碳生态足迹（ICF）与碳生态承载力（CEC）；足迹广度为 \
             min(ICF, CEC)，足迹深度为 1 + max(ICF − CEC, 0)/CEC（{niccolucci}；{fang}）。分组与全国的深度对各区赤字求和，\
             一区盈余不抵消他区赤字。",
            trimmed(self.results.eta.get())
        ));
    }

    fn classes(&mut self) {
        let language = self.language;
        if let Some(split) = self.key("quadrants.split").filter(|_| !self.results.quadrants.is_empty()) {
            let split = match split {
                "mean" => language.of("means", "均值"),
                "median" => language.of("medians", "中位数"),
                other => other,
            };
            self.sentences.push(say!(
                language,
                "Mitigation quadrants split size per resident and depth of each year at their {split}.",
                "减排象限以各年人均广度与深度的{split}为界划分。"
            ));
        }
        let mut said = Vec::new();
        let mut has_breaks = false;
        for variable in Variable::ALL {
            let rows = || self.results.classes.iter().filter(|row| row.variable == variable.key());
            let Some(first) = rows().next() else { continue };
            let count = rows().filter(|row| row.year == first.year).count();
            let method = method_words(first.method).to(language).to_lowercase();
            has_breaks |= first.method.ends_with("natural-breaks");
            let together = match first.year {
                None => language.of("all years together", "各年合并"),
                Some(_) => language.of("each year by itself", "逐年"),
            };
            said.push(say!(
                language,
                "{} by {method} into {count} classes, {together}",
                "{}按{method}分为 {count} 级（{together}）",
                variable.words(language)
            ));
        }
        if said.is_empty() {
            return;
        }
        let fisher = if has_breaks {
            let fisher = self.cite(&FISHER);
            say!(
                language,
                " (natural breaks: the exact optimum, {fisher})",
                "（自然断点为精确最优，{fisher}）"
            )
        } else {
            String::new()
        };
        self.sentences.push(say!(
            language,
            "Values are classed: {}{fisher}.",
            "数值分级：{}{fisher}。",
            language.apart(&said)
        ));
    }

    fn space(&mut self) {
        let (language, results) = (self.language, self.results);
        let Some(row) = results.moran.iter().find(|row| row.statistic.is_some()) else { return };
        let of = |variable: &Variable| results.moran.iter().any(|row| row.variable == variable.key());
        let of: Vec<&str> = Variable::ALL.iter().filter(|it| of(it)).map(|it| it.words(language)).collect();
        let of = of.join(language.of(" and ", "与"));
        let weights = self.key("spatial.weights.kind").unwrap_or("–");
        let (permutations, links) = (row.permutations, results.links.len());
        let (moran, anselin) = (self.cite(&MORAN), self.cite(&ANSELIN));
        let level = results.significance;
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
            "Spatial autocorrelation of {of} is measured by Moran's I ({moran}) and its local form ({anselin}) with row-standardised \
             weights ({weights}; {links} links, declared ones included), {permutations} permutations and pseudo p-values that count \
             departures from the expectation to either side; local labels stand at {level}{adjusted}.",
            "{of}的空间自相关采用莫兰指数（{moran}）及其局部形式（{anselin}），权重行标准化（{weights}，含声明的邻接共 {links} 条），\
             {permutations} 次置换，伪 p 值计入偏离期望值的两侧；局部标签的显著性水平为 {level}{adjusted}。"
        ));
        if !results.transitions.is_empty() {
            let rey = self.cite(&REY);
            self.sentences.push(say!(
                language,
                "Transitions between the first and the last complete year follow {rey}.",
                "首个与末个完整年份间的转移类型据 {rey}。"
            ));
        }
    }

    fn projection(&mut self) {
        let (language, results) = (self.language, self.results);
        if !results.models.is_empty() {
            self.sentences.push(say!(
                language,
                "Emissions, sink and residents of each region are carried on to {} as the assumptions below say.",
                "各区域的排放、碳汇与人口按下列假设外推至 {} 年。",
                results.horizon
            ));
        }
        let levers = results.lever_effects.chunk_by(|a, b| a.order == b.order).count();
        if levers > 0 {
            self.sentences.push(say!(
                language,
                "{} levers act on the projection one after the other; their effects are told in that order and alone.",
                "{} 项措施依次作用于预测；其效果按该顺序及单独分别给出。",
                levers
            ));
        }
        if !results.trade_balance.is_empty() {
            self.sentences.push(
                language
                    .of(
                        "Surplus and deficit of sink are matched at the least tonne-kilometres, in an account beside the footprints.",
                        "碳汇盈余与赤字按吨公里最小匹配，作为足迹之外的附属账户。",
                    )
                    .to_owned(),
            );
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
        let whole =
            |row: &&DecompositionRow| row.scope == "nation" && row.span == "whole" && row.change.is_some();
        if let Some(row) = results.decomposition.iter().find(whole) {
            let ang = self.cite(&ANG);
            self.sentences.push(say!(
                language,
                "Changes of emissions from {} to {} are decomposed by the logarithmic mean Divisia index ({ang}), with gross regional \
                 product at current prices.",
                "{} 至 {} 年排放的变化按对数平均迪氏指数（{ang}）分解，地区生产总值按当年价格。",
                row.from,
                row.to
            ));
        }
    }

    fn questions(&mut self) {
        let (language, results) = (self.language, self.results);
        let mut thresholds: Vec<&str> = results.thresholds.iter().map(|row| row.threshold.as_str()).collect();
        thresholds.sort_unstable();
        thresholds.dedup();
        if !thresholds.is_empty() {
            self.sentences.push(say!(
                language,
                "A threshold ({}) counts as crossed in the first projected year above its level; years of the history above it are told \
                 apart.",
                "阈值（{}）以首个高于其水平的预测年为突破年份；历史上高于水平的年份另列。",
                thresholds.join(language.of(", ", "、"))
            ));
        }
        if !results.solutions.is_empty() {
            self.sentences.push(
                language
                    .of(
                        "What just keeps a threshold uncrossed was found by solving the run backwards for one quantity at a time.",
                        "恰不突破阈值的取值通过对单一变量逐一反解得到。",
                    )
                    .to_owned(),
            );
        }
    }

    fn uncertainty(&mut self) {
        let (language, results) = (self.language, self.results);
        if let Some(row) = results.threshold_probability.first() {
            let design = match self.key("uncertainty.sampling").unwrap_or("latin-hypercube") {
                "latin-hypercube" => {
                    let mckay = self.cite(&MCKAY);
                    say!(language, "Latin hypercube sampling ({mckay})", "拉丁超立方抽样（{mckay}）")
                }
                "sobol" => language.of("a scrambled Sobol' sequence", "加扰 Sobol' 序列").to_owned(),
                _ => language.of("simple random sampling", "简单随机抽样").to_owned(),
            };
            self.sentences.push(say!(
                language,
                "Uncertain inputs were drawn {} times by {design}; probabilities are shares of the draws.",
                "不确定输入以{design}抽样 {} 次；概率为抽样比例。",
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

    fn data(&mut self) {
        let (language, results) = (self.language, self.results);
        let rows = &results.data_quality;
        if !rows.is_empty() {
            let estimates = rows.iter().filter(|row| row.flag == "estimate").count();
            let altered =
                rows.iter().filter(|row| row.action != "kept" && row.action != "left missing").count();
            self.sentences.push(say!(
                language,
                "Of the input, {estimates} figures are estimates by those who made the tables, {} more are doubtful or missing, and \
                 {altered} were filled or set here.",
                "输入数据中有 {estimates} 个为原表编制者的估计值，另有 {} 个存疑或缺失；其中 {altered} 个由本次运行填补或设定。",
                rows.len() - estimates
            ));
        }
        self.sentences.push(say!(
            language,
            "Computed by icf {} (scenario {}, seed {}).",
            "由 icf {} 计算（情景 {}，随机种子 {}）。",
            env!("CARGO_PKG_VERSION"),
            results.scenario,
            results.seed
        ));
    }

    fn written(mut self) -> String {
        let language = self.language;
        let names = chinese_names(self.results);
        let assumptions = self.results.assumptions.iter().map(|row| {
            let [value, source] = [&row.value, &row.source].map(|text| said(text, language, &names));
            say!(language, "- {}: {value} ({source})\n", "- {}：{value}（{source}）\n", row.key)
        });
        let assumptions: String = assumptions.collect();
        self.cited.sort_by_key(|work| work.entry);
        let references = self.cited.iter().map(|work| format!("- {}\n", work.entry(language)));
        let references: String = references.collect();
        let mut text =
            format!("# {}\n\n{}\n", language.of("Methods", "方法"), language.sentences(&self.sentences));
        if !assumptions.is_empty() {
            text.push_str(&format!("\n## {}\n\n{assumptions}", language.of("Assumptions", "假设")));
        }
        let words = language.of("Sources of the data are told with the data set.", "数据来源见数据集说明。");
        text + &format!("\n## {}\n\n{references}\n{words}\n", language.of("References", "参考文献"))
    }
}
