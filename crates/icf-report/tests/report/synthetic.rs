//! Made-up results: square regions in a row, whose emissions grow while their sinks shrink.

use icf_results::{
    AssumptionRow, BacktestRow, BandRow, Basis, BreakRow, DataQualityRow, DecompositionRow, EnsembleRow,
    FuelFactorRow, FuelOrigin, GravityCentreRow, GroupRow, InputFile, LandOrigin, LeverEffectRow, LisaRow,
    MoranRow, NationRow, PaperClaimRow, Phase, QuadrantRow, RegionInfo, RegionRow, RunResults,
    SensitivityRow, ThresholdProbabilityRow, ThresholdRow, TradeBalanceRow, TradeFlowRow, TransitionRow,
    Verdict,
};
use icf_units::{
    Hectares, Persons, Ratio, RegionId, TonnesCarbon, TonnesCo2, TonnesPerHectare, Year, YearRange,
};

const FIRST: i32 = 2018;
const LAST: i32 = 2021;
const HORIZON: i32 = 2025;
const ETA: f64 = 3.3;
const VARIABLES: [&str; 2] = ["size_hm2_per_capita", "depth"];

/// Results of `count` regions with every table filled.
pub(crate) fn results(count: usize) -> RunResults {
    let infos: Vec<RegionInfo> = (0..count).map(info).collect();
    let years: Vec<Year> = (FIRST..=HORIZON).map(Year::new).collect();
    let regions: Vec<RegionRow> = infos
        .iter()
        .enumerate()
        .flat_map(|(index, info)| years.iter().map(move |&year| region(index, info, year)))
        .collect();
    let nation = years.iter().map(|&year| nation(&regions, year)).collect();
    let groups = ["east", "west"]
        .iter()
        .flat_map(|name| years.iter().map(|&year| group(&regions, name, year)).collect::<Vec<_>>())
        .collect();
    RunResults {
        scenario: "trial".to_owned(),
        description: "Made-up figures.".to_owned(),
        resolved_yaml: "name: trial\n".to_owned(),
        keys: vec![],
        basis: Basis::Carbon,
        eta: icf_units::TonnesPerHectare::new(3.315),
        history: YearRange::new(Year::new(FIRST), Year::new(LAST)).expect("in order"),
        horizon: Year::new(HORIZON),
        data: "squares".to_owned(),
        seed: 7,
        significance: 0.05,
        inputs: vec![InputFile { name: "energy.csv".to_owned(), sha256: "ab12".to_owned() }],
        boundaries: boundaries(&infos),
        links: (1..count).map(|index| (infos[index - 1].id.clone(), infos[index].id.clone())).collect(),
        moran: moran(count),
        lisa: lisa(&infos),
        transitions: transitions(&infos),
        global_statistics: vec![],
        local_statistics: vec![],
        ensemble: vec![],
        threshold_probability: vec![],
        sensitivity: vec![],
        early_warning: vec![],
        input_errors: vec![],
        cluster_probability: vec![],
        quadrant_probability: vec![],
        moran_ensemble: vec![],
        lisa_markov: vec![],
        spatial_markov: vec![],
        rose: vec![],
        dynamics: vec![],
        gravity_centres: vec![],
        co_location: vec![],
        inequality: vec![],
        classes: classes(),
        quadrants: quadrants(),
        projection: Vec::new(),
        models: Vec::new(),
        backtest: backtest(&infos),
        bands: bands(&regions),
        decomposition: decomposition(&infos),
        levers: Vec::new(),
        lever_effects: Vec::new(),
        trade_flows: Vec::new(),
        trade_balance: Vec::new(),
        thresholds: thresholds(),
        data_quality: vec![DataQualityRow {
            table: "energy",
            region: infos[0].id.clone(),
            year: Year::new(FIRST),
            item: "raw_coal".to_owned(),
            flag: "estimate",
            action: "kept".to_owned(),
        }],
        solutions: vec![],
        paper_claims: vec![PaperClaimRow {
            claim: "national depth in 2021, netted".to_owned(),
            printed: "1".to_owned(),
            computed_coherent: "1.02".to_owned(),
            computed_as_published: "1.40".to_owned(),
            unit: "1",
            verdict: Verdict::Reproduced,
            why: "within 0.05 under coherent; one region's surplus cancels another's deficit".to_owned(),
        }],
        fuel_origins: fuel_origins(&infos),
        land_origins: land_origins(&infos),
        fuel_factors: vec![FuelFactorRow {
            fuel: "raw_coal".to_owned(),
            name: "Raw coal".to_owned(),
            standard_coal: Some(0.7143),
            factor: 1.9003,
            applied: 1.9003,
            source: "paper, table 1".to_owned(),
        }],
        assumptions: vec![AssumptionRow {
            key: "land.equivalence".to_owned(),
            value: "1".to_owned(),
            source: "the provincial table is not at hand".to_owned(),
        }],
        regions_info: infos,
        regions_of_data: count,
        regions,
        groups,
        nation,
    }
}

