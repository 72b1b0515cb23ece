//! Schemes of classes, by name.

use std::str::FromStr;

use crate::{
    BreaksError, Classification, equal_intervals, head_tail_breaks, log_natural_breaks, natural_breaks,
    quantile_breaks, standard_deviation_breaks, user_defined_breaks,
};

/// A rule that makes classes, with what it needs.
#[derive(Clone, Debug, PartialEq)]
pub enum Scheme {
    /// [`natural_breaks`]; fewer distinct values than classes give fewer classes.
    NaturalBreaks {
        /// How many classes.
        classes: usize,
    },
    /// [`log_natural_breaks`]; fewer distinct values than classes give fewer classes.
    LogNaturalBreaks {
        /// How many classes.
        classes: usize,
    },
    /// [`quantile_breaks`]; bounds that coincide are one class.
    Quantile {
        /// How many classes.
        classes: usize,
    },
    /// [`equal_intervals`]; classes may be empty.
    EqualInterval {
        /// How many classes.
        classes: usize,
    },
    /// [`standard_deviation_breaks`]; classes may be empty.
    StandardDeviation {
        /// Multiples of the standard deviation, ascending.
        multiples: Vec<f64>,
    },
    /// [`head_tail_breaks`] with a head of at most 40 %; the values decide how many classes there are.
    HeadTail,
    /// [`user_defined_breaks`]; classes may be empty.
    UserDefined {
        /// Upper bounds, ascending.
        upper_bounds: Vec<f64>,
    },
}

/// The name of a scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SchemeName {
    /// Natural breaks.
    Fisher,
    /// Natural breaks of logarithms.
    LogFisher,
    /// Quantiles.
    Quantile,
    /// Equal intervals.
    EqualInterval,
    /// Mean and standard deviation.
    StdMean,
    /// Head/tail breaks.
    HeadTail,
    /// Given bounds.
    User,
}

/// A name that no scheme has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no scheme {0:?}; there are fisher, log-fisher, quantile, equal-interval, std-mean, head-tail, user"
)]
pub struct UnknownScheme(pub String);

/// Jiang's minority.
const HEAD_LIMIT: f64 = 0.4;

impl SchemeName {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Fisher,
        Self::LogFisher,
        Self::Quantile,
        Self::EqualInterval,
        Self::StdMean,
        Self::HeadTail,
        Self::User,
    ];

    /// `fisher`, `log-fisher`, `quantile`, `equal-interval`, `std-mean`, `head-tail` or `user`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fisher => "fisher",
            Self::LogFisher => "log-fisher",
            Self::Quantile => "quantile",
            Self::EqualInterval => "equal-interval",
            Self::StdMean => "std-mean",
            Self::HeadTail => "head-tail",
            Self::User => "user",
        }
    }
}

impl FromStr for SchemeName {
    type Err = UnknownScheme;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|known| known.as_str() == name)
            .ok_or_else(|| UnknownScheme(name.to_owned()))
    }
}

impl Scheme {
    /// The scheme's name.
    #[must_use]
    pub const fn name(&self) -> SchemeName {
        match self {
            Self::NaturalBreaks { .. } => SchemeName::Fisher,
            Self::LogNaturalBreaks { .. } => SchemeName::LogFisher,
            Self::Quantile { .. } => SchemeName::Quantile,
            Self::EqualInterval { .. } => SchemeName::EqualInterval,
            Self::StandardDeviation { .. } => SchemeName::StdMean,
            Self::HeadTail => SchemeName::HeadTail,
            Self::UserDefined { .. } => SchemeName::User,
        }
    }

    /// The scheme's name, as [`SchemeName::as_str`].
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        self.name().as_str()
    }
}

/// Classes of values by a scheme.
///
/// ```
/// use icf_classify::{Scheme, classify};
/// let scheme = Scheme::EqualInterval { classes: 2 };
/// assert_eq!(classify(&[0.0, 1.0, 4.0], &scheme).unwrap().upper_bounds(), [2.0, 4.0]);
/// assert_eq!(scheme.as_str(), "equal-interval");
/// ```
///
/// # Errors
/// Those of the scheme.
pub fn classify(values: &[f64], scheme: &Scheme) -> Result<Classification, BreaksError> {
    match scheme {
        Scheme::NaturalBreaks { classes } => natural_breaks(values, *classes),
        Scheme::LogNaturalBreaks { classes } => log_natural_breaks(values, *classes),
        Scheme::Quantile { classes } => quantile_breaks(values, *classes),
        Scheme::EqualInterval { classes } => equal_intervals(values, *classes),
        Scheme::StandardDeviation { multiples } => standard_deviation_breaks(values, multiples),
        Scheme::HeadTail => head_tail_breaks(values, HEAD_LIMIT),
        Scheme::UserDefined { upper_bounds } => user_defined_breaks(values, upper_bounds),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for name in SchemeName::ALL {
            assert_eq!(name.as_str().parse(), Ok(name));
        }
        let error = "jenks".parse::<SchemeName>().unwrap_err();
        assert_eq!(error, UnknownScheme("jenks".to_owned()));
        // The message names every scheme there is.
        assert!(SchemeName::ALL.iter().all(|name| error.to_string().contains(name.as_str())));
    }
}
