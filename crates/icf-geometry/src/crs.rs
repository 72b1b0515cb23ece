//! Systems of coordinates.

use std::fmt;

use geo::Coord;

use crate::shape::{degrees, position};
use crate::{Albers, Mistake};

/// A system of coordinates of a file of boundaries or a grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Crs {
    /// Longitude and latitude in degrees on WGS84.
    Geographic,
    /// Albers' equal-area projection, in metres.
    Albers {
        /// The projection, whose origin lies on the central meridian and the equator.
        sheet: Albers,
        /// What is added to x and y, for another origin and false easting and northing.
        shift: [f64; 2],
    },
}

/// Metres by which a position may miss itself when it is turned into degrees and back.
const MISSED: f64 = 1e-3;

impl Crs {
    /// Albers' projection by its standard parallels and origin in degrees, and what is added to x and y in metres.
    ///
    /// `None` when these make no sheet.
    #[must_use]
    pub fn albers(
        parallels: [f64; 2],
        [meridian, latitude]: [f64; 2],
        false_origin: [f64; 2],
    ) -> Option<Self> {
        let [first, second] = parallels;
        let is_usable =
            [first, second, latitude].iter().all(|latitude| latitude.abs() < 90.0) && meridian.abs() <= 360.0;
        let sheet = Albers::new(first, second, meridian).filter(|_| is_usable)?;
        let [_, down] = sheet.forward(meridian, latitude);
        Some(Self::Albers { sheet, shift: [false_origin[0], false_origin[1] - down] })
    }

    /// The place of a longitude and latitude (degrees).
    #[must_use]
    pub fn forward(&self, [longitude, latitude]: [f64; 2]) -> [f64; 2] {
        match self {
            Self::Geographic => [longitude, latitude],
            Self::Albers { sheet, shift } => {
                let [x, y] = sheet.forward(longitude, latitude);
                [x + shift[0], y + shift[1]]
            }
        }
    }

    /// The longitude and latitude (degrees) of a place.
    ///
    /// ```
    /// let albers = icf_geometry::Crs::albers([25.0, 47.0], [105.0, 0.0], [4e6, 0.0]).unwrap();
    /// let at = albers.inverse(albers.forward([116.4, 39.9])).unwrap();
    /// assert!((at.x - 116.4).abs() < 1e-12 && (at.y - 39.9).abs() < 1e-12);
    /// assert!(albers.inverse([9e7, 0.0]).is_err());
    /// ```
    ///
    /// # Errors
    /// When there is no such place on the earth.
    pub fn inverse(&self, [x, y]: [f64; 2]) -> Result<Coord<f64>, Mistake> {
        let Self::Albers { sheet, shift } = self else { return degrees(x, y) };
        position(x, y)?;
        let [longitude, latitude] = sheet.inverse([x - shift[0], y - shift[1]]);
        let back = self.forward([longitude, latitude]);
        // Off the sheet there are no degrees, or others that lie on it.
        if (back[0] - x).hypot(back[1] - y) < MISSED {
            degrees(longitude, latitude)
        } else {
            Err(Mistake::OffSheet { x, y })
        }
    }
}

impl fmt::Display for Crs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Geographic => f.write_str("longitude and latitude"),
            Self::Albers { sheet, .. } => {
                write!(f, "an Albers projection around {}°", sheet.central_meridian())
            }
        }
    }
}
