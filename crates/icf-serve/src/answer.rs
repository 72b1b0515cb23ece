//! Answers: pages, texts, and why there is none.

use std::sync::LazyLock;

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::guard::OF_REFUSALS;
use crate::pages::asset;
use crate::visit::Visit;

/// Why a request has no other answer, in both languages.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    english: String,
    chinese: String,
}

/// For who is in.
#[derive(Template)]
#[template(path = "refusal.html")]
struct Page<'a> {
    visit: &'a Visit,
    why: &'a str,
}

/// For who is not: it asks for nothing, since nothing would be given.
#[derive(Template)]
#[template(path = "closed.html")]
struct Closed<'a> {
    visit: &'a Visit,
    why: &'a str,
    style: &'static str,
}

/// The style of a page that can ask for none.
static STYLE: LazyLock<String> = LazyLock::new(|| format!("{}{}", icf_report::STYLE, asset::STYLE));

impl Refusal {
    pub(crate) fn new(status: StatusCode, english: impl Into<String>, chinese: impl Into<String>) -> Self {
        Self { status, english: english.into(), chinese: chinese.into() }
    }

    pub(crate) fn not_found(english: impl Into<String>, chinese: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, english, chinese)
    }

    /// The page that says so.
    pub(crate) fn shown(&self, visit: &Visit) -> Response {
        let page = page(&Page { visit, why: visit.of(&self.english, &self.chinese) });
        (self.status, [(CONTENT_SECURITY_POLICY, OF_REFUSALS)], page).into_response()
    }

    /// The page that says so to somebody who is not let in.
    pub(crate) fn closed(&self, visit: &Visit) -> Response {
        let policy = icf_report::policy(&STYLE, "") + "; frame-ancestors 'none'";
        let page = page(&Closed { visit, why: visit.of(&self.english, &self.chinese), style: &STYLE });
        (self.status, [(CONTENT_SECURITY_POLICY, policy)], page).into_response()
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            format!("the runs folder cannot be read: {error}"),
            format!("运行文件夹无法读取：{error}"),
        )
    }
}

impl IntoResponse for Refusal {
    /// Its page is made by the guard, which knows the language of the request.
    fn into_response(self) -> Response {
        let mut answer = self.status.into_response();
        answer.extensions_mut().insert(self);
        answer
    }
}

/// Where nothing is.
pub(crate) async fn nowhere() -> Refusal {
    Refusal::not_found("there is no such page", "没有这个页面")
}

/// A page.
pub(crate) fn page(template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => ([(CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

/// A value as JSON.
pub(crate) fn json(status: StatusCode, value: &impl Serialize) -> Response {
    match serde_json::to_string(value) {
        Ok(text) => (status, [(CONTENT_TYPE, "application/json")], text).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

/// Does what waits for the disk or computes where other requests do not wait for it.
pub(crate) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(_) => Err(Refusal::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the program has a fault: this request made it panic",
            "程序有缺陷：此请求使其崩溃",
        )),
    }
}

/// Text as a part of a path.
pub(crate) fn encoded(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
    text.bytes()
        .map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn names_become_paths() {
        assert_eq!(encoded("early-peak.2/report.html"), "early-peak.2/report.html");
        assert_eq!(encoded("早峰 ?#%"), "%E6%97%A9%E5%B3%B0%20%3F%23%25");
    }
}
