//! Levers by hand, and what must hold whatever the figures.

use icf_levers::{
    Afforestation, Capture, Drought, Efficiency, Electrification, Fuel, FuelSwitch, Lever, LeverMistake,
    Levers, Moved, Paths, Ramp, Relocation, Setting, Shape, SinkDegradation, Span, Standards, sink_trading,
};
use icf_units::{CarbonFactor, Hectares, Ratio, TonnesCarbon, TonnesPerHectare, Year, YearRange};
use proptest::prelude::*;

const COAL: usize = 0;
const GAS: usize = 1;

fn year(year: i32) -> Year {
    Year::new(year)
}

fn shape(regions: usize) -> Shape {
    Shape { regions, years: YearRange::new(year(2023), year(2026)).expect("2023 is before 2026") }
}

/// Coal and gas with 80 % and 20 % of emissions everywhere. A kgce of coal sets 2.8 kg free, one of gas 1.6 kg.
fn setting(regions: usize) -> Setting {
    let fuel = |name: &str, heat: f64, factor: f64| Fuel {
        name: name.to_owned(),
        standard_coal: Some(heat),
        factor: CarbonFactor::new(factor),
    };
    Setting {
        shape: shape(regions),
        fuels: vec![fuel("coal", 0.75, 2.1), fuel("gas", 1.25, 2.0)],
        fuel_shares: [0.8, 0.2].repeat(regions),
    }
}

fn span() -> Span {
    Span { from: year(2023), to: year(2026) }
}

fn ramp() -> Ramp {
    Ramp { from: year(2023), by: year(2026) }
}

fn share(share: f64) -> Ratio {
    Ratio::new(share)
}

fn efficiency(fuels: Option<Vec<usize>>, per_year: f64) -> Lever {
    Lever::Efficiency(Efficiency { regions: vec![0], fuels, per_year: share(per_year), span: span() })
}

fn switch(share_moved: f64) -> Lever {
    Lever::FuelSwitch(FuelSwitch {
        regions: vec![0],
        fuel: COAL,
        instead: GAS,
        share: share(share_moved),
        ramp: ramp(),
    })
}

fn electrification(share_moved: f64, per_heat: f64, grid_factor: f64) -> Lever {
    Lever::Electrification(Electrification {
        regions: vec![0],
        fuel: COAL,
        share: share(share_moved),
        per_heat: share(per_heat),
        grid_factor,
        ramp: ramp(),
    })
}

/// 1000 t of emissions and 500 t of sink in every cell.
fn even(regions: usize) -> Paths {
    let cells = shape(regions).cells();
    Paths { emissions: vec![TonnesCarbon::new(1000.0); cells], sink: vec![TonnesCarbon::new(500.0); cells] }
}

fn compiled(levers: &[Lever], regions: usize) -> Levers {
    Levers::compile(levers, &setting(regions)).expect("the levers have no mistake")
}

fn apply(levers: &[Lever], regions: usize) -> Paths {
    let mut paths = even(regions);
    compiled(levers, regions).apply(&mut paths);
    paths
}

fn numbers(cells: &[TonnesCarbon]) -> Vec<f64> {
    cells.iter().map(|cell| cell.get()).collect()
}

#[track_caller]
fn check(levers: &[Lever], emissions: [f64; 4]) {
    let found = numbers(&apply(levers, 1).emissions);
    assert!(found.iter().zip(emissions).all(|(a, b)| (a - b).abs() < 1e-9), "{found:?}");
}

#[track_caller]
fn check_sink(lever: Lever, sink: [f64; 4]) {
    let paths = apply(&[lever], 1);
    let found = numbers(&paths.sink);
    assert!(found.iter().zip(sink).all(|(a, b)| (a - b).abs() < 1e-9), "{found:?}");
    assert_eq!(paths.emissions, even(1).emissions);
}

