//! The two accounting conventions, by name.

use icf_units::{CarbonFactor, TonnesCarbon, TonnesCo2};

/// How fuel becomes carbon, and on which basis it meets the sink. There is no default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// Q·D, with emissions and sink both as carbon.
    Coherent,
    /// Q·S·D with t CO2 taken for t C, as the paper prints it. D is already per physical unit, so S counts the
    /// heat content a second time: coal comes out at 0.71 and oil at 1.43–1.47 of its emissions.
    AsPublished,
}

impl Convention {
    /// The factor by which a physical quantity of fuel is multiplied: D, or S·D.
    ///
    /// `standard_coal` is S in kgce per base unit of the fuel. `None` when the convention needs an S that is
    /// not known.
    ///
    /// ```
    /// use icf_footprint::Convention;
    /// use icf_units::CarbonFactor;
    /// let coal = CarbonFactor::new(1.9003);
    /// assert_eq!(Convention::Coherent.factor(Some(0.7143), coal).unwrap().get(), 1.9003);
    /// assert_eq!(Convention::AsPublished.factor(Some(0.7143), coal).unwrap().get(), 0.7143 * 1.9003);
    /// assert!(Convention::AsPublished.factor(None, coal).is_none());
    /// ```
    #[must_use]
    pub fn factor(self, standard_coal: Option<f64>, carbon: CarbonFactor) -> Option<CarbonFactor> {
        match self {
            Self::Coherent => Some(carbon),
            Self::AsPublished => standard_coal.map(|s| CarbonFactor::new(s * carbon.get())),
        }
    }

    /// The emissions on the basis on which they meet the sink.
    #[must_use]
    pub fn on_basis(self, emissions: TonnesCo2) -> TonnesCarbon {
        match self {
            Self::Coherent => emissions.to_carbon(),
            Self::AsPublished => emissions.taken_for_carbon_as_printed(),
        }
    }

    /// The emissions as CO2, from those on the basis: the inverse of [`Self::on_basis`].
    #[must_use]
    pub fn from_basis(self, emissions: TonnesCarbon) -> TonnesCo2 {
        match self {
            Self::Coherent => emissions.to_co2(),
            Self::AsPublished => emissions.taken_for_co2_as_printed(),
        }
    }
}
