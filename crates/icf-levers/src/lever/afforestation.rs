//! New forest, or other land that takes up carbon.

use icf_units::{Hectares, TonnesCarbon, TonnesPerHectare, Year};

use super::{Act, Effect};
use crate::mix::Mix;
use crate::setting::amount;
use crate::{LeverMistake, Setting, Span};

/// New forest, or other land that takes up carbon: an area A every year, of which each planting reaches its full uptake
/// on a straight line within L years: ΔCS_i(t) = A·(v_i/Σv)·NPP_i·Σ_s min((t − s)/L, 1) over the years s of planting up to
/// t; without a lag a planting counts in its own year. The area is shared out among the regions by weights v, which are
/// the areas of the class today.
///
/// It takes no land from another class. Source: the paper, section 5, recommendations 1 and 3 ("ecological
/// restoration"), and section 2.1.1 on the lag of sink gains from returning farmland to forest.
///
/// ```
/// use icf_levers::{Afforestation, Lever, Levers, Paths, Setting, Shape, Span};
/// use icf_units::{Hectares, TonnesPerHectare, Year, YearRange};
/// let shape = Shape { regions: 1, years: YearRange::new(Year::new(2023), Year::new(2026)).unwrap() };
/// let lever = Afforestation {
///     regions: vec![0], area: Hectares::new(1000.0), span: Span { from: Year::new(2023), to: Year::new(2024) },
///     lag: 2, uptake: vec![TonnesPerHectare::new(4.0)], weights: vec![1.0],
/// };
/// let levers = Levers::compile(&[Lever::Afforestation(lever)], &Setting::without_fuels(shape)).unwrap();
/// let mut paths = Paths::zero(shape);
/// levers.apply(&mut paths);
/// let gained: Vec<f64> = paths.sink.iter().map(|cell| cell.get()).collect();
/// // Plantings of 2023 and 2024: 0; 0.5 + 0; 1 + 0.5; 1 + 1 of 4000 t.
/// assert_eq!(gained, [0.0, 2000.0, 6000.0, 8000.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Afforestation {
    /// Places of the regions.
    pub regions: Vec<usize>,
    /// Area that all regions together plant in a year.
    pub area: Hectares,
    /// Years of planting.
    pub span: Span,
    /// Years until a planting takes up all it can.
    pub lag: u32,
    /// Full uptake of a hectare, a region each.
    pub uptake: Vec<TonnesPerHectare>,
    /// By what the area is shared out, a region each; equally where all are zero.
    pub weights: Vec<f64>,
}

impl Act for Afforestation {
    fn compile(&self, setting: &Setting, _mix: &mut Mix) -> Result<Effect, LeverMistake> {
        let shape = setting.shape;
        shape.check_regions(&self.regions)?;
        self.span.check(shape.years)?;
        let area = amount("area", self.area.get())?;
        let needed = self.regions.len();
        for (what, found) in [("uptake", self.uptake.len()), ("weights", self.weights.len())] {
            if found != needed {
                return Err(LeverMistake::WrongLength { what, found, needed });
            }
        }
        for (uptake, weight) in self.uptake.iter().zip(&self.weights) {
            amount("uptake", uptake.get())?;
            amount("weight", *weight)?;
        }
        let total: f64 = self.weights.iter().sum();
        let mut tonnes = vec![TonnesCarbon::ZERO; shape.cells()];
        for ((region, uptake), weight) in self.regions.iter().zip(&self.uptake).zip(&self.weights) {
            #[expect(clippy::cast_precision_loss, reason = "a count of regions")]
            let part = if total > 0.0 { weight / total } else { 1.0 / needed as f64 };
            for (place, year) in shape.years.iter().enumerate() {
                let grown = self.grown(year);
                tonnes[shape.cell(*region, place)] = TonnesCarbon::new(area * part * uptake.get() * grown);
            }
        }
        Ok(Effect::AddToSink(tonnes))
    }
}

impl Afforestation {
    /// How many full plantings those up to a year amount to.
    fn grown(&self, year: Year) -> f64 {
        let planted = self.span.years_by(year);
        let one = |nth: i32| {
            let age = year.since(self.span.from) - nth;
            if self.lag == 0 { 1.0 } else { (f64::from(age) / f64::from(self.lag)).min(1.0) }
        };
        (0..planted).map(one).sum()
    }
}