#[test]
fn efficiency_of_all_fuels_and_of_one() {
    check(&[efficiency(None, 0.1)], [900.0, 810.0, 729.0, 656.1]);
    // 200 t of gas stay, 800 t of coal shrink.
    check(&[efficiency(Some(vec![COAL]), 0.1)], [920.0, 848.0, 783.2, 724.88]);
    let all = efficiency(Some(vec![COAL, GAS]), 0.1);
    check(&[all], [900.0, 810.0, 729.0, 656.1]);
    let late = Span { from: year(2025), to: year(2025) };
    let lever = Efficiency { regions: vec![0], fuels: None, per_year: share(0.1), span: late };
    check(&[Lever::Efficiency(lever)], [1000.0, 1000.0, 900.0, 900.0]);
}

#[test]
fn a_fuel_switch_keeps_the_heat() {
    // 800 t of coal emit 2.8 a kgce, gas 1.6: of what moves 1.6/2.8 comes back.
    let saved = 800.0 * (1.0 - 1.6 / 2.8);
    check(&[switch(1.0)], [0.25, 0.5, 0.75, 1.0].map(|part| 1000.0 - saved * part));
}

#[test]
fn electricity_emits_where_it_is_made() {
    // Green electricity takes coal's emissions away.
    check(&[electrification(0.5, 1.0, 0.0)], [900.0, 800.0, 700.0, 600.0]);
    // 29.3076/3.6 kWh a kgce, half of them needed, 0.5 kg a kWh, against 2.8 kg of coal.
    let back = 29.3076 / 3.6 * 0.5 * 0.5 / 2.8;
    check(
        &[electrification(1.0, 0.5, 0.5)],
        [0.25, 0.5, 0.75, 1.0].map(|x| 1000.0 - 800.0 * x * (1.0 - back)),
    );
}

#[test]
fn what_is_switched_away_cannot_be_saved_again() {
    let all = electrification(1.0, 1.0, 0.0);
    let after = apply(&[all.clone(), efficiency(Some(vec![COAL]), 0.5)], 1);
    assert!((after.emissions[3].get() - 200.0).abs() < 1e-9, "only gas is left: {:?}", after.emissions);
    let then_gas = apply(&[all, efficiency(Some(vec![GAS]), 1.0)], 1);
    assert!(then_gas.emissions[3].get().abs() < 1e-9, "nothing is left: {:?}", then_gas.emissions);
}

#[test]
fn capture_up_to_a_cap() {
    let lever = |cap: Option<f64>| {
        let cap = cap.map(TonnesCarbon::new);
        Lever::Capture(Capture { regions: vec![0], share: share(0.8), ramp: ramp(), cap })
    };
    check(&[lever(None)], [800.0, 600.0, 400.0, 200.0]);
    check(&[lever(Some(500.0))], [800.0, 600.0, 500.0, 500.0]);
    check(&[lever(Some(0.0))], [1000.0; 4]);
    let levers = compiled(&[lever(Some(500.0))], 1);
    let trace = levers.trace(&mut even(1));
    let notes: Vec<_> = trace[0].notes.iter().map(|note| (note.year.get(), note.words.as_str())).collect();
    assert_eq!(
        notes,
        [
            (2025, "held by the cap of 500 t a year for all its regions; without it 600 t"),
            (2026, "held by the cap of 500 t a year for all its regions; without it 800 t"),
        ]
    );
}

#[test]
fn forests_grow_into_their_uptake() {
    let lever = |lag: u32, weights: &[f64]| {
        Lever::Afforestation(Afforestation {
            regions: vec![0],
            area: Hectares::new(10.0),
            span: Span { from: year(2024), to: year(2025) },
            lag,
            uptake: vec![TonnesPerHectare::new(2.0)],
            weights: weights.to_vec(),
        })
    };
    check_sink(lever(0, &[3.0]), [500.0, 520.0, 540.0, 540.0]);
    check_sink(lever(2, &[0.0]), [500.0, 500.0, 510.0, 530.0]);
    let two = Lever::Afforestation(Afforestation {
        regions: vec![0, 1],
        area: Hectares::new(10.0),
        span: span(),
        lag: 0,
        uptake: vec![TonnesPerHectare::new(2.0), TonnesPerHectare::new(4.0)],
        weights: vec![1.0, 3.0],
    });
    let sink = numbers(&apply(&[two], 2).sink);
    assert_eq!((sink[0], sink[4]), (505.0, 530.0));
}

