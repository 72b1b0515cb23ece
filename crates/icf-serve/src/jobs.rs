//! Scenarios that are being run: how many at once, what is heard of them, and how they end.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use icf_diagnostics::Diagnostics;
use icf_runner::Cache;
use icf_scenario::{Family, MemberKind};
use icf_workflow::{COMPARE_PAGE, Condition, Done};
use serde::Serialize;
use tokio::sync::watch;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Dispatch, Event, Level, Metadata, Subscriber};

/// As many jobs are remembered after they ended.
const REMEMBERED: usize = 50;
/// As many words of a job are kept: a sweep of a hundred thousand points would say as much.
const MOST_SAID: usize = 2000;

/// All jobs since the server began.
pub(crate) struct Jobs {
    /// As many may run at once.
    most: usize,
    /// Threads of each; all cores without it.
    threads: Option<usize>,
    begun: AtomicUsize,
    all: Mutex<Vec<Arc<Job>>>,
}

/// One scenario with its members, running or ended.
pub(crate) struct Job {
    pub(crate) id: usize,
    /// Name of the base.
    pub(crate) name: String,
    pub(crate) begun: SystemTime,
    cache: Cache,
    said: Mutex<Vec<Said>>,
    has_ended: AtomicBool,
    /// How much was said, for those who wait.
    news: watch::Sender<usize>,
}

/// What is heard of a job.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Said {
    /// A step of a run.
    Step { text: String },
    /// Some members have ended.
    Members { ended: usize, of: usize },
    /// The last word.
    Ended(Ended),
}

/// How a job ended.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Ended {
    pub(crate) how: How,
    /// The folders that were written, the base first.
    pub(crate) runs: Vec<String>,
    /// Whether members are put side by side, and in which folder.
    pub(crate) family: Option<String>,
    /// What else there is to say.
    pub(crate) notes: Vec<Note>,
    pub(crate) diagnostics: Diagnostics,
}

