//! Names of the run's tables and columns, and the words in their cells, in the reader's language.
//!
//! The tables on disk speak English; a page in Chinese shows them with these words. What a data set or a scenario
//! says, such as a source, stays as it was said.

use crate::Language;
use crate::wording::capitalised;

/// Table, title in Chinese.
const TABLES: [(&str, &str); 8] = [
    ("assumptions", "本次运行的假设"),
    ("data_quality", "被填补或带有须知标记的输入数据项"),
    ("early_warning", "各区域多快可能出现赤字，最紧迫者居前"),
    ("fuel_factors", "所用的燃料碳排放系数"),
    ("input_errors", "对输入数据误差的假定"),
    ("models", "各区域各量的预测模型"),
    ("moran_ensemble", "输入数据有误差时各年各变量的全局莫兰指数"),
    ("sensitivity", "各项不确定输入对全国结论的作用"),
];

/// Column, name in Chinese.
const COLUMNS: [(&str, &str); 68] = [
    ("action", "处理"),
    ("applied", "采用系数"),
    ("backtest_mape", "回溯检验 MAPE"),
    ("bin", "分箱误差"),
    ("deterministic", "不抽样"),
    ("distribution", "分布"),
    ("draws", "抽样数"),
    ("each", "独立单位"),
    ("emissions_change", "排放变化"),
    ("error", "误差序号"),
    ("factor", "碳排放系数"),
    ("factors", "每次抽取的因子数"),
    ("fitted_from", "拟合起年"),
    ("fitted_to", "拟合止年"),
    ("flag", "标记"),
    ("fuel", "燃料"),
    ("group", "分组"),
    ("high", "高端"),
    ("in_deficit", "已赤字"),
    ("input", "输入"),
    ("item", "项目"),
    ("items", "项目"),
    ("key", "键"),
    ("low", "低端"),
    ("mean", "均值"),
    ("measure", "度量"),
    ("method", "方法"),
    ("model", "模型"),
    ("moves_first", "先动指标"),
    ("n", "n"),
    ("naive_mape", "“不变”预测 MAPE"),
    ("name", "名称"),
    ("note", "说明"),
    ("of", "对象"),
    ("output", "结论"),
    ("p_first", "首个预测年概率"),
    ("p_folded", "伪 p 值"),
    ("p_horizon", "目标年概率"),
    ("p_significant", "显著的比例"),
    ("p_significant_se", "显著比例的标准误"),
    ("q025", "2.5 % 分位"),
    ("q10", "10 % 分位"),
    ("q50", "中位数"),
    ("q90", "90 % 分位"),
    ("q975", "97.5 % 分位"),
    ("quantity", "量"),
    ("r_squared", "R²"),
    ("rank", "位次"),
    ("rate", "年变化率"),
    ("region", "区域"),
    ("regions", "区域"),
    ("scope", "范围"),
    ("sd", "标准差"),
    ("sink_change", "碳汇变化"),
    ("source", "来源"),
    ("standard_coal", "折标准煤系数"),
    ("table", "表"),
    ("threshold", "阈值"),
    ("undefined", "未定义数"),
    ("unit", "单位"),
    ("value", "值"),
    ("variable", "变量"),
    ("year", "年份"),
    ("year_50", "概率过半的年份"),
    ("year_90", "概率超过 90 % 的年份"),
    ("years_to_50", "距概率过半的年数"),
    ("years_to_90", "距概率超过 90 % 的年数"),
    ("z", "z"),
];

/// Words of the tables' closed vocabularies.
const VOCABULARY: [(&str, &str); 118] = [
    ("Coke", "焦炭"),
    ("Crude oil", "原油"),
    ("Diesel oil", "柴油"),
    ("Fuel oil", "燃料油"),
    ("Gasoline", "汽油"),
    ("I", "I"),
    ("Kerosene", "煤油"),
    ("Natural gas", "天然气"),
    ("Raw coal", "原煤"),
    ("activity", "活动水平"),
    ("afforestation", "造林"),
    ("already", "已赤字"),
    ("areas", "面积"),
    ("as-published", "照原文口径"),
    ("best", "择优"),
    ("briquettes", "型煤"),
    ("cagr", "复合变化率"),
    ("capacity", "承载力"),
    ("capture", "碳捕集"),
    ("central", "中部"),
    ("class", "地类"),
    ("cleaned-coal", "洗精煤"),
    ("cluster", "集聚"),
    ("coherent", "一致口径"),
    ("coke", "焦炭"),
    ("coke-oven-gas", "焦炉煤气"),
    ("common", "全体共用"),
    ("constant", "不变"),
    ("crossing", "突破年份"),
    ("crude-oil", "原油"),
    ("damped", "阻尼趋势"),
    ("deficit", "赤字"),
    ("depth", "足迹深度"),
    ("diesel-oil", "柴油"),
    ("direction only", "仅方向一致"),
    ("drift", "漂移"),
    ("drought", "干旱"),
    ("east", "东部"),
    ("efficiency", "能效"),
    ("electrification", "电气化"),
    ("emissions", "排放"),
    ("energy", "能源"),
    ("estimate", "估计值"),
    ("factors", "系数"),
    ("first", "一阶"),
    ("forest", "森林"),
    ("fuel", "燃料"),
    ("fuel-oil", "燃料油"),
    ("fuel-switch", "燃料替代"),
    ("gasoline", "汽油"),
    ("grassland", "草地"),
    ("ice_tco2", "工业碳排放"),
    ("inventory", "全国清查"),
    ("isolated", "无邻接"),
    ("kaya", "Kaya 恒等式"),
    ("kept", "保留"),
    ("kerosene", "煤油"),
    ("land", "土地"),
    ("left missing", "保留缺失"),
    ("log-linear", "对数线性"),
    ("logistic-peak", "逻辑斯蒂达峰"),
    ("lower-bound", "下限"),
    ("lpg", "液化石油气"),
    ("margin", "余量"),
    ("missing", "缺失"),
    ("modis-2019", "MODIS 2019"),
    ("morris", "Morris 筛选"),
    ("mu", "μ"),
    ("mu_star", "μ*"),
    ("nation", "全国"),
    ("natural-gas", "天然气"),
    ("never", "未出现"),
    ("no", "否"),
    ("none", "无"),
    ("northeast", "东北"),
    ("not computable from the data", "数据不足以计算"),
    ("not reproduced", "未能重现"),
    ("ns", "不显著"),
    ("other-coking-products", "其他焦化产品"),
    ("other-gas", "其他煤气"),
    ("other-petroleum-products", "其他石油制品"),
    ("other-washed-coal", "其他洗煤"),
    ("outlier", "离群值"),
    ("partial", "偏秩相关"),
    ("path", "给定路径"),
    ("phase", "阶段"),
    ("population", "人口"),
    ("rank", "秩相关"),
    ("rasters", "栅格"),
    ("rate", "定变化率"),
    ("raw-coal", "原煤"),
    ("refinery-gas", "炼厂干气"),
    ("region", "区域"),
    ("region and class", "区域与地类"),
    ("region and fuel", "区域与燃料"),
    ("relocation", "产业转移"),
    ("reproduced", "重现"),
    ("segmented", "分段"),
    ("sigma", "σ"),
    ("sink", "碳汇"),
    ("sink-degradation", "碳汇退化"),
    ("size", "广度"),
    ("size_hm2_per_capita", "人均足迹广度"),
    ("sobol", "Sobol’ 指数"),
    ("spearman", "Spearman 秩相关"),
    ("standards", "排放标准"),
    ("suspect", "可疑"),
    ("swing", "摆幅"),
    ("theil-sen", "Theil–Sen 斜率"),
    ("top-down", "自上而下"),
    ("tornado", "龙卷风图"),
    ("total", "总效应"),
    ("trade", "碳汇交易"),
    ("undefined", "未定义"),
    ("west", "西部"),
    ("whole", "全时段"),
    ("yes", "是"),
    ("yuan", "元"),
];