#[test]
fn sinks_wear_away_and_dry_out() {
    let lever = SinkDegradation { regions: vec![0], per_year: share(0.1), span: span() };
    check_sink(Lever::SinkDegradation(lever), [450.0, 405.0, 364.5, 328.05]);
    let drought = |years: &[i32], recovery: u32| {
        let years = years.iter().map(|of| year(*of)).collect();
        Lever::Drought(Drought { regions: vec![0], years, loss: share(0.2), recovery })
    };
    check_sink(drought(&[2024], 1), [500.0, 400.0, 500.0, 500.0]);
    check_sink(drought(&[2023, 2024], 2), [400.0, 360.0, 450.0, 500.0]);
}

#[test]
fn industry_moves() {
    let lever = |moved: Moved, gain: f64| {
        Lever::Relocation(Relocation { out_of: 0, into: 1, moved, gain: share(gain), ramp: ramp() })
    };
    let ends = |lever: Lever| {
        let emissions = numbers(&apply(&[lever], 2).emissions);
        (emissions[3], emissions[7])
    };
    assert_eq!(ends(lever(Moved::Share(share(0.3)), 0.0)), (700.0, 1300.0));
    assert_eq!(ends(lever(Moved::Amount(TonnesCarbon::new(400.0)), 0.5)), (600.0, 1200.0));
    assert_eq!(ends(lever(Moved::Amount(TonnesCarbon::new(4000.0)), 0.0)), (0.0, 2000.0));
    let levers = compiled(&[lever(Moved::Amount(TonnesCarbon::new(4000.0)), 0.0)], 2);
    let trace = levers.trace(&mut even(2));
    let words: Vec<&str> = trace[0].notes.iter().map(|note| note.words.as_str()).collect();
    assert_eq!(
        words,
        [
            "all 1000 t that were there have moved, of 2000 t",
            "all 1000 t that were there have moved, of 3000 t",
            "all 1000 t that were there have moved, of 4000 t",
        ]
    );
}

#[test]
fn standards_by_region() {
    let lever = Standards { per_year: vec![Some(share(0.1)), None], span: span() };
    let emissions = numbers(&apply(&[Lever::Standards(lever)], 2).emissions);
    assert!((emissions[3] - 656.1).abs() < 1e-9 && emissions[7] == 1000.0, "{emissions:?}");
}

#[track_caller]
fn refuse(lever: Lever, expected: &str) {
    let errors = Levers::compile(&[efficiency(None, 0.0), lever], &setting(2)).expect_err("it has a mistake");
    let found: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(found, [expected]);
}

#[test]
fn mistakes_are_named() {
    refuse(efficiency(None, 1.5), "lever 2: the rate 1.5 is not a share between 0 and 1");
    refuse(efficiency(None, f64::NAN), "lever 2: the rate NaN is not a share between 0 and 1");
    refuse(efficiency(Some(vec![7]), 0.1), "lever 2: there is no fuel at place 7");
    refuse(switch(-0.1), "lever 2: the share -0.1 is not a share between 0 and 1");
    refuse(
        electrification(0.1, 1.0, -0.5),
        "lever 2: the emission factor of electricity -0.5 is not an amount of zero or more",
    );
    let at = |from: i32, to: i32| Efficiency {
        regions: vec![0],
        fuels: None,
        per_year: share(0.1),
        span: Span { from: year(from), to: year(to) },
    };
    refuse(Lever::Efficiency(at(2022, 2025)), "lever 2: 2022 is not a projected year: they are 2023–2026");
    refuse(Lever::Efficiency(at(2025, 2024)), "lever 2: its years end in 2024, before they begin in 2025");
    refuse(
        Lever::Efficiency(Efficiency { regions: vec![2], ..at(2023, 2024) }),
        "lever 2: there is no region at place 2",
    );
    let moved = Moved::Share(share(0.1));
    let itself = Relocation { out_of: 1, into: 1, moved, gain: share(0.0), ramp: ramp() };
    refuse(Lever::Relocation(itself), "lever 2: a region cannot move industry to itself");
    let drought = Drought { regions: vec![0], years: vec![year(2024)], loss: share(0.1), recovery: 0 };
    refuse(Lever::Drought(drought), "lever 2: a recovery takes at least one year");
    let same = FuelSwitch { regions: vec![0], fuel: GAS, instead: GAS, share: share(0.1), ramp: ramp() };
    refuse(Lever::FuelSwitch(same), "lever 2: `gas` cannot take its own place");
    let rates = Standards { per_year: vec![None], span: span() };
    refuse(Lever::Standards(rates), "lever 2: rates: 1 values for 2 regions");
}

