//! Levers put together, ready to be applied.

use icf_units::{TonnesCarbon, Year};

use crate::lever::Effect;
use crate::mix::Mix;
use crate::{Lever, LeverError, Paths, Setting, Shape};

/// Levers in order, compiled for a setting: names and weights are resolved, and applying them is cheap.
///
/// ```
/// use icf_levers::{Efficiency, Lever, Levers, Paths, Setting, Shape, Span};
/// use icf_units::{Ratio, TonnesCarbon, Year, YearRange};
/// let years = YearRange::new(Year::new(2023), Year::new(2024)).unwrap();
/// let shape = Shape { regions: 1, years };
/// let span = Span { from: Year::new(2023), to: Year::new(2024) };
/// let lever = Efficiency { regions: vec![0], fuels: None, per_year: Ratio::new(0.1), span };
/// let levers = Levers::compile(&[Lever::Efficiency(lever)], &Setting::without_fuels(shape)).unwrap();
/// let mut paths = Paths { emissions: vec![TonnesCarbon::new(100.0); 2], ..Paths::zero(shape) };
/// levers.apply(&mut paths);
/// assert!((paths.emissions[0].get() - 90.0).abs() < 1e-12 && (paths.emissions[1].get() - 81.0).abs() < 1e-12);
/// ```
#[derive(Debug)]
pub struct Levers {
    shape: Shape,
    effects: Vec<Effect>,
}

/// What the reader should know of a lever in a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Place of the region.
    pub region: usize,
    /// The year.
    pub year: Year,
    /// What happened.
    pub words: String,
}

/// What one lever changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// Change of emissions, cell by cell; less is negative.
    pub emissions: Vec<TonnesCarbon>,
    /// Change of the sink, cell by cell.
    pub sink: Vec<TonnesCarbon>,
    /// Caps that held, and the like.
    pub notes: Vec<Note>,
}

impl Levers {
    /// Compiles levers, to be applied in their order.
    ///
    /// # Errors
    /// With the first mistake of every lever that has one.
    pub fn compile(levers: &[Lever], setting: &Setting) -> Result<Self, Vec<LeverError>> {
        let mut mix = Mix::of(setting);
        let (mut effects, mut errors) = (Vec::with_capacity(levers.len()), Vec::new());
        for (place, lever) in levers.iter().enumerate() {
            match lever.compile(setting, &mut mix) {
                Ok(effect) => effects.push(effect),
                Err(mistake) => errors.push(LeverError { lever: place, mistake }),
            }
        }
        if errors.is_empty() { Ok(Self { shape: setting.shape, effects }) } else { Err(errors) }
    }

    /// Regions and years that the levers were compiled for.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Applies all levers, one after the other.
    ///
    /// # Panics
    /// When the paths are of another shape.
    pub fn apply(&self, paths: &mut Paths) {
        self.check(paths);
        for effect in &self.effects {
            effect.apply(self.shape, paths, None);
        }
    }

    /// Applies all levers as [`Self::apply`] does, and says what each of them changed. What a lever brings depends on
    /// those before it.
    ///
    /// # Panics
    /// When the paths are of another shape.
    pub fn trace(&self, paths: &mut Paths) -> Vec<Trace> {
        self.check(paths);
        let change = |after: &[TonnesCarbon], before: &[TonnesCarbon]| {
            after.iter().zip(before).map(|(after, before)| *after - *before).collect()
        };
        let one = |effect: &Effect| {
            let before = paths.clone();
            let mut notes = Vec::new();
            effect.apply(self.shape, paths, Some(&mut notes));
            Trace {
                emissions: change(&paths.emissions, &before.emissions),
                sink: change(&paths.sink, &before.sink),
                notes,
            }
        };
        self.effects.iter().map(one).collect()
    }

    fn check(&self, paths: &Paths) {
        let cells = self.shape.cells();
        assert!(
            paths.emissions.len() == cells && paths.sink.len() == cells,
            "paths of {} and {} cells for levers of {cells}",
            paths.emissions.len(),
            paths.sink.len()
        );
    }
}
