//! In which language a request is answered: the one chosen in a page's head, else that of the command, else the browser's.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use icf_report::Language;

use crate::app::App;
use crate::guard::cookies;

/// How a page speaks, and where it is.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    pub(crate) language: Language,
    /// Path and query of the page.
    here: String,
}

impl FromRequestParts<Arc<App>> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        Ok(Self::of_request(&parts.headers, &parts.uri, app))
    }
}

impl Visit {
    pub(crate) fn of_request(headers: &HeaderMap, uri: &Uri, app: &App) -> Self {
        let name = app.guard.language_cookie();
        let chosen = || cookies(headers).find(|(of, _)| *of == name).and_then(|(_, tag)| language(tag));
        let language = chosen().or(app.language).or_else(|| preferred(headers)).unwrap_or_default();
        Self { language, here: uri.path_and_query().map_or("/", |here| here.as_str()).to_owned() }
    }

    /// The one of two texts that is in this language.
    pub(crate) fn of<'a>(&self, english: &'a str, chinese: &'a str) -> &'a str {
        self.language.of(english, chinese)
    }

    /// The address that shows this page in the other language.
    pub(crate) fn other(&self) -> String {
        let to: String = form_urlencoded::byte_serialize(self.here.as_bytes()).collect();
        format!("/language/{}?to={to}", self.language.of("zh", "en"))
    }
}

/// The language of a tag such as `zh`, `zh-CN` or `en-GB`.
pub(crate) fn language(tag: &str) -> Option<Language> {
    let primary = tag.split('-').next().unwrap_or_default();
    [Language::English, Language::Chinese].into_iter().find(|known| primary.eq_ignore_ascii_case(known.tag()))
}

/// The first of the browser's languages that the pages speak. Browsers name them in the order of their user's liking.
fn preferred(headers: &HeaderMap) -> Option<Language> {
    let said = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    said.split(',').find_map(|one| language(one.split(';').next().unwrap_or_default().trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(accepted: &str, expected: Option<Language>) {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, accepted.parse().unwrap());
        assert_eq!(preferred(&headers), expected, "{accepted}");
    }

    #[test]
    fn browsers_are_answered_in_their_language() {
        check("en-GB,en;q=0.9", Some(Language::English));
        check("zh-CN,zh;q=0.9,en;q=0.8", Some(Language::Chinese));
        check("de, ZH-Hant;q=0.5, en;q=0.1", Some(Language::Chinese));
        check("de", None);
        check("zhuang", None);
        check("", None);
    }
}
