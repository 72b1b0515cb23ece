//! What is looked at in each draw.

/// A region, a group of regions or the nation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The places of its regions. All of them are known: a part would pass for the whole.
    pub members: Vec<usize>,
}

/// What is held against a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Held {
    /// Emissions, t.
    Emissions,
    /// The footprint against the capacity, both hm2, netted over the regions of a group.
    Capacity,
    /// Depth, with the regional correction for a group.
    Depth,
    /// The footprint per resident, hm2.
    IcfPerCapita,
    /// Size per resident, hm2.
    SizePerCapita,
}

/// A level whose crossing is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What is held against it.
    pub held: Held,
    /// The subjects it is held for, by place.
    pub subjects: Vec<usize>,
}

/// What is looked at in each draw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Regions of the run.
    pub regions: usize,
    /// Projected years.
    pub years: usize,
    /// Whose figures are gathered.
    pub subjects: Vec<Subject>,
    /// The levels.
    pub rules: Vec<Rule>,
    /// Whether the uptake of a mean hectare differs from draw to draw.
    pub eta_is_drawn: bool,
}

impl Frame {
    /// The pairs of a rule and a subject, in the order of rules, then subjects of a rule.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let of = |(rule, held): (usize, &Rule)| {
            held.subjects.clone().into_iter().map(move |subject| (rule, subject)).collect::<Vec<_>>()
        };
        self.rules.iter().enumerate().flat_map(of)
    }
}
