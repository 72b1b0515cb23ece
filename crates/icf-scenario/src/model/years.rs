//! Years.

use std::borrow::Cow;

use icf_units::Year;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// The years of the history, first and last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Years {
    /// The first year.
    #[schemars(with = "CalendarYear")]
    pub first: Year,
    /// The last year.
    #[schemars(with = "CalendarYear")]
    pub last: Year,
}

/// The schema of [`Year`], whose crate knows nothing of schemas. The bounds refuse a slip of the finger
/// before it becomes a table of a million years.
pub(super) struct CalendarYear;

impl JsonSchema for CalendarYear {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Year".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 1800, "maximum": 2200, "examples": [2012, 2030] })
    }
}
