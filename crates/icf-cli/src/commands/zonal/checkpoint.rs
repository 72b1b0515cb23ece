//! What is kept beside the output while a long run goes on, so that an interrupted one can be carried on.
//!
//! Sums are whole numbers, so a run that is carried on gives the bytes of one that was not broken off. A checkpoint names
//! its inputs one by one: zones by all their positions, rasters by name, length and time of change, for to read them whole
//! would take as long as the run.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime};

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_landcover::{Plan, RasterFile, SoFar, Sum};
use serde::{Deserialize, Serialize};

use super::{Mosaic, Opened};
use crate::arguments::{RasterInputs, Zonal};

/// How often it is written.
const EVERY: Duration = Duration::from_secs(10);

/// The file, as JSON.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    inputs: Vec<(String, String)>,
    years: Vec<Year>,
}

/// The rasters of a year: which rows of tiles are done, and what they found.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    done: Vec<usize>,
    /// Zone, class, cells and area; numbers of 128 bits are text.
    sums: Vec<(u32, Option<u16>, String, String)>,
}

impl Year {
    fn of(so_far: &SoFar) -> Self {
        let sum = |sum: Sum| (sum.zone, sum.class, sum.cells.to_string(), sum.area.to_string());
        Self { done: so_far.done().collect(), sums: so_far.sums().map(sum).collect() }
    }

    fn of_plan(self, plan: &Plan<RasterFile>) -> Option<SoFar> {
        let sums = self.sums.into_iter().map(|(zone, class, cells, area)| {
            Some(Sum { zone, class, cells: cells.parse().ok()?, area: area.parse().ok()? })
        });
        plan.resumed(self.done, sums.collect::<Option<Vec<_>>>()?)
    }
}

/// The checkpoint of a run; nothing where the answer goes to standard output.
pub(super) struct Checkpoint {
    file: Option<PathBuf>,
    is_resumed: bool,
    inputs: Vec<(String, String)>,
    state: Mutex<State>,
}

struct State {
    finished: Vec<Year>,
    written: Instant,
    has_failed: bool,
}

impl Checkpoint {
    pub(super) fn of(zonal: &Zonal, opened: &Opened) -> Result<Self, Diagnostics> {
        let file = zonal.out.as_ref().map(|out| {
            let mut name = out.as_os_str().to_owned();
            name.push(".checkpoint");
            PathBuf::from(name)
        });
        let inputs = if file.is_some() { inputs(&zonal.inputs, opened)? } else { Vec::new() };
        let state = State { finished: Vec::new(), written: Instant::now(), has_failed: false };
        Ok(Self { file, is_resumed: zonal.resume, inputs, state: Mutex::new(state) })
    }

    /// What an interrupted run left of each year; nothing when there is no checkpoint or none is asked for.
    pub(super) fn resumed(
        &self,
        plans: &[(Option<i32>, &Mosaic, Plan<RasterFile>)],
        arguments: &RasterInputs,
    ) -> Result<Vec<SoFar>, Diagnostics> {
        let anew = || plans.iter().map(|_| SoFar::default()).collect();
        let say = |text: String| {
            if !arguments.quiet {
                eprintln!("icf: {text}");
            }
        };
        let Some(file) = self.file.as_deref() else { return Ok(anew()) };
        let name = file.display();
        if !self.is_resumed {
            if file.exists() {
                say(format!("{name} of an interrupted run will be replaced; --resume would carry it on"));
            }
            return Ok(anew());
        }
        if !file.exists() {
            say(format!("there is no {name}: nothing is carried on"));
            return Ok(anew());
        }
        let kept = self.read(file)?;
        let mut so_far = Vec::new();
        for (year, (.., plan)) in kept.years.into_iter().zip(plans) {
            so_far
                .push(year.of_plan(plan).ok_or_else(|| refused(file, "is damaged: it is not of this plan"))?);
        }
        so_far.resize_with(plans.len(), SoFar::default);
        let rows: usize = plans.iter().map(|(.., plan)| plan.shards()).sum();
        let done: usize = so_far.iter().map(|so_far| so_far.done().count()).sum();
        say(format!("carried on: {done} of {rows} rows of tiles were done"));
        Ok(so_far)
    }

