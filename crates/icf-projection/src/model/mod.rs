//! The models: one file each, and one line each in [`Model`].

mod best;
mod cagr;
mod constant;
mod damped;
mod drift;
mod error;
mod kaya;
mod log_linear;
mod logistic_peak;
mod path;
mod rate;
mod segmented;
mod theil_sen;
mod top_down;
mod trajectory;
mod window;

use icf_units::YearRange;

use crate::History;

pub use best::Best;
pub use cagr::Cagr;
pub use constant::Constant;
pub use damped::Damped;
pub use drift::Drift;
pub use error::ModelError;
pub use kaya::Kaya;
pub use log_linear::{Anchor, LogLinear};
pub use logistic_peak::LogisticPeak;
pub use path::{Between, Path};
pub use rate::Rate;
pub use segmented::Segmented;
pub use theil_sen::TheilSen;
pub use top_down::TopDown;
pub use trajectory::{Chosen, Phase, Trajectory};
pub use window::Window;

/// What every model can do.
///
/// Every model is equivariant to scale: the values of c·history are c times those of the history, to rounding.
pub trait Fit {
    /// The model's name in scenarios and tables.
    fn name(&self) -> &'static str;

    /// The values of `years`, which come after the history, from what is known in it. The interval is there where the
    /// model has a likelihood; see [`forecast`](crate::forecast).
    ///
    /// # Errors
    /// When the history does not allow the model: too few observations, or values it cannot take.
    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError>;

    /// The same model as it would have been used `years` earlier, for a back-test; `None` when it speaks of
    /// given years only.
    fn earlier(&self, years: i32) -> Option<Model>;
}

/// Declares the enum of models, a variant each of the type of its name.
macro_rules! models {
    ($($(#[doc = $doc:literal])+ $name:ident,)+) => {
        /// A model of how a quantity goes on.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Model {
            $($(#[doc = $doc])+ $name($name),)+
        }

        impl Model {
            fn as_fit(&self) -> &dyn Fit {
                match self {
                    $(Self::$name(model) => model,)+
                }
            }
        }
    };
}

models! {
    /// Stays at the last observation.
    Constant,
    /// Changes by a given rate a year.
    Rate,
    /// Goes on by the rate between two years.
    Cagr,
    /// Goes on along a line fitted to the logarithms.
    LogLinear,
    /// Goes on by the median slope of the logarithms.
    TheilSen,
    /// Goes on along a trend that runs out.
    Damped,
    /// Goes on by the mean step.
    Drift,
    /// Goes on at the rate of the last phase.
    Segmented,
    /// Follows given points.
    Path,
    /// Is the product of population, product per head and intensity.
    Kaya,
    /// Rises to a given peak and falls along a logistic curve.
    LogisticPeak,
    /// Keeps its share of a total.
    TopDown,
    /// Is the one of several that would have done best.
    Best,
}

impl Model {
    /// Every model that needs nothing but the history, fitted on all of it, the simplest first.
    #[must_use]
    pub fn candidates() -> Vec<Self> {
        let (window, anchor) = (Window::ALL, Anchor::LastObservation);
        vec![
            Self::Constant(Constant),
            Self::Drift(Drift),
            Self::Cagr(Cagr { window }),
            Self::LogLinear(LogLinear { window, anchor }),
            Self::TheilSen(TheilSen { window, anchor }),
            Self::Damped(Damped::default()),
            Self::Segmented(Segmented::default()),
        ]
    }
}

impl Fit for Model {
    fn name(&self) -> &'static str {
        self.as_fit().name()
    }
    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
        self.as_fit().project(history, years)
    }
    fn earlier(&self, years: i32) -> Option<Model> {
        self.as_fit().earlier(years)
    }
}
