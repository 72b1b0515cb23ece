//! What is kept beside the output while a long run goes on, so that an interrupted one can be carried on.
//!
//! Sums are whole numbers, so a run that is carried on gives the bytes of one that was not broken off. A checkpoint names
//! its inputs one by one: zones by all their positions, rasters by name, length and time of change, for to read them whole
//! would take as long as the run.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime};

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_landcover::{Key, Sharded, SoFar, Sum, Sums, Whole};
use serde::{Deserialize, Serialize};

use super::Opened;
use super::progress::Progress;
use crate::arguments::{Answer, RasterInputs};

/// How often it is written.
const EVERY: Duration = Duration::from_secs(10);

/// The file, as JSON.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    inputs: Vec<(String, String)>,
    passes: Vec<Pass>,
}

/// The pass over the rasters of a year, or of two: which rows of tiles are done, and what they found.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pass {
    done: Vec<usize>,
    /// Zone, classes and what was found of them; numbers of 128 bits are text.
    sums: Vec<(u32, Vec<Option<u16>>, Vec<String>)>,
}

/// How far a plan is.
type SoFarOf<P> = SoFar<<P as Sharded>::Key, <P as Sharded>::Found>;

impl Pass {
    fn of<K: Key, W: Whole>(so_far: &SoFar<K, W>) -> Self {
        let sum = |sum: Sum| (sum.zone, sum.codes, sum.numbers.iter().map(i128::to_string).collect());
        Self { done: so_far.done().collect(), sums: so_far.kept().map(sum).collect() }
    }

    fn of_plan<P: Sharded>(self, plan: &P) -> Option<SoFarOf<P>> {
        let sums = self.sums.into_iter().map(|(zone, codes, numbers)| {
            let numbers = numbers.iter().map(|number| number.parse().ok()).collect::<Option<_>>()?;
            Some(Sum { zone, codes, numbers })
        });
        plan.resumed(self.done, sums.collect::<Option<Vec<_>>>()?)
    }
}

/// The checkpoint of a run; nothing where the answer goes to standard output.
pub(in crate::commands) struct Checkpoint {
    file: Option<PathBuf>,
    is_resumed: bool,
    inputs: Vec<(String, String)>,
    state: Mutex<State>,
}

struct State {
    finished: Vec<Pass>,
    written: Instant,
    has_failed: bool,
}

impl Checkpoint {
    /// That of a run whose sums are decided by some inputs ([`inputs`]).
    pub(in crate::commands) fn of(answer: &Answer, inputs: Vec<(String, String)>) -> Self {
        let file = answer.out.as_ref().map(|out| {
            let mut name = out.as_os_str().to_owned();
            name.push(".checkpoint");
            PathBuf::from(name)
        });
        let state = State { finished: Vec::new(), written: Instant::now(), has_failed: false };
        Self { file, is_resumed: answer.resume, inputs, state: Mutex::new(state) }
    }

    /// Runs plans one after another, from where an interrupted run left them if that is asked for, and hands over what each
    /// found. It tells on standard error how far it is; of every cell `rasters` are read.
    pub(in crate::commands) fn run<P: Sharded>(
        &mut self,
        plans: &[&P],
        rasters: u64,
        is_quiet: bool,
        mistake: impl Fn(usize, &P::Error) -> Diagnostics,
        mut found: impl FnMut(usize, &Sums<P::Key, P::Found>) -> Result<(), Diagnostics>,
    ) -> Result<(), Diagnostics> {
        let so_far = self.resumed(plans, is_quiet)?;
        let left: u64 = plans.iter().zip(&so_far).map(|(plan, so_far)| plan.cells_left(so_far)).sum();
        let progress = Progress::new(left * rasters, is_quiet);
        for (place, (plan, mut so_far)) in plans.iter().zip(so_far).enumerate() {
            let ran = plan.run_on(&mut so_far, |so_far, cells| {
                progress.add(cells * rasters);
                self.keep_at_times(so_far);
            });
            if let Err(error) = ran {
                self.keep(&so_far);
                return Err(mistake(place, &error));
            }
            self.finish(&so_far);
            found(place, so_far.sums())?;
        }
        Ok(())
    }

    /// What an interrupted run left of each plan; nothing when there is no checkpoint or none is asked for.
    fn resumed<P: Sharded>(&self, plans: &[&P], is_quiet: bool) -> Result<Vec<SoFarOf<P>>, Diagnostics> {
        let anew = || plans.iter().map(|_| SoFar::default()).collect();
        let say = |text: String| {
            if !is_quiet {
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
        for (pass, plan) in kept.passes.into_iter().zip(plans) {
            let of_plan = pass.of_plan(*plan);
            so_far.push(of_plan.ok_or_else(|| refused(file, "is damaged: it is not of this plan"))?);
        }
        so_far.resize_with(plans.len(), SoFar::default);
        let rows: usize = plans.iter().map(|plan| plan.shards()).sum();
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
    fn keep_at_times<K: Key, W: Whole>(&self, so_far: &SoFar<K, W>) {
        let is_due = self.state.lock().expect("nothing panics while it is held").written.elapsed() >= EVERY;
        if is_due {
            self.keep(so_far);
        }
    }

    /// Keeps what is done so far, with the passes before.
    fn keep<K: Key, W: Whole>(&self, so_far: &SoFar<K, W>) {
        let Some(file) = &self.file else { return };
        let mut state = self.state.lock().expect("nothing panics while it is held");
        let passes = state.finished.iter().cloned().chain([Pass::of(so_far)]).collect();
        let kept = Kept { inputs: self.inputs.clone(), passes };
        let text = serde_json::to_string(&kept).expect("lists of text and numbers are JSON");
        state.written = Instant::now();
        if let Err(error) = icf_workflow::replace(file, text.as_bytes())
            && !std::mem::replace(&mut state.has_failed, true)
        {
            eprintln!("icf: {}: {error}; the run goes on without a checkpoint", file.display());
        }
    }

    /// A pass is done.
    fn finish<K: Key, W: Whole>(&mut self, so_far: &SoFar<K, W>) {
        if self.file.is_some() {
            let state = self.state.get_mut().expect("nothing panics while it is held");
            state.finished.push(Pass::of(so_far));
        }
    }

    /// The answer is written, so nothing is left to carry on.
    pub(in crate::commands) fn remove(&self) {
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

/// What decides the sums of a command, by name.
pub(in crate::commands) fn inputs(
    command: &str,
    arguments: &RasterInputs,
    opened: &Opened,
) -> Result<Vec<(String, String)>, Diagnostics> {
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
        ("the command".to_owned(), command.to_owned()),
        ("--coverage".to_owned(), format!("{:?}", arguments.coverage)),
        ("--self-crossing".to_owned(), format!("{:?}", arguments.self_crossing)),
        ("the zones".to_owned(), icf_runner::sha256(&positions)),
    ];
    for (year, mosaic) in &opened.rasters {
        let of_year = year.map_or_else(String::new, |year| format!(" of {year}"));
        for file in &mosaic.files {
            inputs.push((format!("{}{of_year}", file.display()), state_of(file, "raster")?));
        }
    }
    Ok(inputs)
}

/// The length of a file and the time of its change.
pub(in crate::commands) fn state_of(file: &Path, code: &'static str) -> Result<String, Diagnostic> {
    let about = std::fs::metadata(file).and_then(|about| Ok((about.len(), about.modified()?)));
    let place = || Place::file(file.display().to_string());
    let (length, changed) = about.map_err(|error| Diagnostic::error(code, error.to_string()).at(place()))?;
    let changed = changed.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos();
    Ok(format!("{length} bytes, {changed}"))
}