#[test]
fn a_fuel_without_heat_cannot_be_switched() {
    let mut setting = setting(1);
    setting.fuels[GAS].standard_coal = None;
    let errors = Levers::compile(&[switch(0.5)], &setting).unwrap_err();
    assert_eq!(errors[0].mistake, LeverMistake::NoHeat("gas".to_owned()));
}

fn any_levers() -> impl Strategy<Value = Vec<Lever>> {
    let fraction = || 0.0..=1.0_f64;
    let one =
        (0_usize..8, fraction(), fraction(), 0.0..2000.0_f64, 0_usize..2).prop_map(|(kind, a, b, t, i)| {
            let regions = vec![i];
            match kind {
                0 => Lever::Efficiency(Efficiency { regions, fuels: None, per_year: share(a), span: span() }),
                1 => Lever::Efficiency(Efficiency {
                    regions,
                    fuels: Some(vec![GAS]),
                    per_year: share(a),
                    span: span(),
                }),
                2 => switch(a),
                3 => electrification(a, b, b),
                4 => Lever::Capture(Capture {
                    regions: vec![0, 1],
                    share: share(a),
                    ramp: ramp(),
                    cap: (b > 0.5).then_some(TonnesCarbon::new(t)),
                }),
                5 => Lever::Relocation(Relocation {
                    out_of: i,
                    into: 1 - i,
                    moved: if b > 0.5 { Moved::Amount(TonnesCarbon::new(t)) } else { Moved::Share(share(a)) },
                    gain: share(b),
                    ramp: ramp(),
                }),
                6 => {
                    Lever::Drought(Drought { regions, years: vec![year(2024)], loss: share(a), recovery: 3 })
                }
                _ => Lever::SinkDegradation(SinkDegradation { regions, per_year: share(a), span: span() }),
            }
        });
    prop::collection::vec(one, 0..6)
}

fn any_paths() -> impl Strategy<Value = Paths> {
    let cells = || prop::collection::vec((0.0..1e9_f64).prop_map(TonnesCarbon::new), 8);
    (cells(), cells()).prop_map(|(emissions, sink)| Paths { emissions, sink })
}

