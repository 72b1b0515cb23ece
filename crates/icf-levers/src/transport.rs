//! The transport problem, solved and proved.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem};

use crate::TransportError;

/// Amounts and costs above this are not handed to a solver that computes in floating point: 2⁵⁰.
const LARGEST: u64 = 1 << 50;

/// The transport problem: which supply serves which demand, at the least Σ cost·flow, when as much as can be is served.
///
/// Amounts and costs are whole numbers. A transport problem with whole amounts has a whole plan, because its matrix is
/// totally unimodular (Hoffman and Kruskal 1956, Integral boundary points of convex polyhedra); so the plan of the
/// simplex solver, which computes in floating point, is rounded and then proved in whole numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transport {
    /// What each supply has.
    pub supply: Vec<u64>,
    /// What each demand wants.
    pub demand: Vec<u64>,
    /// The cost of a unit, supply by supply.
    pub cost: Vec<u64>,
}

/// A plan, with the prices that prove it the best.
///
/// With u the price of a supply and v that of a demand, v_j − u_i ≤ c_ij for every pair, and equal where something flows;
/// what is left over has price zero. Then Σ c·x = Σ demand·v − Σ supply·u, and by weak duality no plan costs less.
/// Prices are one of several that prove the same plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What flows, supply by supply.
    pub flow: Vec<u64>,
    /// What one unit more of a supply saves: zero where some is left over.
    pub supply_price: Vec<i64>,
    /// What one unit more of a demand costs: zero where some goes unserved.
    pub demand_price: Vec<i64>,
}

impl Transport {
    /// The best plan. When supplies do not suffice, as much is served as there is, and where that costs the least.
    ///
    /// ```
    /// use icf_levers::Transport;
    /// let problem = Transport { supply: vec![5, 5], demand: vec![4, 4], cost: vec![1, 2, 10, 4] };
    /// let plan = problem.solve()?;
    /// assert_eq!(plan.flow, [4, 1, 0, 3]); // 4·1 + 1·2 + 3·4 = 18
    /// assert_eq!(problem.cost_of(&plan), 18);
    /// # Ok::<(), icf_levers::TransportError>(())
    /// ```
    ///
    /// # Errors
    /// When the costs are not a table, a number is too large to be exact, or the solver's plan cannot be proved.
    pub fn solve(&self) -> Result<Plan, TransportError> {
        let (supplies, demands) = (self.supply.len(), self.demand.len());
        if self.cost.len() != supplies * demands {
            return Err(TransportError::Costs { found: self.cost.len(), supplies, demands });
        }
        let total = |amounts: &[u64]| amounts.iter().try_fold(0_u64, |sum, amount| sum.checked_add(*amount));
        let (Some(supply), Some(demand)) = (total(&self.supply), total(&self.demand)) else {
            return Err(TransportError::TooLarge(LARGEST));
        };
        if supply.max(demand).max(self.cost.iter().copied().max().unwrap_or(0)) > LARGEST {
            return Err(TransportError::TooLarge(LARGEST));
        }
        let flow = if supply == 0 || demand == 0 {
            vec![0; self.cost.len()]
        } else {
            self.simplex(supply >= demand)?
        };
        self.prove(flow)
    }

    /// Σ cost·flow of a plan.
    #[must_use]
    pub fn cost_of(&self, plan: &Plan) -> u128 {
        self.cost.iter().zip(&plan.flow).map(|(cost, flow)| u128::from(*cost) * u128::from(*flow)).sum()
    }

    /// The plan of the solver, rounded to whole numbers.
    fn simplex(&self, suffices: bool) -> Result<Vec<u64>, TransportError> {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let pairs =
            || (0..self.supply.len()).flat_map(|from| (0..self.demand.len()).map(move |to| (from, to)));
        let flows: Vec<_> = pairs()
            .map(|(from, to)| {
                let most = self.supply[from].min(self.demand[to]);
                problem.add_var(float(self.cost[from * self.demand.len() + to]), (0.0, float(most)))
            })
            .collect();
        let (of_supply, of_demand) = match suffices {
            true => (ComparisonOp::Le, ComparisonOp::Eq),
            false => (ComparisonOp::Eq, ComparisonOp::Le),
        };
        let sum = |belongs: &dyn Fn((usize, usize)) -> bool| {
            let mut sum = LinearExpr::empty();
            pairs().zip(&flows).filter(|(pair, _)| belongs(*pair)).for_each(|(_, flow)| sum.add(*flow, 1.0));
            sum
        };
        for (place, amount) in self.supply.iter().enumerate() {
            problem.add_constraint(sum(&|(from, _)| from == place), of_supply, float(*amount));
        }
        for (place, amount) in self.demand.iter().enumerate() {
            problem.add_constraint(sum(&|(_, to)| to == place), of_demand, float(*amount));
        }
        let outcome = problem.solve().map_err(|error| TransportError::Solver(error.to_string()))?;
        let solution = outcome.solution().ok_or(TransportError::Unproved)?;
        Ok(flows.iter().map(|flow| whole(solution.var_value(*flow))).collect())
    }