/// Results of one region and one year, with nothing but its own values.
pub(crate) fn bare() -> RunResults {
    let mut results = results(1);
    results.history = YearRange::new(Year::new(LAST), Year::new(LAST)).expect("in order");
    results.horizon = Year::new(LAST);
    results.regions.retain(|row| row.year.get() == LAST);
    results.nation.retain(|row| row.year.get() == LAST);
    results.groups.clear();
    results.backtest.clear();
    results.bands.clear();
    results.decomposition.clear();
    results.boundaries.clear();
    results.description.clear();
    results.inputs.clear();
    results.moran.clear();
    results.lisa.clear();
    results.transitions.clear();
    results.classes.clear();
    results.quadrants.clear();
    results.thresholds.clear();
    results.data_quality.clear();
    results.paper_claims.clear();
    results.fuel_factors.clear();
    results.assumptions.clear();
    results
}

/// The same results with two levers, and the first region letting the second have sink.
pub(crate) fn with_levers(count: usize) -> RunResults {
    let mut results = results(count);
    let t = TonnesCarbon::new;
    let levers = [("cleaner <plants>", "efficiency", -3e6, 0.0), ("dry", "drought", 0.0, -2e6)];
    let mut together = [0.0, 0.0];
    for (order, (name, lever, emissions, sink)) in (1..).zip(levers) {
        together = [together[0] + emissions, together[1] + sink];
        results.lever_effects.extend((LAST + 1..=HORIZON).map(|year| LeverEffectRow {
            order,
            name: name.to_owned(),
            lever,
            year: Year::new(year),
            emissions_t: t(emissions),
            sink_t: t(sink),
            emissions_alone_t: t(emissions * 1.25),
            sink_alone_t: t(sink),
            emissions_together_t: t(together[0]),
            sink_together_t: t(together[1]),
        }));
    }
    let (seller, buyer) = (results.regions_info[0].clone(), results.regions_info[1].clone());
    let year = Year::new(HORIZON);
    results.trade_flows.push(TradeFlowRow {
        year,
        from: seller.id.clone(),
        from_name: seller.name.clone(),
        to: buyer.id.clone(),
        to_name: buyer.name.clone(),
        t: t(4e6),
        hm2: Hectares::new(4e6 / ETA),
        km: 120.0,
        money: Some(8e8),
        currency: "yuan".to_owned(),
    });
    for (info, role, before, after, shadow_km) in
        [(seller, "seller", 9e6, 5e6, 0.0), (buyer, "buyer", -6e6, -2e6, 120.0)]
    {
        results.trade_balance.push(TradeBalanceRow {
            year,
            region: info.id,
            name: info.name,
            role,
            before_t: t(before),
            traded_t: t(4e6),
            after_t: t(after),
            after_hm2: Hectares::new(after / ETA),
            shadow_km,
            money: Some(8e8),
            currency: "yuan".to_owned(),
        });
    }
    results
}

