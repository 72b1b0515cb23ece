//! Runs the members of a family, and puts them together.

use std::path::{Path, PathBuf};

use icf_diagnostics::Diagnostics;
use icf_report::{Compared, ComparedRun, Language, RegionYears};
use icf_results::{Comparison, NationRow, Record, RegionInfo, Summary, Table};
use icf_runner::Cache;
use icf_scenario::{Family, Member, MemberKind, SweepOutputs};
use icf_tables::csv_text;
use rayon::prelude::*;

use crate::comparison::{self, guarded_csv, tables, text};
use crate::folder::{self, FolderError};

/// What became of a member.
pub struct Done {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: MemberKind,
    settings: Vec<(String, String)>,
    /// What it yields.
    pub outcome: Result<Outcome, Failure>,
}

/// Why a member has no results.
pub enum Failure {
    /// The scenario or its data are wrong.
    Mistakes(Diagnostics),
    /// The results could not be written.
    Unwritten(FolderError),
}

impl Failure {
    /// The mistakes, a line each.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Mistakes(mistakes) => mistakes.as_slice().iter().map(ToString::to_string).collect(),
            Self::Unwritten(error) => vec![error.to_string()],
        }
    }
}

/// What a member yields.
pub struct Outcome {
    /// Its headline figures.
    pub summary: Summary,
    /// What the reader should know although the scenario can be used.
    pub warnings: Diagnostics,
    nation: Vec<NationRow>,
    /// The regions in every year; of a point of a sweep none, which thousands need not hold.
    regional: Vec<RegionYears>,
    /// The language of its page.
    language: Language,
    /// Whether its CSV files are guarded against formulas.
    is_guarded: bool,
    /// Its regions with their boundaries, of the base alone.
    regions: Vec<RegionInfo>,
    boundaries: String,
    /// Where its folder was written; a point of a sweep has none.
    pub written: Option<Written>,
}

/// Where the results went.
pub struct Written {
    /// The folder.
    pub target: PathBuf,
    /// How many files it has.
    pub files: usize,
    /// Whether the page is among them.
    pub page: bool,
}

/// Runs every member; gives what became of them in their order. The base comes first, since the others share most of what it
/// computes; they go in parallel. `ended` is told of each as it ends.
pub fn run(
    family: &Family,
    cache: &Cache,
    target: impl Fn(&Member) -> PathBuf + Sync,
    ended: impl Fn(&Done) + Sync,
) -> Vec<Done> {
    let has_folder = |member: &Member| {
        member.kind != MemberKind::Sweep || family.settings.outputs == SweepOutputs::Folders
    };
    let one = |member: &Member| {
        let outcome = outcome(member, cache, has_folder(member).then(|| target(member)));
        let done =
            Done { name: member.name.clone(), kind: member.kind, settings: member.settings(), outcome };
        ended(&done);
        done
    };
    let Some((base, others)) = family.members.split_first() else { return vec![] };
    let first = one(base);
    let rest: Vec<Done> = others.par_iter().map(one).collect();
    std::iter::once(first).chain(rest).collect()
}

/// Runs one member.
fn outcome(member: &Member, cache: &Cache, target: Option<PathBuf>) -> Result<Outcome, Failure> {
    cache.go_on().map_err(Failure::Mistakes)?;
    let loaded = member.load().map_err(Failure::Mistakes)?;
    // A point of a sweep leaves its headline figures.
    let run = if target.is_some() { icf_runner::run } else { icf_runner::headlines };
    let (results, warnings) = run(&loaded, cache).map_err(Failure::Mistakes)?;
    let outputs = &loaded.scenario().outputs;
    let write = |target: PathBuf| {
        let files = folder::write(&target, &results, outputs, cache)?;
        Ok(Written { target, files, page: outputs.page })
    };
    let written = target.map(write).transpose().map_err(Failure::Unwritten)?;
    let summary = Summary::of(&results);
    let regional = match member.kind {
        MemberKind::Sweep => vec![],
        MemberKind::Base | MemberKind::Variant => RegionYears::of(&results.regions),
    };
    // Thousands of points need not hold the same outlines.
    let (regions, boundaries) = match member.kind {
        MemberKind::Base => (results.regions_info, results.boundaries),
        _ => (vec![], String::new()),
    };
    let language = folder::language(outputs);
    Ok(Outcome {
        summary,
        warnings,
        nation: results.nation,
        regional,
        language,
        is_guarded: outputs.guard_formulas,
        regions,
        boundaries,
        written,
    })
}

/// The headline figures of the members that the file puts side by side: the base and all variants, unless it names some.
#[must_use]
pub fn compared(family: &Family, members: &[Done]) -> Vec<Summary> {
    let is_wanted = |name: &String| match &family.compare {
        Some(compare) if !compare.members.is_empty() => compare.members.contains(name),
        _ => true,
    };
    let wanted = members.iter().filter(|member| member.kind != MemberKind::Sweep && is_wanted(&member.name));
    wanted.filter_map(|member| Some(member.outcome.as_ref().ok()?.summary.clone())).collect()
}

/// The name of the folder of what the members of a family say together.
#[must_use]
pub fn family_name(base: &str) -> String {
    format!("{base}.family")
}