    /// Checks that a plan serves what it should, and finds the prices that prove it the best.
    ///
    /// The prices are the potentials of shortest ways in the network of what could still be shifted (Bellman and Ford):
    /// there are some if and only if no cycle in it saves anything, which is when the plan is the best (Klein 1967, A
    /// primal method for minimal cost flows).
    fn prove(&self, flow: Vec<u64>) -> Result<Plan, TransportError> {
        let (supplies, demands) = (self.supply.len(), self.demand.len());
        let used = |from: usize| flow[from * demands..(from + 1) * demands].iter().sum::<u64>();
        let served = |to: usize| (0..supplies).map(|from| flow[from * demands + to]).sum::<u64>();
        let rest: Option<Vec<u64>> =
            (0..supplies).map(|from| self.supply[from].checked_sub(used(from))).collect();
        let open: Option<Vec<u64>> = (0..demands).map(|to| self.demand[to].checked_sub(served(to))).collect();
        let (Some(rest), Some(open)) = (rest, open) else { return Err(TransportError::Unproved) };
        if rest.iter().any(|rest| *rest > 0) && open.iter().any(|open| *open > 0) {
            return Err(TransportError::Unproved);
        }
        // The node of what is left over: it takes what supplies have too much, or gives what demands lack.
        let outside = supplies + demands;
        let short = open.iter().any(|open| *open > 0);
        let mut ways: Vec<(usize, usize, i64)> = Vec::new();
        for from in 0..supplies {
            for to in 0..demands {
                let cell = from * demands + to;
                let cost = i64::try_from(self.cost[cell]).expect("costs are below 2^50");
                ways.push((from, supplies + to, cost));
                if flow[cell] > 0 {
                    ways.push((supplies + to, from, -cost));
                }
            }
        }
        if short {
            for (to, open) in open.iter().enumerate() {
                ways.push((outside, supplies + to, 0));
                if *open > 0 {
                    ways.push((supplies + to, outside, 0));
                }
            }
        } else {
            for (from, rest) in rest.iter().enumerate() {
                ways.push((from, outside, 0));
                if *rest > 0 {
                    ways.push((outside, from, 0));
                }
            }
        }
        let mut potential = vec![0_i64; outside + 1];
        for round in 0..=potential.len() {
            let mut settled = true;
            for &(from, to, cost) in &ways {
                if potential[from] + cost < potential[to] {
                    potential[to] = potential[from] + cost;
                    settled = false;
                }
            }
            if settled {
                break;
            }
            if round == potential.len() {
                return Err(TransportError::Unproved);
            }
        }
        let price = |node: usize| potential[node] - potential[outside];
        Ok(Plan {
            supply_price: (0..supplies).map(price).collect(),
            demand_price: (supplies..outside).map(price).collect(),
            flow,
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "amounts and costs are below 2^50")]
fn float(amount: u64) -> f64 {
    amount as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the solver keeps a flow between 0 and what its ends hold, up to its tolerance"
)]
fn whole(flow: f64) -> u64 {
    flow.round().max(0.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(supply: &[u64], demand: &[u64], cost: &[u64]) -> Transport {
        Transport { supply: supply.to_vec(), demand: demand.to_vec(), cost: cost.to_vec() }
    }

    #[test]
    fn a_worse_plan_is_not_proved() {
        let problem = problem(&[1, 1], &[1, 1], &[0, 5, 5, 0]);
        assert_eq!(problem.prove(vec![0, 1, 1, 0]), Err(TransportError::Unproved));
        assert!(problem.prove(vec![1, 0, 0, 1]).is_ok());
    }

    #[test]
    fn a_plan_that_does_not_add_up_is_not_proved() {
        let problem = problem(&[2], &[2], &[1]);
        assert_eq!(problem.prove(vec![3]), Err(TransportError::Unproved));
        assert_eq!(problem.prove(vec![1]), Err(TransportError::Unproved));
    }

    #[test]
    fn what_cannot_be_exact_is_refused() {
        assert_eq!(problem(&[1 << 51], &[1], &[1]).solve(), Err(TransportError::TooLarge(LARGEST)));
        assert_eq!(problem(&[u64::MAX, 1], &[1], &[1, 1]).solve(), Err(TransportError::TooLarge(LARGEST)));
        assert_eq!(
            problem(&[1], &[1], &[]).solve(),
            Err(TransportError::Costs { found: 0, supplies: 1, demands: 1 })
        );
    }
}
