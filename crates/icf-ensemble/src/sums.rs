//! The sums of a block of figures.

/// Accumulators that are added to in turn, so that no sum waits for the one before.
const TURNS: usize = 8;

/// What a block of figures sums up to.
pub(crate) struct Sums {
    /// Of the differences from the centre.
    pub(crate) sum: f64,
    /// Of their squares.
    pub(crate) squares: f64,
    pub(crate) least: f64,
    pub(crate) most: f64,
}

impl Sums {
    /// None where one of the figures lies beyond every number, or there is none.
    pub(crate) fn of(figures: &[f64], centre: f64) -> Option<Self> {
        if figures.is_empty() || !figures.iter().fold(true, |all, figure| all & figure.is_finite()) {
            return None;
        }
        let (blocks, rest) = figures.as_chunks::<TURNS>();
        // Two loops have registers enough for all accumulators; one has not.
        let (mut least, mut most) = ([f64::INFINITY; TURNS], [f64::NEG_INFINITY; TURNS]);
        let mut bound = |turn: usize, figure: f64| {
            least[turn] = if figure < least[turn] { figure } else { least[turn] };
            most[turn] = if figure > most[turn] { figure } else { most[turn] };
        };
        for figures in blocks {
            figures.iter().enumerate().for_each(|(turn, figure)| bound(turn, *figure));
        }
        rest.iter().enumerate().for_each(|(turn, figure)| bound(turn, *figure));
        let (mut sums, mut squares) = ([0.0; TURNS], [0.0; TURNS]);
        let mut add = |turn: usize, figure: f64| {
            let from_centre = figure - centre;
            sums[turn] += from_centre;
            squares[turn] += from_centre * from_centre;
        };
        for figures in blocks {
            figures.iter().enumerate().for_each(|(turn, figure)| add(turn, *figure));
        }
        rest.iter().enumerate().for_each(|(turn, figure)| add(turn, *figure));
        Some(Self {
            sum: sums.iter().fold(0.0, |sum, more| sum + more),
            squares: squares.iter().fold(0.0, |sum, more| sum + more),
            least: least.into_iter().fold(f64::INFINITY, f64::min),
            most: most.into_iter().fold(f64::NEG_INFINITY, f64::max),
        })
    }
}