/// The same results with what draws would say of them.
pub(crate) fn with_draws(count: usize) -> RunResults {
    let mut results = results(count);
    let years = || (LAST + 1..=HORIZON).map(Year::new);
    let nation = results.nation.clone();
    let value = |year: Year, of: fn(&NationRow) -> Option<TonnesCarbon>| {
        let row = nation.iter().find(|row| row.year == year).expect("every year");
        of(row).expect("made up").get()
    };
    for year in years() {
        for (quantity, middle) in
            [("emissions", value(year, |row| row.ice_t)), ("sink", value(year, |row| row.cs_t))]
        {
            let at = |share: f64| Some(share * middle);
            results.ensemble.push(EnsembleRow {
                scope: "nation",
                region: "nation".to_owned(),
                year,
                quantity,
                unit: "t C".to_owned(),
                deterministic: Some(middle),
                mean: Some(middle),
                mean_se: None,
                sd: None,
                q025: at(0.8),
                q10: at(0.9),
                q25: at(0.95),
                q50: at(1.0),
                q75: at(1.05),
                q90: at(1.1),
                q975: at(1.2),
                bin: None,
                beyond: 0,
            });
        }
    }
    let mut chance = |threshold: &str, scope, region: &str, year, p: f64| {
        results.threshold_probability.push(ThresholdProbabilityRow {
            scenario: "trial".to_owned(),
            threshold: threshold.to_owned(),
            scope,
            region: region.to_owned(),
            year,
            deterministic: Some(p > 0.5),
            p_in_year: p,
            p_in_year_se: 0.01,
            p_by_year: p,
            p_by_year_se: 0.01,
            draws: 100,
        });
    };
    years().for_each(|year| chance("sink-2025", "nation", "nation", year, 0.4));
    for (place, info) in (0_u32..).zip(&results.regions_info) {
        years().for_each(|year| chance("capacity", "region", info.id.as_str(), year, f64::from(place) / 5.0));
    }
    for (input, low, high) in [("level", 10e6, 30e6), ("rate <a>", -20e6, 60e6)] {
        results.sensitivity.push(SensitivityRow {
            threshold: "sink-2025".to_owned(),
            output: "margin",
            method: "tornado",
            input: input.to_owned(),
            measure: "swing",
            value: high - low,
            low: Some(low),
            high: Some(high),
            unit: "t C".to_owned(),
        });
    }
    results
}

/// The same results with the centre of footprint moving east and, from then on, standing still.
pub(crate) fn with_centres(count: usize) -> RunResults {
    let mut results = results(count);
    results.gravity_centres = (FIRST..=HORIZON)
        .map(|year| GravityCentreRow {
            quantity: "icf_hm2",
            year: Year::new(year),
            phase: phase(Year::new(year)),
            longitude: Some(100.5 + 0.5 * f64::from(year.min(LAST) - FIRST)),
            latitude: Some(30.5),
            major_km: None,
            minor_km: None,
            angle: None,
            moved_km: (year > FIRST).then_some(if year > LAST { 0.0 } else { 47.9 }),
            bearing: None,
        })
        .collect();
    results
}

/// One fuel that makes all emissions.
fn fuel_origins(infos: &[RegionInfo]) -> Vec<FuelOrigin> {
    let of = |info: &RegionInfo, year| FuelOrigin {
        region: info.id.clone(),
        year: Year::new(year),
        fuel: "raw_coal".to_owned(),
        emissions: TonnesCo2::new(7.6e7),
    };
    infos.iter().flat_map(|info| (FIRST..=LAST).map(move |year| of(info, year))).collect()
}

/// One class of land that makes the whole sink.
fn land_origins(infos: &[RegionInfo]) -> Vec<LandOrigin> {
    let of = |info: &RegionInfo, year| LandOrigin {
        region: info.id.clone(),
        year: Year::new(year),
        class: "forest".to_owned(),
        area: Hectares::new(2e7),
        npp: TonnesPerHectare::new(3.5),
        equivalence: Ratio::new(1.0),
    };
    infos.iter().flat_map(|info| (FIRST..=LAST).map(move |year| of(info, year))).collect()
}

fn info(index: usize) -> RegionInfo {
    RegionInfo {
        id: RegionId::new(&format!("{}0000", 11 + index)),
        iso: format!("XX-{index}"),
        name: format!("Region {index}"),
        name_zh: format!("区{index}"),
        group: if index.is_multiple_of(2) { "east" } else { "west" }.to_owned(),
    }
}

/// Unit squares side by side, and one more that is not in the run.
fn boundaries(infos: &[RegionInfo]) -> String {
    let ids = infos.iter().map(|info| info.id.as_str()).chain(["990000"]);
    let features: Vec<String> = ids
        .enumerate()
        .map(|(index, id)| {
            let (west, east) = (100 + 2 * index, 102 + 2 * index);
            format!(
                r#"{{"type":"Feature","properties":{{"region":"{id}"}},"geometry":{{"type":"Polygon","coordinates":
                [[[{west},30],[{east},30],[{east},32],[{west},32],[{west},30]]]}}}}"#
            )
        })
        .collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn phase(year: Year) -> Phase {
    if year.get() > LAST { Phase::Projection } else { Phase::History }
}

