//! Inequality of values per head, and where it comes from.
//!
//! | question | function | source |
//! |---|---|---|
//! | how unequal, the upper end weighing more | [`theil_t`] | Theil 1967 |
//! | how unequal, the lower end weighing more | [`theil_l`] | Theil 1967 |
//! | how unequal, every pair alike | [`gini`] | Gini 1914 |
//! | how much of it within groups, how much between | [`theil_t_by_group`], [`theil_l_by_group`] | Shorrocks 1980 |
//! | and how much because groups overlap | [`gini_by_group`] | Dagum 1997 |
//!
//! Values are per head (hm² per person, say); weights are the persons. Without weights every value counts the
//! same. All sums run over terms of one sign, so that near equality costs no digits.
//!
//! What this crate does not do: it adds no small number to a zero. x·ln x is 0 at 0, so Theil's T and Gini take
//! zeros; Theil's L is undefined with them, and says so.

mod error;
mod gini;
mod gini_by_group;
mod shares;
mod theil;
mod theil_by_group;

use shares::Shares;

pub use error::InequalityError;
pub use gini::gini;
pub use gini_by_group::{GiniDecomposition, GiniGroup, GiniPair, gini_by_group};
pub use theil::{theil_l, theil_t};
pub use theil_by_group::{TheilDecomposition, TheilGroup, theil_l_by_group, theil_t_by_group};
