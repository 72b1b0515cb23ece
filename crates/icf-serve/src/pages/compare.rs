//! Runs side by side, on the page that the members of a family have.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use icf_report::say;
use icf_workflow::{Finished, side_by_side};

use super::show::Frame;
use crate::answer::{Refusal, aside, page as render};
use crate::app::App;
use crate::guard::OF_FILES;
use crate::visit::Visit;

/// More columns than these are no help to a reader.
const MOST: usize = 50;

/// The runs of a query `?run=NAME&run=NAME&against=NAME`. The others are held against the last one, when it is among them, or
/// else against the first.
fn named(query: &str) -> Result<Vec<String>, Refusal> {
    let (mut names, mut against): (Vec<String>, Option<String>) = (Vec::new(), None);
    for (key, value) in form_urlencoded::parse(query.as_bytes()) {
        if key == "run" && !names.iter().any(|name| *name == value) {
            names.push(value.into_owned());
        } else if key == "against" {
            against = Some(value.into_owned());
        }
    }
    if let Some(place) = against.and_then(|against| names.iter().position(|name| *name == against)) {
        names[..=place].rotate_right(1);
    }
    if names.len() < 2 || names.len() > MOST {
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            format!("two runs at least, and {MOST} at most, can be put side by side"),
            format!("可并列对比 2 至 {MOST} 次运行"),
        ));
    }
    Ok(names)
}

/// The folders of runs.
fn folders(app: &App, names: &[String]) -> Result<Vec<std::path::PathBuf>, Refusal> {
    let folder = |name: &String| {
        let none =
            || Refusal::not_found(format!("there is no run {name}"), format!("没有名为 {name} 的运行"));
        app.shelf.run_folder(name).ok_or_else(none)
    };
    names.iter().map(folder).collect()
}

/// The page below a bar that leads back.
pub(crate) async fn framed(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    visit: Visit,
) -> Result<Response, Refusal> {
    let query = query.unwrap_or_default();
    let names = named(&query)?;
    let inner = format!("/compare/page?{query}");
    let made = aside(move || {
        let first = &names[0];
        let title = say!(
            visit.language,
            "{} against {first}",
            "{} 与 {first} 相比",
            names[1..].join(visit.of(", ", "、"))
        );
        // What cannot be shown is said here, and not in a frame.
        for folder in folders(&app, &names)? {
            read(&folder)?;
        }
        Ok(Frame { visit, title, run: None, inner })
    });
    Ok(render(&made.await?))
}

fn read(folder: &std::path::Path) -> Result<Finished, Refusal> {
    Finished::read(folder).map_err(|why| unfit(&why.to_string()))
}

fn unfit(why: &str) -> Refusal {
    let chinese = format!("无法对比：{why}");
    Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, why, chinese)
}

/// The page itself, in the sandbox of the files of runs.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    visit: Visit,
) -> Result<Response, Refusal> {
    let names = named(&query.unwrap_or_default())?;
    let made = aside(move || {
        let folders = folders(&app, &names)?;
        let runs = folders.iter().map(|folder| read(folder)).collect::<Result<Vec<_>, _>>()?;
        side_by_side(&runs, visit.language).map_err(|why| unfit(&why.to_string()))
    });
    let kind = (CONTENT_TYPE, "text/html; charset=utf-8");
    Ok(([kind, (CONTENT_SECURITY_POLICY, OF_FILES)], made.await?).into_response())
}

#[cfg(test)]
mod tests {
    use super::named;

    #[track_caller]
    fn check(query: &str, expected: &[&str]) {
        assert_eq!(named(query).unwrap(), expected, "{query}");
    }

    #[test]
    fn the_one_chosen_comes_first() {
        check("run=a&run=b&run=c", &["a", "b", "c"]);
        check("run=a&run=b&run=c&against=c", &["c", "a", "b"]);
        check("against=b&run=a&run=b&run=c&run=b", &["b", "a", "c"]);
        check("run=a&run=b&against=a", &["a", "b"]);
        check("run=a&run=b&against=x", &["a", "b"]);
        for few in ["", "run=a", "run=a&run=a", "run=a&against=b"] {
            assert!(named(few).is_err(), "{few}");
        }
    }
}