fn region(index: usize, info: &RegionInfo, year: Year) -> RegionRow {
    let passed = f64::from(year.get() - FIRST);
    let place = f64::from(u32::try_from(index).expect("few"));
    let (emissions, sink) = (2.0e7 * (1.0 + place) * (1.0 + 0.04 * passed), 7.0e7 * (1.0 - 0.0043 * passed));
    let (icf, cec, population) = (emissions / ETA, sink / ETA, 3.0e7);
    let (size, depth) = (icf.min(cec), 1.0 + (icf - cec).max(0.0) / cec);
    let (high_size, high_depth) = (size / population > 0.5, depth > 1.2);
    let (quadrant, zone) = match (high_size, high_depth) {
        (true, true) => ("I", "Core mitigation zone"),
        (false, true) => ("II", "Critical mitigation zone"),
        (false, false) => ("III", "Observation zone"),
        (true, false) => ("IV", "Buffer zone"),
    };
    RegionRow {
        region: info.id.clone(),
        name: info.name.clone(),
        group: info.group.clone(),
        year,
        phase: phase(year),
        population: Some(Persons::new(population)),
        ice_tco2: Some(TonnesCo2::new(emissions * 44.0 / 12.0)),
        ice_t: Some(TonnesCarbon::new(emissions)),
        cs_t: Some(TonnesCarbon::new(sink)),
        icf_hm2: Some(Hectares::new(icf)),
        cec_hm2: Some(Hectares::new(cec)),
        deficit_hm2: Some(Hectares::new((icf - cec).max(0.0))),
        surplus_hm2: Some(Hectares::new((cec - icf).max(0.0))),
        size_hm2: Some(Hectares::new(size)),
        depth: Some(Ratio::new(depth)),
        size_hm2_per_capita: Hectares::new(size).per_person(Persons::new(population)),
        icf_hm2_per_capita: Hectares::new(icf).per_person(Persons::new(population)),
        size_class: Some(if high_size { 2 } else { 1 }),
        depth_class: Some(if high_depth { 2 } else { 1 }),
        quadrant: Some(quadrant),
        zone: Some(zone),
        flow_occupancy: Some(Ratio::new(size / cec)),
        stock_to_flow: Some(Ratio::new(depth - 1.0)),
        note: String::new(),
    }
}

fn total(rows: &[&RegionRow], value: impl Fn(&RegionRow) -> f64) -> f64 {
    rows.iter().map(|row| value(row)).sum()
}

fn nation(regions: &[RegionRow], year: Year) -> NationRow {
    NationRow(sums(regions, "", "nation", year))
}

fn sums(regions: &[RegionRow], grouping: &str, group: &str, year: Year) -> GroupRow {
    let rows: Vec<&RegionRow> = regions.iter().filter(|row| row.year == year).collect();
    let sum = |value: fn(&RegionRow) -> f64| total(&rows, value);
    let (icf, cec) =
        (sum(|row| row.icf_hm2.expect("filled").get()), sum(|row| row.cec_hm2.expect("filled").get()));
    let deficit = sum(|row| row.deficit_hm2.expect("filled").get());
    GroupRow {
        grouping: grouping.to_owned(),
        group: group.to_owned(),
        year,
        phase: phase(year),
        regions: rows.len(),
        regions_in_deficit: rows.iter().filter(|row| row.deficit_hm2.expect("filled").get() > 0.0).count(),
        population: Some(Persons::new(sum(|row| row.population.expect("filled").get()))),
        ice_tco2: Some(TonnesCo2::new(sum(|row| row.ice_tco2.expect("filled").get()))),
        ice_t: Some(TonnesCarbon::new(sum(|row| row.ice_t.expect("filled").get()))),
        cs_t: Some(TonnesCarbon::new(sum(|row| row.cs_t.expect("filled").get()))),
        icf_hm2: Some(Hectares::new(icf)),
        cec_hm2: Some(Hectares::new(cec)),
        deficit_hm2: Some(Hectares::new(deficit)),
        surplus_hm2: Some(Hectares::new(sum(|row| row.surplus_hm2.expect("filled").get()))),
        size_hm2: Some(Hectares::new(sum(|row| row.size_hm2.expect("filled").get()))),
        depth: Some(Ratio::new(1.0 + deficit / cec)),
        depth_netted: Some(Ratio::new(1.0 + (icf - cec).max(0.0) / cec)),
        size_hm2_per_capita: None,
        icf_hm2_per_capita: None,
        note: String::new(),
    }
}

