//! Which regions take part.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// Which regions take part, and how they are grouped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Regions {
    /// A column of the regions table, e.g. `group3` (east, central, west) or `group4`; `groups` take its place.
    #[schemars(length(min = 1))]
    pub grouping: String,
    /// Groups of your own in place of a column: under each name its regions, by code or English name. Each region of the
    /// run is in one of them, unless `rest` says where the others go.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub groups: IndexMap<String, Vec<RegionKey>>,
    /// The group of every region that no group of `groups` names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub rest: Option<String>,
    /// Only these regions, by code or English name; all of the data when absent.
    #[schemars(length(min = 1))]
    pub include: Option<Vec<RegionKey>>,
    /// All but these regions, by code or English name.
    pub exclude: Vec<RegionKey>,
}

impl Default for Regions {
    fn default() -> Self {
        Self {
            grouping: "group3".to_owned(),
            groups: IndexMap::new(),
            rest: None,
            include: None,
            exclude: Vec::new(),
        }
    }
}

impl Regions {
    /// What the grouping is called in tables: the column of the regions table, or `own`.
    #[must_use]
    pub fn grouping_name(&self) -> &str {
        if self.groups.is_empty() { &self.grouping } else { "own" }
    }

    /// The group of the user's own that a region is in, by its id and English name.
    #[must_use]
    pub fn own_group(&self, id: &str, english_name: &str) -> Option<&str> {
        let named = |keys: &Vec<RegionKey>| keys.iter().any(|key| key.names(id, english_name));
        let group = self.groups.iter().find(|(_, keys)| named(keys));
        group.map(|(name, _)| name.as_str()).or(self.rest.as_deref())
    }
}

/// A region as a person names it: by its code or its English name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RegionKey(String);

impl RegionKey {
    /// Wraps a code or a name.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    /// The code or name as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this names the region with that id and English name.
    #[must_use]
    pub fn names(&self, id: &str, english_name: &str) -> bool {
        self.0 == id || self.0 == english_name
    }
}

impl fmt::Display for RegionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl JsonSchema for RegionKey {
    fn schema_name() -> Cow<'static, str> {
        "RegionKey".into()
    }

    /// A code may be written without quotes, so an editor must accept what it takes for a number.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A region by its code or its English name.",
            "type": ["string", "integer"],
            "minLength": 1,
            "examples": ["440000", "Guangdong"],
        })
    }
}
