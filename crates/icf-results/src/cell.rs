//! One cell of a table.

use icf_units::{
    Hectares, HectaresPerPerson, Persons, Quality, Ratio, RegionId, TonnesCarbon, TonnesCo2, Year,
};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// Text.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
    /// True or false.
    Boolean,
}

/// The content of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing is known.
    Missing,
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A finite number.
    Number(f64),
    /// True or false.
    Boolean(bool),
}

/// A type that can stand in a cell.
pub trait CellValue {
    /// What a column of it holds.
    const TYPE: ColumnType;
    /// The cell.
    fn cell(&self) -> Cell;
}

impl<T: CellValue> CellValue for Option<T> {
    const TYPE: ColumnType = T::TYPE;
    fn cell(&self) -> Cell {
        self.as_ref().map_or(Cell::Missing, T::cell)
    }
}

impl CellValue for f64 {
    const TYPE: ColumnType = ColumnType::Number;
    fn cell(&self) -> Cell {
        debug_assert!(self.is_finite(), "a missing value is None, never NaN");
        if self.is_finite() { Cell::Number(*self) } else { Cell::Missing }
    }
}

impl CellValue for bool {
    const TYPE: ColumnType = ColumnType::Boolean;
    fn cell(&self) -> Cell {
        Cell::Boolean(*self)
    }
}

impl CellValue for usize {
    const TYPE: ColumnType = ColumnType::Integer;
    fn cell(&self) -> Cell {
        Cell::Integer(i64::try_from(*self).expect("counts are far below 2^63"))
    }
}

impl CellValue for Year {
    const TYPE: ColumnType = ColumnType::Integer;
    fn cell(&self) -> Cell {
        Cell::Integer(i64::from(self.get()))
    }
}

macro_rules! text_cells {
    ($($name:ty),*) => {$(
        impl CellValue for $name {
            const TYPE: ColumnType = ColumnType::Text;
            fn cell(&self) -> Cell {
                Cell::Text(self.to_string())
            }
        }
    )*};
}

text_cells!(String, &'static str, RegionId, Quality, crate::Phase, crate::Verdict);

macro_rules! number_cells {
    ($($name:ty),*) => {$(
        impl CellValue for $name {
            const TYPE: ColumnType = ColumnType::Number;
            fn cell(&self) -> Cell {
                self.get().cell()
            }
        }
    )*};
}

number_cells!(Hectares, HectaresPerPerson, Persons, Ratio, TonnesCarbon, TonnesCo2);
