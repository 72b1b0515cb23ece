//! The variables: a new one is one entry in the list.

use icf_results::Basis;

use super::account::Account;

/// How the value of a group or the nation comes from those of its regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aggregation {
    /// It is their sum.
    Sum,
    /// It is their mean, weighted by population.
    ByPopulation,
    /// It does not: depth is never averaged.
    Own,
}

/// A variable of the exchange format.
pub(super) struct Variable {
    /// The name, from the general to the particular.
    name: &'static str,
    pub(super) unit: &'static str,
    pub(super) description: &'static str,
    pub(super) aggregation: Aggregation,
    /// Whether emissions are in it, so that the published formula gives another quantity.
    pub(super) from_emissions: bool,
    pub(super) value: fn(&Account) -> Option<f64>,
}

/// Added to a variable with emissions in it when they are computed and set against the sink as printed.
const AS_PUBLISHED: &str = " [As Published]";

impl Variable {
    /// The name on a basis: what is not the same quantity has not the same name.
    pub(super) fn name_on(&self, basis: Basis) -> String {
        match basis {
            Basis::AsPrinted if self.from_emissions => format!("{}{AS_PUBLISHED}", self.name),
            Basis::AsPrinted | Basis::Carbon => self.name.to_owned(),
        }
    }
}

const AREA: &str = "million ha";
const AREA_PER_CAPITA: &str = "ha/cap";
/// A word, because an empty unit or a 1 does not come back from every reader as the text that it was.
const NONE: &str = "dimensionless";

/// Every variable, by name.
pub(super) const VARIABLES: &[Variable] = &[
    Variable {
        name: "Carbon Capacity|Ecosystem",
        unit: AREA,
        description: "Carbon ecological capacity, the sink divided by the uptake of a mean hectare.",
        aggregation: Aggregation::Sum,
        from_emissions: false,
        value: |account| Some(account.capacity?.million_hectares()),
    },
    Variable {
        name: "Carbon Deficit|Industry",
        unit: AREA,
        description: "Footprint above capacity, never negative. Of a group or the nation the sum over its regions, where \
                      the surplus of one does not cancel the deficit of another.",
        aggregation: Aggregation::Sum,
        from_emissions: true,
        value: |account| Some(account.deficit?.million_hectares()),
    },
    Variable {
        name: "Carbon Footprint|Industry",
        unit: AREA,
        description: "Industrial carbon footprint, the emissions divided by the uptake of a mean hectare.",
        aggregation: Aggregation::Sum,
        from_emissions: true,
        value: |account| Some(account.footprint?.million_hectares()),
    },
    Variable {
        name: "Carbon Footprint|Industry|Depth",
        unit: NONE,
        description: "Footprint depth, 1 + deficit / capacity, missing where there is no capacity. Of a group or the \
                      nation 1 + sum of deficits / sum of capacities.",
        aggregation: Aggregation::Own,
        from_emissions: true,
        value: |account| Some(account.depth?.get()),
    },
    Variable {
        name: "Carbon Footprint|Industry|Depth|Netted",
        unit: NONE,
        description: "Depth of a group or the nation as if it were one region, where surpluses cancel deficits.",
        aggregation: Aggregation::Own,
        from_emissions: true,
        value: |account| Some(account.depth_netted?.get()),
    },
    Variable {
        name: "Carbon Footprint|Industry|Per Capita",
        unit: AREA_PER_CAPITA,
        description: "Industrial carbon footprint per resident.",
        aggregation: Aggregation::ByPopulation,
        from_emissions: true,
        value: |account| Some(account.footprint_per_capita?.get()),
    },
    Variable {
        name: "Carbon Footprint|Industry|Size",
        unit: AREA,
        description: "Footprint size, the smaller of footprint and capacity. Of a group or the nation the sum over its \
                      regions.",
        aggregation: Aggregation::Sum,
        from_emissions: true,
        value: |account| Some(account.size?.million_hectares()),
    },
    Variable {
        name: "Carbon Footprint|Industry|Size|Per Capita",
        unit: AREA_PER_CAPITA,
        description: "Footprint size per resident.",
        aggregation: Aggregation::ByPopulation,
        from_emissions: true,
        value: |account| Some(account.size_per_capita?.get()),
    },
    Variable {
        name: "Carbon Sequestration|Land Use",
        unit: "Mt C/yr",
        description: "Carbon that the land classes of the scenario take up, area × uptake. Uptake is positive.",
        aggregation: Aggregation::Sum,
        from_emissions: false,
        value: |account| Some(account.sink?.megatonnes()),
    },
    Variable {
        name: "Carbon Surplus|Industry",
        unit: AREA,
        description: "Capacity above footprint, never negative. Of a group or the nation the sum over its regions.",
        aggregation: Aggregation::Sum,
        from_emissions: true,
        value: |account| Some(account.surplus?.million_hectares()),
    },
    Variable {
        name: "Emissions|CO2|Industry",
        unit: "Mt CO2/yr",
        description: "CO2 of the fuels that industry consumes at last, the fuels as the scenario says. Without power \
                      and heat, and without process emissions. Release is positive.",
        aggregation: Aggregation::Sum,
        from_emissions: true,
        value: |account| Some(account.emissions?.megatonnes()),
    },
    Variable {
        name: "Population",
        unit: "million",
        description: "Permanent residents.",
        aggregation: Aggregation::Sum,
        from_emissions: false,
        value: |account| Some(account.population?.millions()),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_so_that_series_are() {
        assert!(VARIABLES.windows(2).all(|pair| pair[0].name < pair[1].name));
    }

    #[test]
    fn a_unit_belongs_to_a_name_for_good() {
        for variable in VARIABLES {
            let (coherent, printed) = (variable.name_on(Basis::Carbon), variable.name_on(Basis::AsPrinted));
            assert_eq!(coherent == printed, !variable.from_emissions, "{coherent}");
        }
    }

    #[test]
    fn texts_are_such_as_nomenclature_takes() {
        for variable in VARIABLES {
            for text in [variable.name, variable.unit, variable.description] {
                assert!(!text.contains([':', ';', '"']), "{text}");
            }
        }
    }
}
