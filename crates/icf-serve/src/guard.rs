//! Who may ask: whoever has the token, through the address that the server listens on, from a page of its own.
//!
//! The token stands in the address that is printed once. The first request brings it there and gets it back as a cookie that
//! no other site's page can make a browser send; the address without it is shown from then on. Files of runs have a token of
//! their own in their path: a page of a run is shown in a sandbox, where it is nobody's origin and has no cookie, so that
//! what a stranger may have put into it can read neither the other pages nor ask for a run.
//!
//! A page elsewhere cannot talk to the server through a name that it has bent to this machine, since only the names and numbers
//! of the address itself are answered, nor send a request across, since a foreign `Origin` is refused.

use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, HOST, HeaderName, LOCATION, ORIGIN, REFERRER_POLICY,
    SET_COOKIE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::answer::Refusal;
use crate::app::App;
use crate::visit::Visit;

/// Where a server can be opened.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// On the machine that it runs on.
    pub this_machine: Option<String>,
    /// On other machines, as far as this one knows its own address.
    pub others: Option<String>,
    /// Whether other machines can reach it at all.
    pub are_let_in: bool,
}

/// The address by which other machines know this one: that from which it would go to theirs. Nothing is sent.
fn seen_by_others(unspecified: IpAddr) -> Option<IpAddr> {
    // Addresses that are kept for documents (RFC 5737, RFC 3849) lie beyond every network of one's own.
    let far: IpAddr = match unspecified {
        IpAddr::V4(_) => Ipv4Addr::new(192, 0, 2, 1).into(),
        IpAddr::V6(_) => Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into(),
    };
    let socket = UdpSocket::bind((unspecified, 0)).ok()?;
    socket.connect((far, 9)).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_unspecified() && !ip.is_loopback()).then_some(ip)
}

/// Where the files of runs are.
pub(crate) const FILES: &str = "/files";

/// Our pages: script, style and pictures from here, and nothing else.
const OF_PAGES: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                        frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// What is said instead of a page, which may have been asked for by a frame of ours.
pub(crate) const OF_REFUSALS: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; \
                        frame-ancestors 'self'";
/// Files of runs: a page may run its own script, as nobody, and ask for nothing. Pages of ours may frame it.
pub(crate) const OF_FILES: &str = "sandbox allow-scripts allow-popups allow-downloads allow-modals; default-src 'none'; \
                        script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; \
                        base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// Tokens and the address that they hold for.
pub(crate) struct Guard {
    address: SocketAddr,
    token: String,
    /// Stands in the paths of files.
    pass: String,
}

impl Guard {
    /// New tokens.
    pub(crate) fn new(address: SocketAddr) -> Result<Self, getrandom::Error> {
        Ok(Self { address, token: random()?, pass: random()? })
    }