    /// Reads the file; refuses one of other inputs, and names them.
    fn read(&self, file: &Path) -> Result<Kept, Diagnostic> {
        let bytes = std::fs::read(file).map_err(|error| refused(file, error.to_string()))?;
        let kept: Kept = serde_json::from_slice(&bytes)
            .map_err(|error| refused(file, format!("is no checkpoint or damaged: {error}")))?;
        if kept.inputs == self.inputs {
            return Ok(kept);
        }
        let others = self.inputs.iter().filter(|input| !kept.inputs.contains(input));
        let gone = kept.inputs.iter().filter(|(name, _)| self.inputs.iter().all(|(now, _)| now != name));
        let mut names: Vec<&str> = others.chain(gone).map(|(name, _)| name.as_str()).collect();
        if names.is_empty() {
            names.push("the order of the rasters");
        }
        Err(refused(file, format!("is of a run of other inputs: {}", super::named(names))))
    }

    /// Keeps what is done so far when the last time is a while ago.
    pub(super) fn keep_at_times(&self, so_far: &SoFar) {
        let is_due = self.state.lock().expect("nothing panics while it is held").written.elapsed() >= EVERY;
        if is_due {
            self.keep(so_far);
        }
    }

    /// Keeps what is done so far, with the years before.
    pub(super) fn keep(&self, so_far: &SoFar) {
        let Some(file) = &self.file else { return };
        let mut state = self.state.lock().expect("nothing panics while it is held");
        let years = state.finished.iter().cloned().chain([Year::of(so_far)]).collect();
        let kept = Kept { inputs: self.inputs.clone(), years };
        let text = serde_json::to_string(&kept).expect("lists of text and numbers are JSON");
        state.written = Instant::now();
        if let Err(error) = icf_workflow::replace(file, text.as_bytes())
            && !std::mem::replace(&mut state.has_failed, true)
        {
            eprintln!("icf: {}: {error}; the run goes on without a checkpoint", file.display());
        }
    }

    /// A year is done.
    pub(super) fn finish(&mut self, so_far: &SoFar) {
        if self.file.is_some() {
            let state = self.state.get_mut().expect("nothing panics while it is held");
            state.finished.push(Year::of(so_far));
        }
    }

    /// The answer is written, so nothing is left to carry on.
    pub(super) fn remove(&self) {
        if let Some(file) = &self.file
            && let Err(error) = std::fs::remove_file(file)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            eprintln!("icf: {}: {error}", file.display());
        }
    }
}

fn refused(file: &Path, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("checkpoint", message)
        .at(Place::file(file.display().to_string()))
        .hint("run without --resume to begin anew")
}

/// What decides the sums, by name.
fn inputs(arguments: &RasterInputs, opened: &Opened) -> Result<Vec<(String, String)>, Diagnostics> {
    let mut positions = Vec::new();
    for feature in opened.layer.features() {
        positions.extend_from_slice(feature.region.as_str().as_bytes());
        for polygon in &feature.shape {
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                positions.push(0);
                positions
                    .extend(ring.0.iter().flat_map(|at| [at.x.to_le_bytes(), at.y.to_le_bytes()]).flatten());
            }
        }
    }
    let mut inputs = vec![
        ("the program".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        ("--coverage".to_owned(), format!("{:?}", arguments.coverage)),
        ("--self-crossing".to_owned(), format!("{:?}", arguments.self_crossing)),
        ("the zones".to_owned(), icf_runner::sha256(&positions)),
    ];
    for (year, mosaic) in &opened.rasters {
        let of_year = year.map_or_else(String::new, |year| format!(" of {year}"));
        for file in &mosaic.files {
            let about = std::fs::metadata(file).and_then(|about| Ok((about.len(), about.modified()?)));
            let place = || Place::file(file.display().to_string());
            let (length, changed) =
                about.map_err(|error| Diagnostic::error("raster", error.to_string()).at(place()))?;
            let changed = changed.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos();
            inputs.push((format!("{}{of_year}", file.display()), format!("{length} bytes, {changed}")));
        }
    }
    Ok(inputs)
}