/// Writes the tables of a family: all members, the nation of each, and what differs between those that are compared;
/// gives the number of files.
///
/// # Errors
/// When the page cannot be made or the folder not be written.
pub fn write_family(folder: &Path, members: &[Done], compared: &[Summary]) -> Result<usize, FolderError> {
    // The base speaks for its family.
    let base = members.iter().find_map(|member| member.outcome.as_ref().ok());
    let is_guarded = base.is_some_and(|base| base.is_guarded);
    let csv = |rows: &mut dyn Iterator<Item = Vec<String>>| {
        if is_guarded { guarded_csv(rows) } else { csv_text(rows) }
    };
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("members.csv".to_owned(), csv(&mut rows_of_members(members).into_iter()).into_bytes()),
        ("nation.csv".to_owned(), csv(&mut rows_of_nation(members).into_iter()).into_bytes()),
    ];
    if compared.len() > 1 {
        let comparison = Comparison::of(compared);
        for (name, text) in tables(&comparison, csv) {
            files.push((format!("compare/{name}.csv"), text.into_bytes()));
        }
        let json = serde_json::to_vec_pretty(&comparison).expect("a comparison has text keys only");
        files.push(("compare/comparison.json".to_owned(), json));
    }
    let (runs, points) = (side_by_side(members, compared), points(members));
    if runs.len() + points.len() > 1 && !runs.is_empty() {
        let compared = Compared {
            runs: &runs,
            points: &points,
            regions: base.map_or(&[], |base| &base.regions),
            boundaries: base.map_or("", |base| &base.boundaries),
            has_tables: true,
        };
        let language = base.map(|outcome| outcome.language).unwrap_or_default();
        let page = icf_report::compare_page(compared, language);
        let page = page.map_err(|error| FolderError::new(error.to_string()))?;
        files.push((COMPARE_PAGE.to_owned(), page.into_bytes()));
    }
    let about = serde_json::json!({ "family": members.first().map(|base| &base.name) });
    folder::write_files(folder, files, about)
}

/// The page of a family.
pub const COMPARE_PAGE: &str = "compare.html";

/// The compared members with the years of their nation.
fn side_by_side<'a>(members: &'a [Done], compared: &'a [Summary]) -> Vec<ComparedRun<'a>> {
    let one = |summary: &'a Summary| {
        let member = members.iter().find(|member| member.name == summary.scenario);
        let outcome = member.and_then(|member| member.outcome.as_ref().ok());
        let nation = outcome.map_or(&[][..], |outcome| &outcome.nation);
        let regional = outcome.map_or(&[][..], |outcome| &outcome.regional);
        ComparedRun { summary, nation, settings: &[], regional }
    };
    compared.iter().map(one).collect()
}

/// The points of the sweep, with what each sets.
fn points(members: &[Done]) -> Vec<ComparedRun<'_>> {
    let swept = members.iter().filter(|member| member.kind == MemberKind::Sweep);
    swept
        .filter_map(|member| {
            let Outcome { summary, nation, regional, .. } = member.outcome.as_ref().ok()?;
            Some(ComparedRun { summary, nation, settings: &member.settings, regional })
        })
        .collect()
}

/// One row a member: its settings, and its headline figures or its mistakes.
fn rows_of_members(members: &[Done]) -> Vec<Vec<String>> {
    let keys: Vec<&String> = members
        .iter()
        .find(|member| !member.settings.is_empty())
        .map(|member| member.settings.iter().map(|(key, _)| key).collect())
        .unwrap_or_default();
    let summaries: Vec<&Summary> =
        members.iter().filter_map(|member| Some(&member.outcome.as_ref().ok()?.summary)).collect();
    let thresholds = comparison::thresholds(summaries.iter().copied());
    let mut header = vec!["member".to_owned(), "kind".to_owned(), "error".to_owned()];
    header.extend(keys.iter().map(|key| (*key).clone()));
    header.extend(comparison::header(&thresholds));
    let rows = members.iter().map(|member| {
        let kind = match member.kind {
            MemberKind::Base => "base",
            MemberKind::Variant => "variant",
            MemberKind::Sweep => "sweep",
        };
        let error =
            member.outcome.as_ref().err().map_or_else(String::new, |failure| failure.lines().join("; "));
        let value = |key: &&String| {
            let found = member.settings.iter().find(|(of, _)| of == *key);
            found.map_or_else(String::new, |(_, value)| value.clone())
        };
        let mut cells = vec![member.name.clone(), kind.to_owned(), error];
        cells.extend(keys.iter().map(value));
        match &member.outcome {
            Ok(outcome) => cells.extend(comparison::row(&outcome.summary, &thresholds)),
            Err(_) => cells.resize(header.len(), String::new()),
        }
        cells
    });
    std::iter::once(header.clone()).chain(rows).collect()
}

/// The nation of every member and year, with the columns of the table of one run.
fn rows_of_nation(members: &[Done]) -> Vec<Vec<String>> {
    let columns = NationRow::COLUMNS.iter().map(|column| column.name.to_owned());
    let header = std::iter::once("member".to_owned()).chain(columns).collect();
    let rows = members.iter().flat_map(|member| {
        let nation = member.outcome.as_ref().map(|outcome| outcome.nation.as_slice()).unwrap_or_default();
        let name = member.name.clone();
        Table::of(nation)
            .rows
            .into_iter()
            .map(move |row| std::iter::once(name.clone()).chain(row.iter().map(text)).collect())
    });
    std::iter::once(header).chain(rows).collect()
}
