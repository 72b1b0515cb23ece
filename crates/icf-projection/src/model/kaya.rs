//! Emissions as a product of what drives them.

use icf_units::{Year, YearRange};

use super::{Fit, Model, ModelError, Trajectory};
use crate::History;

/// Emissions = population × product per head × intensity (emissions per product), each going on by a model of its own (Kaya
/// 1990).
///
/// Product per head and intensity are formed in the years in which both of their quantities are known. A population that
/// is known beyond the emissions is taken as known; in a back-test population and product were known as many years less as the
/// emissions. With a product at current prices, per head and intensity are nominal: inflation raises one and lowers the other,
/// and the product of the two trends is free of it only where both go on as they did.
///
/// ```
/// use icf_projection::{Fit, History, Kaya, Model, Rate};
/// use icf_units::{Year, YearRange};
/// let one = |value| History::new([(Year::new(2022), value)]).unwrap();
/// let rate = |per_year| Box::new(Model::Rate(Rate { per_year }));
/// let kaya = Kaya {
///     population: (one(10.0), rate(0.0)),
///     product: one(50.0),
///     per_head: rate(0.5),
///     intensity: rate(-0.5),
/// };
/// let years = YearRange::new(Year::new(2023), Year::new(2024)).unwrap();
/// assert_eq!(kaya.project(&one(100.0), years).unwrap().values, [75.0, 56.25]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Kaya {
    /// Residents, and how their number goes on.
    pub population: (History, Box<Model>),
    /// The product, in any unit.
    pub product: History,
    /// How product per head goes on.
    pub per_head: Box<Model>,
    /// How emissions per product go on.
    pub intensity: Box<Model>,
}

/// The quantities as messages name them.
const POPULATION: &str = "population";
const PRODUCT: &str = "product";
const PER_HEAD: &str = "product per head";
const INTENSITY: &str = "intensity";
const EMISSIONS: &str = "emissions";

impl Fit for Kaya {
    fn name(&self) -> &'static str {
        "kaya"
    }

    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
        let per_head = self.ratio((&self.product, PRODUCT), (&self.population.0, POPULATION))?;
        let intensity = self.ratio((history, EMISSIONS), (&self.product, PRODUCT))?;
        let parts = [
            (POPULATION, &self.population.0, &*self.population.1),
            (PER_HEAD, &per_head, &*self.per_head),
            (INTENSITY, &intensity, &*self.intensity),
        ];
        let mut values = vec![1.0; years.len()];
        let mut fitted: Option<Vec<(Year, f64)>> = None;
        for (quantity, known, model) in parts {
            let made = carried(known, model, years)
                .map_err(|error| ModelError::Part { quantity, error: Box::new(error) })?;
            values.iter_mut().zip(&made.values).for_each(|(value, factor)| *value *= factor);
            fitted = Some(match fitted {
                None => made.fitted,
                Some(others) => times(&others, &made.fitted),
            });
        }
        let observations = intensity.observations();
        Ok(Trajectory {
            fitted_on: Some((observations[0].0, intensity.last().0)),
            observations: Some(observations.len()),
            fitted: fitted.unwrap_or_default(),
            ..Trajectory::of(values)
        })
    }

    fn earlier(&self, years: i32) -> Option<Model> {
        let earlier = |model: &Model| model.earlier(years).map(Box::new);
        Some(Model::Kaya(Self {
            population: (self.population.0.without_last(years)?, earlier(&self.population.1)?),
            product: self.product.without_last(years)?,
            per_head: earlier(&self.per_head)?,
            intensity: earlier(&self.intensity)?,
        }))
    }
}

impl Kaya {
    /// One quantity over another in the years that know both.
    fn ratio(
        &self,
        (of, first): (&History, &'static str),
        (over, second): (&History, &'static str),
    ) -> Result<History, ModelError> {
        let ratios = of
            .observations()
            .iter()
            .filter_map(|&(year, value)| Some((year, value / over.at(year).filter(|below| *below > 0.0)?)));
        History::new(ratios).map_err(|_| ModelError::NothingInCommon { model: self.name(), first, second })
    }
}

/// What is known of some years, and what the model says of those after.
fn carried(known: &History, model: &Model, years: YearRange) -> Result<Trajectory, ModelError> {
    let last = known.last().0;
    let observed = years.iter().take_while(|year| *year <= last);
    let mut values = observed
        .map(|year| known.at(year).ok_or(ModelError::Missing { model: model.name(), year }))
        .collect::<Result<Vec<_>, _>>()?;
    let first = Year::new(years.first().get().max(last.next().get()));
    let Ok(ahead) = YearRange::new(first, years.last()) else { return Ok(Trajectory::of(values)) };
    let made = model.project(known, ahead)?;
    values.extend(&made.values);
    Ok(Trajectory { values, ..made })
}

/// The product of two series in the years of both.
fn times(a: &[(Year, f64)], b: &[(Year, f64)]) -> Vec<(Year, f64)> {
    a.iter()
        .filter_map(|&(year, value)| {
            let other = b.iter().find(|(known, _)| *known == year)?;
            Some((year, value * other.1))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Constant, Rate};

    fn series(first: i32, values: &[f64]) -> History {
        History::new(values.iter().zip(first..).map(|(value, year)| (Year::new(year), *value))).unwrap()
    }

    fn kaya() -> Kaya {
        Kaya {
            population: (series(2020, &[10.0, 10.0, 20.0, 30.0]), Box::new(Model::Constant(Constant))),
            product: series(2021, &[100.0, 400.0]),
            per_head: Box::new(Model::Constant(Constant)),
            intensity: Box::new(Model::Rate(Rate { per_year: -0.5 })),
        }
    }

    #[test]
    fn a_population_known_ahead_is_taken() {
        let years = YearRange::new(Year::new(2023), Year::new(2024)).unwrap();
        // Per head 20 and intensity 1/4 in 2022; the population of 2023 is known, and stays in 2024.
        let made = kaya().project(&series(2020, &[50.0, 80.0, 100.0]), years).unwrap();
        assert_eq!(made.values, [30.0 * 20.0 * 0.125, 30.0 * 20.0 * 0.0625]);
        // Fitted: population and per head as the year before, intensity half of it.
        assert_eq!(made.fitted, [(Year::new(2022), 10.0 * 10.0 * 0.4)]);
    }

    #[test]
    fn a_year_earlier_a_year_less_is_known() {
        let Some(Model::Kaya(earlier)) = kaya().earlier(1) else { panic!("kaya can be tested") };
        assert_eq!(earlier.population.0.last().0, Year::new(2022));
        assert_eq!(earlier.product.last().0, Year::new(2021));
        assert_eq!(kaya().earlier(3), None, "no product was known then");
    }

    #[test]
    fn what_is_wrong_says_where() {
        let years = YearRange::new(Year::new(2023), Year::new(2024)).unwrap();
        let error = kaya().project(&series(2010, &[1.0]), years).unwrap_err();
        assert_eq!(error.to_string(), "kaya needs emissions and product of the same year and finds none");
        let intensity = Box::new(Model::LogLinear(crate::LogLinear {
            window: crate::Window::ALL,
            anchor: crate::Anchor::Trend,
        }));
        let error =
            Kaya { intensity, ..kaya() }.project(&series(2020, &[50.0, 80.0, 100.0]), years).unwrap_err();
        assert_eq!(
            error.to_string(),
            "intensity: log-linear needs 3 observations from 2021 to 2022 and finds 2"
        );
    }
}
