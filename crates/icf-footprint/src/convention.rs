//! How fuel becomes carbon, and on which basis it meets the sink.

use icf_units::{CarbonFactor, TonnesCarbon, TonnesCo2};

/// How fuel becomes CO2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formula {
    /// Q·D: D is already per physical unit.
    Physical,
    /// Q·S·D, as the paper prints it: S counts the heat content a second time, so that coal comes out at 0.71 and oil at
    /// 1.43–1.47 of its emissions.
    HeatTwice,
}

/// On which basis emissions meet the sink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Footing {
    /// Emissions and sink both as carbon.
    Carbon,
    /// t CO2 taken for t C, as the paper prints it.
    AsPrinted,
}

/// How emissions are accounted. There is no default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Convention {
    /// How fuel becomes CO2.
    pub formula: Formula,
    /// On which basis emissions meet the sink.
    pub footing: Footing,
}

impl Convention {
    /// Q·D, with emissions and sink both as carbon.
    pub const COHERENT: Self = Self { formula: Formula::Physical, footing: Footing::Carbon };
    /// Q·S·D with t CO2 taken for t C, as the paper prints it.
    pub const AS_PUBLISHED: Self = Self { formula: Formula::HeatTwice, footing: Footing::AsPrinted };

    /// The factor by which a physical quantity of fuel is multiplied: D, or S·D.
    ///
    /// `standard_coal` is S in kgce per base unit of the fuel. `None` when the formula needs an S that is
    /// not known.
    ///
    /// ```
    /// use icf_footprint::Convention;
    /// use icf_units::CarbonFactor;
    /// let coal = CarbonFactor::new(1.9003);
    /// assert_eq!(Convention::COHERENT.factor(Some(0.7143), coal).unwrap().get(), 1.9003);
    /// assert_eq!(Convention::AS_PUBLISHED.factor(Some(0.7143), coal).unwrap().get(), 0.7143 * 1.9003);
    /// assert!(Convention::AS_PUBLISHED.factor(None, coal).is_none());
    /// ```
    #[must_use]
    pub fn factor(self, standard_coal: Option<f64>, carbon: CarbonFactor) -> Option<CarbonFactor> {
        match self.formula {
            Formula::Physical => Some(carbon),
            Formula::HeatTwice => standard_coal.map(|s| CarbonFactor::new(s * carbon.get())),
        }
    }

    /// The emissions on the basis on which they meet the sink.
    #[must_use]
    pub fn on_basis(self, emissions: TonnesCo2) -> TonnesCarbon {
        match self.footing {
            Footing::Carbon => emissions.to_carbon(),
            Footing::AsPrinted => emissions.taken_for_carbon_as_printed(),
        }
    }

    /// The emissions as CO2, from those on the basis: the inverse of [`Self::on_basis`].
    #[must_use]
    pub fn from_basis(self, emissions: TonnesCarbon) -> TonnesCo2 {
        match self.footing {
            Footing::Carbon => emissions.to_co2(),
            Footing::AsPrinted => emissions.taken_for_co2_as_printed(),
        }
    }
}