/// The name of a column as a head shows it.
pub(super) fn column(name: &str, language: Language) -> String {
    match found(&COLUMNS, name) {
        Some(chinese) if language == Language::Chinese => chinese.to_owned(),
        _ => capitalised(&name.replace('_', " ")),
    }
}

/// The title of a table, which in English it brings itself.
pub(super) fn title<'a>(table: &str, english: &'a str, language: Language) -> &'a str {
    match found(&TABLES, table) {
        Some(chinese) if language == Language::Chinese => chinese,
        _ => english.trim_end_matches('.'),
    }
}

/// A word of a closed vocabulary; any other text stays as it is.
pub(crate) fn word(text: &str, language: Language) -> &str {
    match known_word(text) {
        Some(chinese) if language == Language::Chinese => chinese,
        _ => text,
    }
}

/// The Chinese of a word of a closed vocabulary.
pub(super) fn known_word(text: &str) -> Option<&'static str> {
    found(&VOCABULARY, text)
}

/// What the paper has done in a zone.
pub(super) fn strategy<'a>(quadrant: &str, english: &'a str, language: Language) -> &'a str {
    let chinese = match quadrant {
        "I" => "优先减排：碳捕集、零碳工艺，严格限制新增高碳项目。",
        "II" => "重点减排：发展可再生能源，废物与余热循环利用，生态补偿。",
        "III" => "监测预防：加强监测，引导低碳，修复生态系统。",
        "IV" => "保护碳汇：保护并从中获益，防止排放反弹。",
        _ => english,
    };
    language.of(english, chinese)
}

fn found(list: &[(&'static str, &'static str)], name: &str) -> Option<&'static str> {
    list.binary_search_by_key(&name, |entry| entry.0).ok().map(|place| list[place].1)
}

#[cfg(test)]
mod tests {
    use icf_results::{
        AssumptionRow, DataQualityRow, EarlyWarningRow, FuelFactorRow, InputErrorRow, ModelRow,
        MoranEnsembleRow, Record, SensitivityRow, Table,
    };

    use super::*;

    #[test]
    fn the_lists_are_in_order() {
        for list in [&TABLES[..], &COLUMNS, &VOCABULARY] {
            assert!(list.is_sorted_by(|a, b| a.0 < b.0), "{list:?}");
        }
    }

    /// A column that is added to one of these tables needs a word here.
    #[test]
    fn every_column_that_a_page_shows_has_a_chinese_name() {
        #[track_caller]
        fn check<R: Record>() {
            let table = Table::of::<R>(&[]);
            assert!(found(&TABLES, table.name).is_some(), "{}", table.name);
            for column in table.columns {
                assert!(found(&COLUMNS, column.name).is_some(), "{}: {}", table.name, column.name);
            }
        }
        check::<AssumptionRow>();
        check::<DataQualityRow>();
        check::<EarlyWarningRow>();
        check::<FuelFactorRow>();
        check::<InputErrorRow>();
        check::<ModelRow>();
        check::<MoranEnsembleRow>();
        check::<SensitivityRow>();
    }

    #[test]
    fn a_word_that_nobody_knows_stays() {
        assert_eq!(word("sink", Language::Chinese), "碳汇");
        assert_eq!(word("a source of ours", Language::Chinese), "a source of ours");
        assert_eq!(word("sink", Language::English), "sink");
        assert_eq!(column("p_horizon", Language::English), "P horizon");
        assert_eq!(column("p_horizon", Language::Chinese), "目标年概率");
    }
}