/// A remark on how a job ended. What the program says itself of a run is in English.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Note {
    /// A condition of the scenario holds, or cannot be told.
    Condition { run: String, text: String },
    /// A member failed.
    Member { run: String, text: String },
    /// The scenario's text could not be saved beside its run.
    Unsaved { text: String },
    /// What keeps the program from going on.
    Fault { text: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum How {
    Done,
    Failed,
    Cancelled,
}

/// Why no job was begun.
pub(crate) enum Busy {
    /// As many run as may.
    Full(Vec<String>),
    /// One that writes the same folder.
    Same,
}

impl Jobs {
    pub(crate) fn new(most: usize, threads: Option<usize>) -> Self {
        Self { most, threads, begun: AtomicUsize::new(0), all: Mutex::default() }
    }

    /// The jobs, the last one first.
    pub(crate) fn all(&self) -> Vec<Arc<Job>> {
        lock(&self.all).iter().rev().cloned().collect()
    }

    pub(crate) fn find(&self, id: usize) -> Option<Arc<Job>> {
        lock(&self.all).iter().find(|job| job.id == id).cloned()
    }

    /// Begins to run a family, and saves its text when that is done.
    pub(crate) fn begin(&self, family: Family, text: String, root: PathBuf) -> Result<Arc<Job>, Busy> {
        let name = family.members[0].name.clone();
        let mut all = lock(&self.all);
        let running: Vec<&Arc<Job>> = all.iter().filter(|job| !job.has_ended()).collect();
        if running.iter().any(|job| job.name == name) {
            return Err(Busy::Same);
        }
        if running.len() >= self.most {
            return Err(Busy::Full(running.iter().map(|job| job.name.clone()).collect()));
        }
        let id = self.begun.fetch_add(1, Ordering::Relaxed) + 1;
        let job = Arc::new(Job {
            id,
            name,
            begun: SystemTime::now(),
            cache: Cache::default(),
            said: Mutex::default(),
            has_ended: AtomicBool::new(false),
            news: watch::Sender::new(0),
        });
        all.push(Arc::clone(&job));
        if all.len() > self.most + REMEMBERED
            && let Some(oldest) = all.iter().position(|job| job.has_ended())
        {
            all.remove(oldest);
        }
        drop(all);
        let (working, threads) = (Arc::clone(&job), self.threads);
        std::thread::spawn(move || {
            let last = LastWord(Arc::clone(&working));
            let ended = on_threads(threads, &working, || working.run(&family, &text, &root));
            working.end(ended.unwrap_or_else(|why| Ended::failed(vec![Note::Fault { text: why }])));
            drop(last);
        });
        Ok(job)
    }

    /// Stops all jobs; gives those that had not ended.
    pub(crate) fn stop(&self) -> Vec<Arc<Job>> {
        let running: Vec<_> = self.all().into_iter().filter(|job| !job.has_ended()).collect();
        running.iter().for_each(|job| job.cancel());
        running
    }
}

/// Says the end of a job that panicked, which could not say it itself.
struct LastWord(Arc<Job>);

impl Drop for LastWord {
    fn drop(&mut self) {
        if !self.0.has_ended() {
            let text = "the program has a fault: this run made it panic".to_owned();
            self.0.end(Ended::failed(vec![Note::Fault { text }]));
        }
    }
}

impl Ended {
    fn failed(notes: Vec<Note>) -> Self {
        Self { how: How::Failed, runs: vec![], family: None, notes, diagnostics: Diagnostics::default() }
    }
}

impl Job {
    pub(crate) fn has_ended(&self) -> bool {
        self.has_ended.load(Ordering::Acquire)
    }

    /// How it ended, if it has.
    pub(crate) fn how(&self) -> Option<How> {
        match lock(&self.said).last() {
            Some(Said::Ended(ended)) => Some(ended.how),
            _ => None,
        }
    }

    /// Waits until it has ended.
    pub(crate) async fn ended(&self) {
        // The sender lives as long as the job.
        self.news().wait_for(|_| self.has_ended()).await.ok();
    }

    /// Asks it to end. What is being written is written whole.
    pub(crate) fn cancel(&self) {
        self.cache.stop();
    }

    /// What was said from a place on.
    pub(crate) fn since(&self, place: usize) -> Vec<Said> {
        lock(&self.said).get(place..).unwrap_or_default().to_vec()
    }

    /// Tells how much was said.
    pub(crate) fn news(&self) -> watch::Receiver<usize> {
        self.news.subscribe()
    }

    fn say(&self, what: Said) {
        let mut said = lock(&self.said);
        let is_last = matches!(what, Said::Ended(_));
        if said.len() < MOST_SAID || is_last {
            said.push(what);
        }
        if is_last {
            // Who has read the last word must find that it was the last.
            self.has_ended.store(true, Ordering::Release);
        }
        self.news.send_replace(said.len());
    }

    fn end(&self, ended: Ended) {
        self.say(Said::Ended(ended));
    }

    fn run(&self, family: &Family, text: &str, root: &std::path::Path) -> Ended {
        let file = crate::draft::file_name(text);
        let mistakes = icf_workflow::check(family, &file, &self.cache);
        if mistakes.has_errors() && !self.cache.is_stopped() {
            return Ended { diagnostics: mistakes, ..Ended::failed(vec![]) };
        }
        let (of, ended) = (family.members.len(), AtomicUsize::new(0));
        let tell = |_: &Done| {
            let ended = ended.fetch_add(1, Ordering::Relaxed) + 1;
            // Of many members some are told.
            if of > 1 && (ended == of || of <= MOST_SAID / 4 || ended.is_multiple_of(of / (MOST_SAID / 4))) {
                self.say(Said::Members { ended, of });
            }
        };
        let members = icf_workflow::run(family, &self.cache, |member| root.join(&member.name), tell);
        let mut end = Ended { how: How::Done, ..Ended::failed(vec![]) };
        for member in &members {
            match &member.outcome {
                Ok(outcome) => {
                    if outcome.written.is_some() {
                        end.runs.push(member.name.clone());
                    }
                    if member.kind != MemberKind::Sweep {
                        end.diagnostics.extend(outcome.warnings.clone());
                    }
                    end.notes.extend(conditions(family, &outcome.summary));
                }
                Err(_) if self.cache.is_stopped() => end.how = How::Cancelled,
                Err(failure) => {
                    let text = failure.lines().into_iter().next().unwrap_or_default();
                    end.notes.push(Note::Member { run: member.name.clone(), text });
                    if let icf_workflow::Failure::Mistakes(mistakes) = failure {
                        end.diagnostics.extend(mistakes.clone());
                    }
                }
            }
        }
        if end.how == How::Cancelled {
            return end;
        }
        if members.first().is_none_or(|base| base.outcome.is_err()) {
            end.how = How::Failed;
            return end;
        }
        if members.len() > 1 {
            let name = icf_workflow::family_name(&self.name);
            let compared = icf_workflow::compared(family, &members);
            match icf_workflow::write_family(&root.join(&name), &members, &compared) {
                Ok(_) => end.family = root.join(&name).join(COMPARE_PAGE).is_file().then_some(name),
                Err(error) => end.notes.push(Note::Fault { text: error.to_string() }),
            }
        }
        if let Err(error) = icf_workflow::replace(&root.join(&file), text.as_bytes()) {
            end.notes.push(Note::Unsaved { text: error.to_string() });
        }
        end
    }
}

/// Which conditions of the file hold of a run.
fn conditions(family: &Family, summary: &icf_results::Summary) -> Vec<Note> {
    let declared = family.compare.iter().flat_map(|compare| &compare.fail_on);
    let conditions = declared.filter_map(|declared| Condition::declared(declared).ok());
    let told = conditions.filter_map(|condition| match condition.holds(summary) {
        Ok(found) => found,
        Err(why) => Some(why),
    });
    told.map(|text| Note::Condition { run: summary.scenario.clone(), text }).collect()
}

/// Does the work on threads of its own, on which all that is said is said to the job.
fn on_threads<T: Send>(
    threads: Option<usize>,
    job: &Arc<Job>,
    work: impl FnOnce() -> T + Send,
) -> Result<T, String> {
    let heard = Dispatch::new(Listener(Arc::clone(job)));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).spawn_handler(|thread| {
        let heard = heard.clone();
        std::thread::Builder::new().spawn(move || {
            let _guard = tracing::dispatcher::set_default(&heard);
            thread.run();
        })?;
        Ok(())
    });
    Ok(pool.build().map_err(|error| error.to_string())?.install(work))
}

/// Hears the steps of a run, as the program tells them on standard error.
struct Listener(Arc<Job>);

impl Subscriber for Listener {
    fn enabled(&self, about: &Metadata<'_>) -> bool {
        about.is_event() && *about.level() <= Level::INFO && about.target().starts_with("icf_")
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Message::default();
        event.record(&mut text);
        self.0.say(Said::Step { text: text.0 });
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The words of an event.
#[derive(Default)]
struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}

/// What is behind a lock is whole even if somebody panicked: it is only ever added to.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