fn group(regions: &[RegionRow], name: &str, year: Year) -> GroupRow {
    let own: Vec<RegionRow> = regions.iter().filter(|row| row.group == name).cloned().collect();
    sums(&own, "group2", name, year)
}

/// The zones of the last year of the history, split where `region` splits them.
fn quadrants() -> Vec<QuadrantRow> {
    ["I", "II", "III", "IV"]
        .map(|quadrant| QuadrantRow {
            year: Year::new(LAST),
            quadrant,
            zone: "zone",
            strategy: "Cut first.",
            size_split: 0.5,
            depth_split: 1.2,
            regions: 1,
            members: "Square".to_owned(),
            on_split: String::new(),
        })
        .to_vec()
}

fn moran(count: usize) -> Vec<MoranRow> {
    let row = |variable, year| MoranRow {
        variable,
        year: Year::new(year),
        n: count,
        statistic: Some(0.1 * f64::from(year - FIRST) - 0.05),
        expected: Some(-0.2),
        variance_rand: Some(0.01),
        z_rand: Some(2.0),
        p_rand: Some(0.04),
        z_norm: Some(2.0),
        p_folded: Some(if year > 2019 { 0.01 } else { 0.3 }),
        p_greater: Some(0.01),
        p_less: Some(0.99),
        p_two_sided: Some(0.02),
        p_directed: Some(0.01),
        permutations: 999,
        variance_norm: Some(0.01),
        p_norm: Some(0.02),
        exact: false,
        tie_share: Some(0.0),
        note: String::new(),
    };
    VARIABLES.into_iter().flat_map(|variable| (FIRST..=LAST).map(move |year| row(variable, year))).collect()
}

fn lisa(infos: &[RegionInfo]) -> Vec<LisaRow> {
    let labels = ["HH", "ns", "LL", "HL", "ns", "LH"];
    let row = |variable, year: i32, index: usize, info: &RegionInfo| LisaRow {
        variable,
        year: Year::new(year),
        region: info.id.clone(),
        statistic: Some(0.5),
        z: Some(1.0),
        lag: Some(0.5),
        quadrant: if index < 3 { "HH" } else { "LL" },
        p_folded: Some(0.02),
        p_greater: Some(0.02),
        p_less: Some(0.98),
        p_two_sided: Some(0.04),
        p_directed: Some(0.02),
        exact: true,
        q_bh: Some(0.04),
        cluster: labels[(index + usize::try_from(year - FIRST).expect("later")) % labels.len()],
        geoda_code: 0,
    };
    let mut rows = Vec::new();
    for variable in VARIABLES {
        for year in FIRST..=LAST {
            rows.extend(infos.iter().enumerate().map(|(index, info)| row(variable, year, index, info)));
        }
    }
    rows
}

fn transitions(infos: &[RegionInfo]) -> Vec<TransitionRow> {
    let row = |variable, index: usize, info: &RegionInfo| TransitionRow {
        variable,
        region: info.id.clone(),
        first_year: Year::new(FIRST),
        last_year: Year::new(LAST),
        quadrant_first: if index.is_multiple_of(2) { "HH" } else { "LL" },
        quadrant_last: if index < 2 { "HH" } else { "LH" },
        cluster_first: "ns",
        cluster_last: "ns",
        rey_type: Some("I"),
    };
    VARIABLES
        .into_iter()
        .flat_map(|variable| infos.iter().enumerate().map(move |(index, info)| row(variable, index, info)))
        .collect()
}

