//! The transport problem against every plan there is, against closed forms, and against its own prices.

use icf_levers::{Plan, Transport};
use proptest::prelude::*;

/// The least cost of a plan that serves as much as can be, by trying all of them.
fn by_trying_all(problem: &Transport) -> u128 {
    fn go(problem: &Transport, cell: usize, rest: &mut [u64], open: &mut [u64]) -> Option<u128> {
        if cell == problem.cost.len() {
            let served = rest.iter().all(|rest| *rest == 0) || open.iter().all(|open| *open == 0);
            return served.then_some(0);
        }
        let (from, to) = (cell / open.len(), cell % open.len());
        (0..=rest[from].min(open[to]))
            .filter_map(|flow| {
                rest[from] -= flow;
                open[to] -= flow;
                let below = go(problem, cell + 1, rest, open);
                rest[from] += flow;
                open[to] += flow;
                Some(below? + u128::from(problem.cost[cell]) * u128::from(flow))
            })
            .min()
    }
    go(problem, 0, &mut problem.supply.clone(), &mut problem.demand.clone())
        .expect("some plan serves all it can")
}

/// Feasibility, feasible prices, and equal costs of plan and prices: together they prove the optimum.
fn assert_proved(problem: &Transport, plan: &Plan) {
    let (m, n) = (problem.supply.len(), problem.demand.len());
    let sent = |i: usize| plan.flow[i * n..(i + 1) * n].iter().sum::<u64>();
    let got = |j: usize| (0..m).map(|i| plan.flow[i * n + j]).sum::<u64>();
    assert!((0..m).all(|i| sent(i) <= problem.supply[i]), "{problem:?} {plan:?}");
    assert!((0..n).all(|j| got(j) <= problem.demand[j]), "{problem:?} {plan:?}");
    let volume: u64 = (0..m).map(sent).sum();
    assert_eq!(volume, problem.supply.iter().sum::<u64>().min(problem.demand.iter().sum()));
    for i in 0..m {
        for j in 0..n {
            let reduced = i128::from(problem.cost[i * n + j]) - i128::from(plan.demand_price[j])
                + i128::from(plan.supply_price[i]);
            assert!(reduced >= 0, "{problem:?} {plan:?}");
        }
    }
    let worth = |amounts: &[u64], prices: &[i64]| -> i128 {
        amounts.iter().zip(prices).map(|(amount, price)| i128::from(*amount) * i128::from(*price)).sum()
    };
    let dual = worth(&problem.demand, &plan.demand_price) - worth(&problem.supply, &plan.supply_price);
    assert_eq!(i128::try_from(problem.cost_of(plan)).ok(), Some(dual), "{problem:?} {plan:?}");
    for (i, price) in plan.supply_price.iter().enumerate().filter(|(i, _)| sent(*i) < problem.supply[*i]) {
        assert_eq!(*price, 0, "supply {i} has some left over");
    }
    for (j, price) in plan.demand_price.iter().enumerate().filter(|(j, _)| got(*j) < problem.demand[*j]) {
        assert_eq!(*price, 0, "demand {j} is not served");
    }
}

#[track_caller]
fn check(supply: &[u64], demand: &[u64], cost: &[u64], expected: u128) {
    let problem = Transport { supply: supply.to_vec(), demand: demand.to_vec(), cost: cost.to_vec() };
    let plan = problem.solve().expect("the problem has a plan");
    assert_eq!(problem.cost_of(&plan), expected, "{plan:?}");
    assert_proved(&problem, &plan);
}

#[test]
fn plans_computed_by_hand() {
    check(&[10], &[4], &[3], 12);
    check(&[10], &[14], &[3], 30);
    check(&[1, 1], &[1, 1], &[1, 2, 3, 10], 5);
    // Nearest first would take 1·1 and then 1·10.
    check(&[1, 1], &[1, 1], &[1, 2, 2, 10], 4);
    check(&[0, 5], &[5, 0], &[1, 1, 7, 1], 35);
    check(&[], &[5], &[], 0);
    check(&[5], &[], &[], 0);
    check(&[0, 0], &[3], &[1, 2], 0);
    // 70·8 + 50·6, 70·10 + 10·12 and 80·3.
    check(&[120, 80, 80], &[150, 70, 60], &[8, 5, 6, 15, 10, 12, 3, 9, 10], 1920);
}

proptest! {
    #[test]
    fn no_plan_is_better_than_the_best_of_all(
        (m, n) in (1_usize..=3, 1_usize..=3),
        supply in prop::collection::vec(0_u64..4, 3),
        demand in prop::collection::vec(0_u64..4, 3),
        cost in prop::collection::vec(0_u64..6, 9),
    ) {
        let problem =
            Transport { supply: supply[..m].to_vec(), demand: demand[..n].to_vec(), cost: cost[..m * n].to_vec() };
        let plan = problem.solve().unwrap();
        prop_assert_eq!(problem.cost_of(&plan), by_trying_all(&problem));
        assert_proved(&problem, &plan);
    }

    #[test]
    fn prices_prove_every_plan(
        (m, n) in (1_usize..=14, 1_usize..=14),
        supply in prop::collection::vec(0_u64..500_000_000, 14),
        demand in prop::collection::vec(0_u64..500_000_000, 14),
        cost in prop::collection::vec(0_u64..5_000_000, 196),
    ) {
        let problem =
            Transport { supply: supply[..m].to_vec(), demand: demand[..n].to_vec(), cost: cost[..m * n].to_vec() };
        let plan = problem.solve().unwrap();
        assert_proved(&problem, &plan);
        prop_assert_eq!(problem.solve().unwrap(), plan);
    }

    /// On a line the least cost is Σ gap·|F − G|, with F and G what stands to the left of the gap (Vallender 1974).
    #[test]
    fn on_a_line_the_least_cost_has_a_closed_form(
        points in prop::collection::btree_map(0_u64..1000, -50_i64..50, 2..12),
    ) {
        let mut points: Vec<(u64, i64)> = points.into_iter().collect();
        let surplus: i64 = points.iter().map(|point| point.1).sum();
        points.last_mut().unwrap().1 -= surplus;
        let of = |sign: i64| points.iter().copied().filter(move |point| point.1 * sign > 0);
        let amounts = |sign: i64| of(sign).map(|point| point.1.unsigned_abs()).collect::<Vec<u64>>();
        let cost = of(1).flat_map(|from| of(-1).map(move |to| from.0.abs_diff(to.0))).collect();
        let problem = Transport { supply: amounts(1), demand: amounts(-1), cost };
        let mut left = 0_i64;
        let expected: u128 = points
            .windows(2)
            .map(|pair| {
                left += pair[0].1;
                u128::from(left.unsigned_abs()) * u128::from(pair[1].0 - pair[0].0)
            })
            .sum();
        prop_assert_eq!(problem.cost_of(&problem.solve().unwrap()), expected);
    }
}
