//! Which fuels a region's emissions come from.

use crate::Setting;

/// The share of each fuel in the emissions of every region and projected year.
///
/// It begins as that of the last observed year, and every lever of fuels leaves its own behind for the next: a fuel that
/// was switched away cannot be saved a second time.
pub(crate) struct Mix {
    /// Fuels, and electricity that stands in for them.
    width: usize,
    shares: Vec<f64>,
}

/// What becomes of a part of a fuel's emissions.
pub(crate) struct Change {
    /// The fuel.
    pub(crate) fuel: usize,
    /// The share of its emissions that goes.
    pub(crate) gone: f64,
    /// Where emissions come instead, for each tonne that goes; nowhere for use that is saved.
    pub(crate) instead: Option<(Carrier, f64)>,
}

/// What takes the place of a fuel.
#[derive(Clone, Copy)]
pub(crate) enum Carrier {
    Fuel(usize),
    Electricity,
}

impl Mix {
    pub(crate) fn of(setting: &Setting) -> Self {
        let fuels = setting.fuels.len();
        let width = fuels + 1;
        let mut shares = Vec::with_capacity(setting.shape.cells() * width);
        for region in 0..setting.shape.regions {
            for _ in setting.shape.years.iter() {
                shares.extend_from_slice(&setting.fuel_shares[region * fuels..(region + 1) * fuels]);
                shares.push(0.0);
            }
        }
        Self { width, shares }
    }

    /// Carries out changes in a cell, all on the mix as it is before them; gives the factor by which its emissions
    /// change: Σ of the new shares over Σ of the old.
    pub(crate) fn change(&mut self, cell: usize, changes: &[Change]) -> f64 {
        let electricity = self.width - 1;
        let shares = &mut self.shares[cell * self.width..(cell + 1) * self.width];
        let before: f64 = shares.iter().sum();
        if before <= 0.0 {
            return 1.0;
        }
        let gone: Vec<f64> = changes.iter().map(|change| shares[change.fuel] * change.gone).collect();
        for (change, gone) in changes.iter().zip(gone) {
            shares[change.fuel] = (shares[change.fuel] - gone).max(0.0);
            if let Some((carrier, instead)) = change.instead {
                let to = match carrier {
                    Carrier::Fuel(fuel) => fuel,
                    Carrier::Electricity => electricity,
                };
                shares[to] += gone * instead;
            }
        }
        let after: f64 = shares.iter().sum();
        if after > 0.0 {
            shares.iter_mut().for_each(|share| *share *= before / after);
        }
        after / before
    }
}
