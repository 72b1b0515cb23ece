//! The choice of a language, in the head of every page.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::{HeaderValue, LOCATION, SET_COOKIE};
use axum::response::{IntoResponse, Response};

use crate::answer::Refusal;
use crate::app::App;
use crate::visit::language;

/// Remembers a language, and goes back to the page `?to=`.
pub(crate) async fn choose(
    State(app): State<Arc<App>>,
    Path(tag): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let chosen = language(&tag)
        .ok_or_else(|| Refusal::not_found("the pages speak no such language", "页面没有这种语言"))?;
    let query = query.unwrap_or_default();
    let to = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "to");
    let to = to.map(|(_, to)| to.into_owned()).filter(|to| is_ours(to));
    let to = to.and_then(|to| HeaderValue::from_str(&to).ok()).unwrap_or(HeaderValue::from_static("/"));
    let cookie = format!("{}={chosen}; Path=/; HttpOnly; SameSite=Strict", app.guard.language_cookie());
    let mut answer = (StatusCode::SEE_OTHER, [(SET_COOKIE, cookie)]).into_response();
    answer.headers_mut().insert(LOCATION, to);
    Ok(answer)
}

/// Whether an address is a path here. What begins with two slashes, or with one that a browser takes for one, is another server.
fn is_ours(to: &str) -> bool {
    to.starts_with('/') && !to[1..].starts_with(['/', '\\']) && to.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for ours in ["/", "/run/a", "/compare?run=a&run=b", "/edit?preset=x"] {
            assert!(is_ours(ours), "{ours}");
        }
        for other in [
            "",
            "//evil.example",
            "/\\evil.example",
            "http://evil.example",
            "run",
            "/a\r\nb",
            "/\t/evil.example",
        ] {
            assert!(!is_ours(other), "{other}");
        }
    }
}
