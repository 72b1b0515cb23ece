//! Rows that know their table: name, columns, units and descriptions.

use crate::{Cell, ColumnType};

/// One column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name in the header; fixed, because users script against it.
    pub name: &'static str,
    /// What it holds.
    pub ty: ColumnType,
    /// The unit; empty for text and codes. `t` alone means tonnes on the scenario's basis.
    pub unit: &'static str,
    /// What it means.
    pub description: &'static str,
}

/// A row type of a table.
pub trait Record {
    /// The table's name, which is also its file's.
    const TABLE: &'static str;
    /// What one row is.
    const TITLE: &'static str;
    /// The columns, in order.
    const COLUMNS: &'static [Column];
    /// The row's cells, a cell a column.
    fn cells(&self) -> Vec<Cell>;
}

/// A table as any writer sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The name, which is also the file's.
    pub name: &'static str,
    /// What one row is.
    pub title: &'static str,
    /// The columns, in order.
    pub columns: &'static [Column],
    /// The rows, a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// The table of some rows.
    #[must_use]
    pub fn of<R: Record>(rows: &[R]) -> Self {
        Self {
            name: R::TABLE,
            title: R::TITLE,
            columns: R::COLUMNS,
            rows: rows.iter().map(R::cells).collect(),
        }
    }
}

/// Declares a row type: `name = "table" { /// description \n field: Type ["unit"], … }`.
///
/// The field's name is the column's, its documentation the column's description.
macro_rules! record {
    (
        #[doc = $title:literal]
        $name:ident = $table:literal {
            $(
                #[doc = $doc:literal]
                $field:ident : $ty:ty [$unit:literal],
            )*
        }
    ) => {
        #[doc = $title]
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $(
                #[doc = $doc]
                pub $field: $ty,
            )*
        }

        impl $crate::Record for $name {
            const TABLE: &'static str = $table;
            const TITLE: &'static str = $title.trim_ascii();
            const COLUMNS: &'static [$crate::Column] = &[
                $($crate::Column {
                    name: stringify!($field),
                    ty: <$ty as $crate::CellValue>::TYPE,
                    unit: $unit,
                    description: $doc.trim_ascii(),
                },)*
            ];
            fn cells(&self) -> Vec<$crate::Cell> {
                vec![$($crate::CellValue::cell(&self.$field),)*]
            }
        }
    };
}

pub(crate) use record;