proptest! {
    #[test]
    fn nothing_falls_below_zero_and_a_trace_adds_up(levers in any_levers(), start in any_paths()) {
        let compiled = compiled(&levers, 2);
        let (mut applied, mut traced) = (start.clone(), start.clone());
        compiled.apply(&mut applied);
        let trace = compiled.trace(&mut traced);
        prop_assert_eq!(&applied, &traced);
        for cell in 0..shape(2).cells() {
            let whole = |cells: &[TonnesCarbon]| cells[cell].get();
            prop_assert!(whole(&applied.emissions) >= 0.0 && whole(&applied.emissions).is_finite());
            prop_assert!(whole(&applied.sink) >= 0.0 && whole(&applied.sink).is_finite());
            let steps: f64 = trace.iter().map(|trace| whole(&trace.emissions)).sum();
            let change = whole(&applied.emissions) - whole(&start.emissions);
            prop_assert!((steps - change).abs() <= 1e-12 * whole(&start.emissions).max(1e9));
        }
    }

    #[test]
    fn a_move_without_gain_keeps_the_sum(start in any_paths(), part in 0.0..=1.0_f64) {
        let moved = Moved::Share(share(part));
        let lever = Relocation { out_of: 0, into: 1, moved, gain: share(0.0), ramp: ramp() };
        let mut paths = start.clone();
        compiled(&[Lever::Relocation(lever)], 2).apply(&mut paths);
        for place in 0..4 {
            let sum = |paths: &Paths| paths.emissions[place].get() + paths.emissions[4 + place].get();
            prop_assert!((sum(&paths) - sum(&start)).abs() <= 4.0 * f64::EPSILON * sum(&start));
        }
    }

    #[test]
    fn capture_is_within_emissions_and_cap(start in any_paths(), part in 0.0..=1.0_f64, cap in 0.0..1e9_f64) {
        let lever = Capture { regions: vec![0, 1], share: share(part), ramp: ramp(), cap: Some(TonnesCarbon::new(cap)) };
        let mut paths = start.clone();
        compiled(&[Lever::Capture(lever)], 2).apply(&mut paths);
        for place in 0..4 {
            let captured = |region: usize| {
                let cell = shape(2).cell(region, place);
                start.emissions[cell].get() - paths.emissions[cell].get()
            };
            prop_assert!(captured(0) >= 0.0 && captured(1) >= 0.0);
            prop_assert!(captured(0) + captured(1) <= cap + 1e-12 * 2e9);
        }
    }

    #[test]
    fn the_order_of_disjoint_levers_does_not_matter(start in any_paths(), a in 0.0..=1.0_f64, b in 0.0..=1.0_f64) {
        let of = |regions: Vec<usize>, fuels, per_year| {
            Lever::Efficiency(Efficiency { regions, fuels, per_year: share(per_year), span: span() })
        };
        let pairs = [
            // Regions apart, fuels apart, and emissions apart from sink.
            [of(vec![0], None, a), of(vec![1], None, b)],
            [of(vec![0], Some(vec![COAL]), a), of(vec![0], Some(vec![GAS]), b)],
            [
                of(vec![0], None, a),
                Lever::SinkDegradation(SinkDegradation { regions: vec![0], per_year: share(b), span: span() }),
            ],
        ];
        for [first, second] in pairs {
            let result = |levers: &[Lever]| {
                let mut paths = start.clone();
                compiled(levers, 2).apply(&mut paths);
                paths
            };
            let (there, back) = (result(&[first.clone(), second.clone()]), result(&[second, first]));
            for (x, y) in there.emissions.iter().zip(&back.emissions).chain(there.sink.iter().zip(&back.sink)) {
                prop_assert!((x.get() - y.get()).abs() <= 1e-13 * 1e9, "{} {}", x.get(), y.get());
            }
        }
    }

    #[test]
    fn trading_stays_within_surplus_and_deficit(
        balance in prop::collection::vec(prop::option::of(-1e9..1e9_f64), 1..12),
        metres in prop::collection::vec(0_u64..4_000_000, 144),
    ) {
        let balance: Vec<_> = balance.into_iter().map(|tonnes| tonnes.map(TonnesCarbon::new)).collect();
        let account = sink_trading(&balance, |a, b| metres[a * 12 + b]).unwrap();
        let total = |sign: f64| -> f64 {
            balance.iter().flatten().map(|b| (b.get() * sign).max(0.0).trunc()).sum()
        };
        let sold: f64 = account.flows.iter().map(|flow| flow.tonnes.get()).sum();
        prop_assert_eq!(sold, total(1.0).min(total(-1.0)));
        for (region, standing) in account.standings.iter().enumerate() {
            let Some(standing) = standing else {
                prop_assert!(balance[region].is_none_or(|balance| balance.get().abs() < 1.0));
                continue;
            };
            let through: f64 = account
                .flows
                .iter()
                .filter(|flow| flow.from == region || flow.to == region)
                .map(|flow| flow.tonnes.get())
                .sum();
            prop_assert_eq!(through, standing.traded.get());
            prop_assert!(standing.traded.get() <= balance[region].unwrap().get().abs());
        }
    }
}
