//! Counter-based random numbers: Philox4x32-10, keyed by (seed, purpose, index).
//!
//! A [`Stream`] gives the same numbers on every machine, in every order of asking and on any number of threads,
//! because each number is a function of its key and its place in the stream alone.
//!
//! ```
//! use icf_random::Stream;
//! let (mut a, mut b) = (Stream::new(1, "lisa size 2021", 7), Stream::new(1, "lisa size 2021", 7));
//! assert_eq!(a.next_u32(), b.next_u32());
//! assert_ne!(Stream::new(1, "lisa size 2021", 8).next_u64(), b.next_u64());
//! ```
//!
//! Source: Salmon, Moraes, Dror & Shaw 2011, Parallel random numbers: as easy as 1, 2, 3, SC '11.
//!
//! What this crate is not: a source of secrets. Anyone who knows the key knows the numbers.

mod philox;
mod stream;

pub use philox::philox4x32_10;
pub use stream::Stream;