    /// The addresses for people, with the token.
    pub(crate) fn addresses(&self) -> Addresses {
        let url = |ip: IpAddr| {
            let host = SocketAddr::new(ip, self.address.port());
            format!("http://{host}/?token={}", self.token)
        };
        let ip = self.address.ip();
        let this_machine = match ip {
            IpAddr::V4(ip) if ip.is_unspecified() => Some(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => Some(Ipv6Addr::LOCALHOST.into()),
            ip => ip.is_loopback().then_some(ip),
        };
        let others = match ip {
            ip if ip.is_unspecified() => seen_by_others(ip),
            ip => (!ip.is_loopback()).then_some(ip),
        };
        Addresses {
            this_machine: this_machine.map(url),
            others: others.map(url),
            are_let_in: !ip.is_loopback(),
        }
    }

    /// Where the files of a run are, without a slash at the end.
    pub(crate) fn files(&self, name: &str) -> String {
        format!("{FILES}/{}/{}", self.pass, crate::answer::encoded(name))
    }

    /// Cookies know no ports, so that the port must be in the name.
    fn cookie(&self) -> String {
        format!("icf-{}", self.address.port())
    }

    /// The cookie that remembers the language.
    pub(crate) fn language_cookie(&self) -> String {
        format!("icf-language-{}", self.address.port())
    }

    /// Why a request is not answered, if it is not.
    fn refuse(&self, request: &Request) -> Option<Refusal> {
        let headers = request.headers();
        let Some(host) = only(headers, &HOST).filter(|host| is_ours(host, self.address)) else {
            return Some(Refusal::new(
                StatusCode::MISDIRECTED_REQUEST,
                "the address in the browser is none of this server’s, which answers numbers and no names",
                "浏览器中的地址不属于本服务器；它只应答数字地址，不应答名称",
            ));
        };
        if headers.contains_key(ORIGIN) && only(headers, &ORIGIN) != Some(&format!("http://{host}")) {
            return Some(Refusal::new(
                StatusCode::FORBIDDEN,
                "a page of another origin may not ask",
                "不接受其他来源页面的请求",
            ));
        }
        let path = request.uri().path();
        let may = match path.strip_prefix(FILES).and_then(|rest| rest.strip_prefix('/')) {
            Some(rest) => same(rest.split('/').next().unwrap_or_default(), &self.pass),
            None => self.has_cookie(headers),
        };
        (!may).then(|| {
            Refusal::new(
                StatusCode::FORBIDDEN,
                "the token of this server is missing, or is one of an earlier start",
                "缺少本服务器的令牌，或令牌来自以前的一次启动",
            )
        })
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let name = self.cookie();
        cookies(headers).any(|(of, value)| of == name && same(value, &self.token))
    }

    /// Whether this is the first request, which has the token in its address.
    fn has_token(&self, request: &Request) -> bool {
        let query = request.uri().query().unwrap_or_default();
        let token = query.split('&').find_map(|pair| pair.strip_prefix("token="));
        request.method() == Method::GET
            && request.uri().path() == "/"
            && token.is_some_and(|token| same(token, &self.token))
    }

    /// The cookie, and the way to the list.
    fn admit(&self) -> Response {
        let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie(), self.token);
        (StatusCode::SEE_OTHER, [(SET_COOKIE, cookie.as_str()), (LOCATION, "/")]).into_response()
    }
}

/// Lets a request through or refuses it, and says in each answer what a browser may do with it.
pub(crate) async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let is_file = request.uri().path().starts_with(FILES);
    let visit = Visit::of_request(request.headers(), request.uri(), &app);
    let mut response = match app.guard.refuse(&request) {
        None => next.run(request).await,
        Some(refusal) if refusal.status == StatusCode::FORBIDDEN && app.guard.may_enter(&request) => {
            app.guard.admit()
        }
        Some(refusal) => refusal.closed(&visit),
    };
    if let Some(refusal) = response.extensions_mut().remove::<Refusal>() {
        response = refusal.shown(&visit);
    }
    let headers = response.headers_mut();
    let policy = if is_file { OF_FILES } else { OF_PAGES };
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, policy),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

impl Guard {
    /// Whether a request that is refused for want of a cookie brings the token itself.
    fn may_enter(&self, request: &Request) -> bool {
        !request.headers().contains_key(ORIGIN) && self.has_token(request)
    }
}

/// Names and values of the cookies.
pub(crate) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let all = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|all| all.split(';')).filter_map(|pair| pair.trim().split_once('='))
}

/// The value of a header that is there once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut all = headers.get_all(name).into_iter();
    let first = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(first)
}

/// Whether a `Host` is the address itself. Names can be bent, numbers cannot; `localhost` is always this machine.
fn is_ours(host: &str, address: SocketAddr) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
        _ => (host, Some(80)),
    };
    if port != Some(address.port()) {
        return false;
    }
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let number = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    number.parse::<IpAddr>().is_ok_and(|ip| ip == address.ip() || address.ip().is_unspecified())
}

