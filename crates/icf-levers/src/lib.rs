//! Policy levers on projected emissions and sinks, and sink trading by an exact transport problem.
//!
//! | question | item |
//! |---|---|
//! | what can be turned | [`Lever`], one file a lever in `lever/` |
//! | what is turned on what | [`Levers::compile`]: levers, in order, for regions, years and fuels of a [`Setting`] |
//! | what comes of it | [`Levers::apply`] on [`Paths`]: a few multiplications a cell, for every draw of an ensemble |
//! | what each lever did | [`Levers::trace`]: the change of every cell, with notes where a cap held |
//! | who buys sink of whom | [`sink_trading`]: deficits matched with surpluses at least distance |
//! | how is that proved | [`Transport::solve`]: whole amounts, whole costs, and prices that prove the optimum |
//!
//! Tonnes are tonnes of carbon on the basis on which emissions meet the sink: whoever compiles has turned CO2 into
//! them by the convention of the run. A cell that is not known is zero here, and no lever may name it.
//!
//! What this crate does not do: it knows no names, reads no scenario, and changes no year that was observed. Trading
//! changes no footprint: it is an account beside.

mod error;
mod lever;
mod levers;
mod mix;
mod paths;
mod setting;
mod sink_trading;
mod transport;
mod years;

pub use error::{LeverError, LeverMistake, TransportError};
pub use lever::{
    Afforestation, Capture, Drought, Efficiency, Electrification, FuelSwitch, Lever, Moved, Relocation,
    SinkDegradation, Standards,
};
pub use levers::{Levers, Note, Trace};
pub use paths::Paths;
pub use setting::{Fuel, Setting, Shape};
pub use sink_trading::{Account, Flow, Standing, sink_trading};
pub use transport::{Plan, Transport};
pub use years::{Ramp, Span};
