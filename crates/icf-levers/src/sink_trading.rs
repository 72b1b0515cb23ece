//! Who buys sink of whom.

use icf_units::TonnesCarbon;

use crate::{Transport, TransportError};

/// Sink that one region lets another have in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// Place of the region with the surplus.
    pub from: usize,
    /// Place of the region with the deficit.
    pub to: usize,
    /// What flows, in whole tonnes.
    pub tonnes: TonnesCarbon,
    /// How far the two are from each other, in metres.
    pub metres: u64,
}

/// How a region stands before and after.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Sink less emissions, in whole tonnes towards zero: above zero is a surplus.
    pub before: TonnesCarbon,
    /// What it gives away, or what of its deficit is covered.
    pub traded: TonnesCarbon,
    /// What one tonne more would change of the least Σ metres·tonnes, in metres: more surplus saves it, more deficit costs it.
    pub price_metres: i64,
}

/// The account of a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// What flows, by seller and buyer.
    pub flows: Vec<Flow>,
    /// How each region stands; `None` where its balance is not known, or is less than a tonne.
    pub standings: Vec<Option<Standing>>,
}

/// Matches deficits with surpluses so that Σ metres·tonnes is the least: the transport problem of [`Transport`]. When the
/// surpluses do not suffice all of them go, and the rest of the deficits stays.
///
/// `balance` is sink less emissions of each region. Amounts are whole tonnes; what is below one stays out. Trading is an
/// account beside: it changes neither emissions nor sink of a region. Source: the paper, section 5, recommendation 2
/// ("carbon sink trading mechanisms, enabling eastern regions to purchase carbon sink quotas").
///
/// ```
/// use icf_levers::sink_trading;
/// use icf_units::TonnesCarbon;
/// let balance = [-30.0, 20.0, 50.0].map(|tonnes| Some(TonnesCarbon::new(tonnes)));
/// let account = sink_trading(&balance, |a, b| if a + b == 1 { 100 } else { 400 })?;
/// let flows: Vec<_> = account.flows.iter().map(|flow| (flow.from, flow.to, flow.tonnes.get())).collect();
/// assert_eq!(flows, [(1, 0, 20.0), (2, 0, 10.0)]);
/// // A tonne more of the near surplus saves 300 m, a tonne more of the deficit costs 400 m.
/// let prices: Vec<_> = account.standings.iter().flatten().map(|standing| standing.price_metres).collect();
/// assert_eq!(prices, [400, 300, 0]);
/// # Ok::<(), icf_levers::TransportError>(())
/// ```
///
/// # Errors
/// When the problem cannot be solved exactly.
pub fn sink_trading(
    balance: &[Option<TonnesCarbon>],
    metres: impl Fn(usize, usize) -> u64,
) -> Result<Account, TransportError> {
    let tonnes = |region: usize| balance[region].map_or(0.0, |balance| balance.get().trunc());
    let (sellers, buyers): (Vec<usize>, Vec<usize>) =
        (0..balance.len()).filter(|region| tonnes(*region) != 0.0).partition(|region| tonnes(*region) > 0.0);
    let amounts = |regions: &[usize]| regions.iter().map(|region| whole(tonnes(*region).abs())).collect();
    let distance = |from: &usize| buyers.iter().map(|to| metres(*from, *to)).collect::<Vec<u64>>();
    let problem = Transport {
        supply: amounts(&sellers),
        demand: amounts(&buyers),
        cost: sellers.iter().flat_map(distance).collect(),
    };
    let plan = problem.solve()?;
    let mut standings = vec![None; balance.len()];
    let mut flows = Vec::new();
    for (place, &from) in sellers.iter().enumerate() {
        let row = &plan.flow[place * buyers.len()..(place + 1) * buyers.len()];
        standings[from] = Some(Standing {
            before: TonnesCarbon::new(tonnes(from)),
            traded: mass(row.iter().sum()),
            price_metres: plan.supply_price[place],
        });
        for ((&to, &flow), nth) in buyers.iter().zip(row).zip(0..) {
            if flow > 0 {
                let metres = problem.cost[place * buyers.len() + nth];
                flows.push(Flow { from, to, tonnes: mass(flow), metres });
            }
        }
    }
    for (place, &to) in buyers.iter().enumerate() {
        let bought = plan.flow.iter().skip(place).step_by(buyers.len()).sum();
        standings[to] = Some(Standing {
            before: TonnesCarbon::new(tonnes(to)),
            traded: mass(bought),
            price_metres: plan.demand_price[place],
        });
    }
    Ok(Account { flows, standings })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number of tonnes; the transport problem refuses what is too large to be exact"
)]
fn whole(tonnes: f64) -> u64 {
    tonnes as u64
}

#[expect(clippy::cast_precision_loss, reason = "the transport problem refuses amounts that are not exact")]
fn mass(tonnes: u64) -> TonnesCarbon {
    TonnesCarbon::new(tonnes as f64)
}