fn classes() -> Vec<BreakRow> {
    let row = |variable, class, above, up_to, unit| BreakRow {
        variable,
        year: None,
        method: "natural-breaks",
        class,
        label: if class == 1 { "low" } else { "high" },
        above,
        up_to,
        unit,
        count: 8,
        requested: 2,
        gvf: 0.93,
        adcm: 1.5,
    };
    vec![
        row(VARIABLES[0], 1, None, 0.5, "hm2/person"),
        row(VARIABLES[0], 2, Some(0.5), 0.7, "hm2/person"),
        row(VARIABLES[1], 1, None, 1.2, "1"),
        row(VARIABLES[1], 2, Some(1.2), 2.2, "1"),
        row("balance_hm2", 1, None, 0.0, "hm2"),
        row("balance_hm2", 2, Some(0.0), 1.6e7, "hm2"),
    ]
}

fn thresholds() -> Vec<ThresholdRow> {
    let row =
        |threshold: &str, scope, region: &str, value, unit: &str, first_year: Option<i32>, margin: f64| {
            ThresholdRow {
                scenario: "trial".to_owned(),
                threshold: threshold.to_owned(),
                scope,
                region: region.to_owned(),
                value: Some(value),
                unit: unit.to_owned(),
                already_at_start: Some(false),
                first_year: first_year.map(Year::new),
                margin_horizon: Some(margin),
                margin_share: Some(margin / value),
                cumulative_overshoot: Some(0.0),
                historical_crossings: String::new(),
                depth_horizon: None,
                note: String::new(),
            }
        };
    vec![
        row("sink-2025", "nation", "nation", 5.0e8, "t C", Some(2023), -2.0e7),
        row("ceiling", "nation", "nation", 9.0e8, "t C", None, 3.8e8),
        row("capacity", "region", "130000", 2.1e7, "hm2", Some(2022), -1.0e6),
    ]
}

fn backtest(infos: &[RegionInfo]) -> Vec<BacktestRow> {
    let row = |scope, region: &str, model: &str, mase: f64| BacktestRow {
        quantity: "emissions",
        scope,
        region: region.to_owned(),
        model: model.to_owned(),
        chosen: model == "drift",
        origins: 3,
        forecasts: 6,
        mae: Some(mase * 1e6),
        unit: "t C".to_owned(),
        mase: Some(mase),
        naive_mase: Some(1.5),
        mape: Some(0.05),
        intervals80: 6,
        coverage80: Some(0.75),
        coverage80_low: Some(0.5),
        coverage80_high: Some(0.9),
        intervals95: 6,
        coverage95: Some(1.0),
        coverage95_low: None,
        coverage95_high: None,
        note: "",
    };
    let mut rows = vec![row("all", "all", "drift", 1.2), row("all", "all", "cagr", 1.1)];
    rows.extend([row("nation", "nation", "drift", 1.0), row("nation", "nation", "cagr", 0.9)]);
    let names = infos.iter().map(|info| info.id.to_string());
    rows.extend(names.flat_map(|id| [row("region", &id, "drift", 1.7), row("region", &id, "cagr", 1.4)]));
    rows
}

fn bands(regions: &[RegionRow]) -> Vec<BandRow> {
    let sum = |year: i32| {
        let of_year = regions.iter().filter(|row| row.year.get() == year);
        of_year.map(|row| row.ice_t.expect("made up").get()).sum::<f64>()
    };
    let row = |year| BandRow {
        quantity: "emissions",
        year: Year::new(year),
        value: sum(year),
        lower80: Some(0.9 * sum(year)),
        upper80: Some(1.1 * sum(year)),
        lower95: None,
        upper95: None,
        unit: "t C".to_owned(),
        errors: 4,
    };
    (LAST + 1..=HORIZON).map(row).collect()
}

fn decomposition(infos: &[RegionInfo]) -> Vec<DecompositionRow> {
    let row = |scope, region: &str, size: f64| DecompositionRow {
        scope,
        region: region.to_owned(),
        span: "whole",
        from: Year::new(FIRST),
        to: Year::new(LAST),
        change: Some(size),
        population: Some(2.0 * size),
        nominal_product_per_head: Some(3.0 * size),
        nominal_intensity: Some(-3.5 * size),
        fuel_mix: Some(-0.5 * size),
        residual: Some(0.0),
        note: String::new(),
    };
    let groups = ["east", "west"].map(|group| row("group", group, 3e6));
    let regions = infos.iter().map(|info| row("region", info.id.as_str(), 1e6));
    groups.into_iter().chain([row("nation", "nation", 6e6)]).chain(regions).collect()
}