/// Compares in a time that does not depend on where the texts differ.
fn same(given: &str, token: &str) -> bool {
    let differing = given.bytes().zip(token.bytes()).fold(0, |found, (a, b)| black_box(found | (a ^ b)));
    given.len() == token.len() && black_box(differing) == 0
}

/// 192 bits as hexadecimal digits.
fn random() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, host: &str, expected: bool) {
        assert_eq!(is_ours(host, address.parse().unwrap()), expected, "{host} at {address}");
    }

    #[test]
    fn only_the_address_itself_is_answered() {
        check("127.0.0.1:8000", "127.0.0.1:8000", true);
        check("127.0.0.1:8000", "localhost:8000", true);
        check("127.0.0.1:8000", "LocalHost:8000", true);
        check("127.0.0.1:8000", "127.0.0.1:8001", false);
        check("127.0.0.1:8000", "127.0.0.1", false);
        check("127.0.0.1:80", "127.0.0.1", true);
        check("127.0.0.1:8000", "evil.example:8000", false);
        check("127.0.0.1:8000", "localhost.evil.example:8000", false);
        check("127.0.0.1:8000", "127.0.0.1.evil.example:8000", false);
        check("127.0.0.1:8000", "192.168.1.2:8000", false);
        check("127.0.0.1:8000", "", false);
        check("[::1]:8000", "[::1]:8000", true);
        check("[::1]:8000", "[::1]", false);
        check("[::1]:80", "[::1]", true);
        check("0.0.0.0:8000", "192.168.1.2:8000", true);
        check("0.0.0.0:8000", "localhost:8000", true);
        check("0.0.0.0:8000", "[::1]:8000", true);
        check("0.0.0.0:8000", "192.168.1.2:8001", false);
        check("0.0.0.0:8000", "evil.example:8000", false);
        check("0.0.0.0:8000", "192.168.1.2.evil.example:8000", false);
        check("[::]:8000", "192.168.1.2:8000", true);
        check("[::]:8000", "evil.example:8000", false);
        check("192.168.1.2:8000", "192.168.1.2:8000", true);
        check("192.168.1.2:8000", "192.168.1.3:8000", false);
    }

    #[test]
    fn tokens_are_compared_whole() {
        assert!(same("abc", "abc"));
        for other in ["", "ab", "abd", "abcd", "xbc"] {
            assert!(!same(other, "abc"), "{other}");
        }
    }

    #[test]
    fn tokens_are_long_and_differ() {
        let (first, second) = (random().unwrap(), random().unwrap());
        assert_eq!((first.len(), second.len()), (48, 48));
        assert_ne!(first, second);
    }

    #[test]
    fn the_address_has_the_token_and_can_be_opened() {
        let guard = |address: &str| Guard::new(address.parse().unwrap()).unwrap();
        let local = guard("127.0.0.1:8000");
        let found = local.addresses();
        assert_eq!(found.this_machine, Some(format!("http://127.0.0.1:8000/?token={}", local.token)));
        assert!(found.others.is_none() && !found.are_let_in);
        let six = guard("[::1]:80").addresses();
        assert!(six.this_machine.is_some_and(|url| url.starts_with("http://[::1]:80/?token=")));
        let one = guard("192.0.2.7:80").addresses();
        assert!(one.this_machine.is_none() && one.are_let_in);
        assert!(one.others.is_some_and(|url| url.starts_with("http://192.0.2.7:80/?token=")));
        for (all, here) in [("0.0.0.0:80", "http://127.0.0.1:80/"), ("[::]:80", "http://[::1]:80/")] {
            let open = guard(all);
            let found = open.addresses();
            assert!(found.this_machine.is_some_and(|url| url.starts_with(here)) && found.are_let_in);
            // Whatever this machine calls itself is answered.
            if let Some(url) = found.others {
                let host = url.strip_prefix("http://").and_then(|rest| rest.split('/').next()).unwrap();
                assert!(is_ours(host, open.address), "{url}");
            }
        }
    }
}
