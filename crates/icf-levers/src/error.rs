//! What is wrong with a lever or a transport problem.

use icf_units::{Year, YearRange};

/// A lever that cannot be compiled.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("lever {}: {mistake}", .lever + 1)]
pub struct LeverError {
    /// Its place in the list.
    pub lever: usize,
    /// What is wrong.
    pub mistake: LeverMistake,
}

/// What is wrong with a lever.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum LeverMistake {
    /// A share, rate, loss or gain that is not between 0 and 1.
    #[error("the {what} {value} is not a share between 0 and 1")]
    NotAShare {
        /// Which figure.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// An amount, factor or weight below zero or beyond every number.
    #[error("the {what} {value} is not an amount of zero or more")]
    NotAnAmount {
        /// Which figure.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// A span that ends before it begins.
    #[error("its years end in {to}, before they begin in {from}")]
    YearsOutOfOrder {
        /// The first year.
        from: Year,
        /// The last year.
        to: Year,
    },
    /// A year that was observed, or lies beyond the horizon.
    #[error("{year} is not a projected year: they are {projected}")]
    YearNotProjected {
        /// The year.
        year: Year,
        /// The projected years.
        projected: YearRange,
    },
    /// A recovery that takes no time.
    #[error("a recovery takes at least one year")]
    NoRecovery,
    /// A place that is no region's.
    #[error("there is no region at place {0}")]
    NoRegion(usize),
    /// A place that is no fuel's.
    #[error("there is no fuel at place {0}")]
    NoFuel(usize),
    /// A fuel whose heat content is not known.
    #[error("the heat content of `{0}` is not known")]
    NoHeat(String),
    /// A fuel without emissions cannot be measured against another.
    #[error("the carbon factor of `{0}` is zero")]
    NoFactor(String),
    /// A fuel that takes its own place.
    #[error("`{0}` cannot take its own place")]
    SameFuel(String),
    /// Industry that moves to where it is.
    #[error("a region cannot move industry to itself")]
    SameRegion,
    /// Lists of different lengths.
    #[error("{what}: {found} values for {needed} regions")]
    WrongLength {
        /// Which list.
        what: &'static str,
        /// Its length.
        found: usize,
        /// The length it should have.
        needed: usize,
    },
}

/// A transport problem without a proved plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TransportError {
    /// The table of costs has not a cell for every pair.
    #[error("{found} costs for {supplies} surpluses and {demands} deficits")]
    Costs {
        /// Costs given.
        found: usize,
        /// Surpluses.
        supplies: usize,
        /// Deficits.
        demands: usize,
    },
    /// Amounts or costs beyond what floating point holds exactly.
    #[error("amounts above {0} cannot be held exactly")]
    TooLarge(u64),
    /// The solver gave up.
    #[error("the solver found no plan: {0}")]
    Solver(String),
    /// The plan of the solver is not whole, or not the best.
    #[error("the plan of the solver could not be proved to be the best")]
    Unproved,
}
