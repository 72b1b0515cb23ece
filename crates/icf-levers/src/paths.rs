//! Emissions and sink of every region and projected year, flat.

use icf_units::{Panel, TonnesCarbon};

use crate::Shape;

/// Emissions and sink of every region and projected year, region by region ([`Shape::cell`]); both in tonnes on the
/// basis on which they meet. A cell that is not known is zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Paths {
    /// Emissions.
    pub emissions: Vec<TonnesCarbon>,
    /// Sink.
    pub sink: Vec<TonnesCarbon>,
}

impl Paths {
    /// Paths of zeros.
    #[must_use]
    pub fn zero(shape: Shape) -> Self {
        Self {
            emissions: vec![TonnesCarbon::ZERO; shape.cells()],
            sink: vec![TonnesCarbon::ZERO; shape.cells()],
        }
    }

    /// The projected years of two panels.
    #[must_use]
    pub fn of(shape: Shape, emissions: &Panel<TonnesCarbon>, sink: &Panel<TonnesCarbon>) -> Self {
        let flat = |panel: &Panel<TonnesCarbon>| {
            let row =
                |region| shape.years.iter().map(move |year| panel.get(region, year).unwrap_or_default());
            (0..shape.regions).flat_map(row).collect()
        };
        Self { emissions: flat(emissions), sink: flat(sink) }
    }

    /// Writes the projected years back to the panels they came from. A cell that was missing stays so.
    pub fn write_to(
        &self,
        shape: Shape,
        emissions: &mut Panel<TonnesCarbon>,
        sink: &mut Panel<TonnesCarbon>,
    ) {
        let write = |panel: &mut Panel<TonnesCarbon>, flat: &[TonnesCarbon]| {
            for region in 0..shape.regions {
                for (place, year) in shape.years.iter().enumerate() {
                    if panel.get(region, year).is_some() {
                        panel.set(region, year, Some(flat[shape.cell(region, place)]));
                    }
                }
            }
        };
        write(emissions, &self.emissions);
        write(sink, &self.sink);
    }
}

#[cfg(test)]
mod tests {
    use icf_units::{Axes, RegionId, Year, YearRange};

    use super::*;

    #[test]
    fn paths_take_and_give_back_the_projected_years() {
        let years = YearRange::new(Year::new(2020), Year::new(2023)).unwrap();
        let axes = Axes::new(vec![RegionId::new("a"), RegionId::new("b")], years);
        let emissions = Panel::from_fn(&axes, |region, year| {
            (region == 0).then(|| TonnesCarbon::new(f64::from(year.get())))
        });
        let projected = YearRange::new(Year::new(2022), Year::new(2023)).unwrap();
        let shape = Shape { regions: 2, years: projected };
        let mut paths = Paths::of(shape, &emissions, &Panel::empty(&axes));
        let numbers: Vec<f64> = paths.emissions.iter().map(|cell| cell.get()).collect();
        assert_eq!(numbers, [2022.0, 2023.0, 0.0, 0.0]);
        paths.emissions.fill(TonnesCarbon::new(7.0));
        let (mut changed, mut sink) = (emissions.clone(), Panel::empty(&axes));
        paths.write_to(shape, &mut changed, &mut sink);
        let row: Vec<f64> = changed.row(0).iter().map(|cell| cell.unwrap().get()).collect();
        assert_eq!(row, [2020.0, 2021.0, 7.0, 7.0]);
        assert_eq!(changed.row(1), [None; 4]);
        assert_eq!(sink.row(0), [None; 4]);
    }
}
