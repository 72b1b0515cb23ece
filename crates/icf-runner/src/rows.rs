//! The accounts as rows of the tables `regions`, `groups` and `nation`.

use icf_results::{GroupRow, NationRow, Phase, RegionInfo, RegionRow};
use icf_units::Year;

use crate::accounts::{Accounts, Sum};
use crate::classes::Classes;
use crate::subjects::groups;

fn phase(year: Year, last: Year) -> Phase {
    if year <= last { Phase::History } else { Phase::Projection }
}

/// One row a region and year, sorted by region, then year.
pub(crate) fn regions(
    accounts: &Accounts,
    infos: &[RegionInfo],
    classes: &Classes,
    last: Year,
) -> Vec<RegionRow> {
    let mut rows = Vec::with_capacity(infos.len() * accounts.axes().years().len());
    for (place, info) in infos.iter().enumerate() {
        for year in accounts.axes().years().iter() {
            let footprint = accounts.footprint.get(place, year);
            let quadrant = classes.quadrant(place, year);
            rows.push(RegionRow {
                region: info.id.clone(),
                name: info.name.clone(),
                group: info.group.clone(),
                year,
                phase: phase(year, last),
                population: accounts.population.get(place, year),
                ice_tco2: accounts.ice_co2(place, year),
                ice_t: accounts.ice.get(place, year),
                cs_t: accounts.cs.get(place, year),
                icf_hm2: footprint.map(|footprint| footprint.icf),
                cec_hm2: footprint.map(|footprint| footprint.cec),
                deficit_hm2: footprint.map(|footprint| footprint.deficit()),
                surplus_hm2: footprint.map(|footprint| footprint.surplus()),
                size_hm2: footprint.map(|footprint| footprint.size()),
                depth: accounts.depth(place, year),
                size_hm2_per_capita: accounts.size_per_capita(place, year),
                icf_hm2_per_capita: accounts.icf_per_capita(place, year),
                size_class: classes.size_class(accounts, place, year),
                depth_class: classes.depth_class(accounts, place, year),
                quadrant: quadrant.map(|quadrant| quadrant.as_str()),
                zone: quadrant.map(|quadrant| quadrant.zone()),
                flow_occupancy: footprint.and_then(|footprint| footprint.flow_occupancy()),
                stock_to_flow: footprint.and_then(|footprint| footprint.stock_to_flow()),
                note: note(accounts, place, year),
            });
        }
    }
    rows
}

/// Why values of a row are missing.
fn note(accounts: &Accounts, place: usize, year: Year) -> String {
    let mut notes = Vec::new();
    if accounts.ice.get(place, year).is_none() {
        notes.push("energy not known");
    }
    if accounts.cs.get(place, year).is_none() {
        notes.push("land not known");
    }
    if accounts.footprint.get(place, year).is_some_and(|footprint| footprint.depth().is_none()) {
        notes.push("no depth: there is a footprint and no capacity");
    }
    if accounts.population.get(place, year).is_none_or(|persons| persons.get() <= 0.0) {
        notes.push("no residents, so nothing per resident");
    }
    notes.join("; ")
}

/// One row a group and year, sorted by group, then year.
pub(crate) fn group_rows(
    accounts: &Accounts,
    infos: &[RegionInfo],
    grouping: &str,
    last: Year,
) -> Vec<GroupRow> {
    let mut rows = Vec::new();
    for (group, members) in groups(infos) {
        for year in accounts.axes().years().iter() {
            rows.push(sum_row(grouping, &group, infos, year, last, &accounts.sum(&members, year)));
        }
    }
    rows
}

/// One row a year.
pub(crate) fn nation_rows(accounts: &Accounts, infos: &[RegionInfo], last: Year) -> Vec<NationRow> {
    let row = |year| NationRow(sum_row("", "nation", infos, year, last, &accounts.nation(year)));
    accounts.axes().years().iter().map(row).collect()
}

/// The sums of a group; missing when not all of its regions are known in the year.
fn sum_row(grouping: &str, group: &str, infos: &[RegionInfo], year: Year, last: Year, sum: &Sum) -> GroupRow {
    let known = sum.is_known();
    let footprint = sum.footprint;
    GroupRow {
        grouping: grouping.to_owned(),
        group: group.to_owned(),
        year,
        phase: phase(year, last),
        regions: footprint.regions,
        regions_in_deficit: footprint.regions_in_deficit,
        population: known.then_some(sum.population),
        ice_tco2: known.then_some(sum.ice_co2),
        ice_t: known.then_some(sum.ice),
        cs_t: known.then_some(sum.cs),
        icf_hm2: known.then_some(footprint.icf),
        cec_hm2: known.then_some(footprint.cec),
        deficit_hm2: known.then_some(footprint.deficit),
        surplus_hm2: known.then_some(footprint.surplus),
        size_hm2: known.then_some(footprint.size),
        depth: known.then(|| footprint.depth()).flatten(),
        depth_netted: known.then(|| footprint.depth_netted()).flatten(),
        size_hm2_per_capita: sum.size_per_capita().filter(|_| known),
        icf_hm2_per_capita: sum.icf_per_capita().filter(|_| known),
        note: sum.why_unknown(infos),
    }
}
