//! Less fuel for the same product.

use icf_units::Ratio;

use super::{Act, Effect};
use crate::mix::{Change, Mix};
use crate::setting::share;
use crate::{LeverMistake, Setting, Span};

/// Less fuel for the same product: E(t) = E₀(t)·(1 − Σ_f w_f·(1 − (1 − r)^n)), with n the years since the first, r the
/// share saved a year, and w_f the share of each fuel in the region's emissions in the last observed year, as earlier
/// levers have left it. Without named fuels all of them are meant, and E(t) = E₀(t)·(1 − r)^n.
///
/// It comes on top of what the projection's model already assumes. Source: the paper, section 5, recommendation 3
/// ("low-carbon technology upgrades in high-energy-consuming industries").
///
/// ```
/// use icf_levers::{Efficiency, Fuel, Lever, Levers, Paths, Setting, Shape, Span};
/// use icf_units::{CarbonFactor, Ratio, TonnesCarbon, Year, YearRange};
/// let year = Year::new(2023);
/// let shape = Shape { regions: 1, years: YearRange::new(year, year).unwrap() };
/// let fuel = |name: &str| Fuel { name: name.to_owned(), standard_coal: None, factor: CarbonFactor::new(2.0) };
/// let setting = Setting { shape, fuels: vec![fuel("coal"), fuel("gas")], fuel_shares: vec![0.8, 0.2] };
/// let lever = Efficiency {
///     regions: vec![0], fuels: Some(vec![0]), per_year: Ratio::new(0.05), span: Span { from: year, to: year },
/// };
/// let levers = Levers::compile(&[Lever::Efficiency(lever)], &setting).unwrap();
/// let mut paths = Paths { emissions: vec![TonnesCarbon::new(100.0)], ..Paths::zero(shape) };
/// levers.apply(&mut paths);
/// assert!((paths.emissions[0].get() - 96.0).abs() < 1e-12); // 100·(1 − 0.8·0.05)
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Efficiency {
    /// Places of the regions.
    pub regions: Vec<usize>,
    /// Places of the fuels; all of them for `None`.
    pub fuels: Option<Vec<usize>>,
    /// The share saved a year.
    pub per_year: Ratio,
    /// When.
    pub span: Span,
}

impl Act for Efficiency {
    fn compile(&self, setting: &Setting, mix: &mut Mix) -> Result<Effect, LeverMistake> {
        setting.shape.check_regions(&self.regions)?;
        self.span.check(setting.shape.years)?;
        let per_year = share("rate", self.per_year.get())?;
        let Some(fuels) = &self.fuels else {
            return Ok(Effect::ScaleEmissions(Effect::factors(setting.shape, &self.regions, |_, year| {
                self.span.left(per_year, year)
            })));
        };
        for fuel in fuels {
            setting.fuel(*fuel)?;
        }
        Ok(Effect::of_fuels(setting.shape, &self.regions, mix, |year| {
            let gone = 1.0 - self.span.left(per_year, year);
            fuels.iter().map(|fuel| Change { fuel: *fuel, gone, instead: None }).collect()
        }))
    }
}
