//! The server: who is answered, and what is shown.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, and writes its files")]

#[expect(dead_code, reason = "each test file uses its part of the client")]
mod served;
#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::path::Path;
use std::time::{Duration, Instant};

use served::Server;
use support::{icf, icf_in, root, stderr};

/// A runs folder with the baseline, without pictures and maps.
fn runs(folder: &Path) {
    let text = format!(
        "extends: {}\nname: quick\ndescription: It is <quick> & small\noutputs: {{ tables: [csv], maps: [], figures: true, page: true, exchange: [] }}\n",
        root().join("scenarios/baseline.yaml").display()
    );
    std::fs::write(folder.join("quick.yaml"), text).unwrap();
    let output = icf_in(folder, &["run-scenario", "quick.yaml", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

/// The path under which a page links a file as it was written.
fn linked(page: &str, file: &str) -> String {
    let mut links = page.split("href=\"").filter_map(|rest| rest.split('"').next());
    let found = links.find(|link| link.starts_with("/files/") && link.ends_with(&format!("/{file}")));
    found.unwrap_or_else(|| panic!("{file} is not linked")).to_owned()
}

#[test]
fn only_who_has_the_token_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let (host, cookie) = (server.host(), server.cookie());
    let wrong = format!("Cookie: icf-{}={}", server.port, "0".repeat(48));
    let short = format!("Cookie: icf-{}={}", server.port, &server.token[..47]);
    for path in [
        "/",
        "/run/quick",
        "/assets/serve.css",
        "/nowhere",
        "/files",
        "/files/",
        "/files/x/quick/report.html",
    ] {
        for headers in [vec![host.as_str()], vec![&host, &wrong], vec![&host, &short]] {
            let answer = server.ask("GET", path, &headers, b"");
            assert_eq!(answer.status, 403, "{path} {headers:?}");
            // Nothing else is given, so the page has its style in it.
            let (page, policy) = (answer.text(), answer.header("content-security-policy"));
            assert!(
                page.contains("open the whole address that it printed")
                    && page.contains("<style>")
                    && page.contains("--paper:"),
                "{path}"
            );
            assert!(!page.contains("href=\"/") && !page.contains("src="), "{path}");
            assert!(
                policy.contains("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"),
                "{policy}"
            );
        }
    }
    for query in [
        String::new(),
        "token=".to_owned(),
        format!("token={}", "0".repeat(48)),
        format!("tok={}", server.token),
    ] {
        assert_eq!(server.ask("GET", &format!("/?{query}"), &[&host], b"").status, 403, "{query}");
    }
    // The token is for the first page alone, and is shown no more after it.
    let path = format!("/run/quick?token={}", server.token);
    assert_eq!(server.ask("GET", &path, &[&host], b"").status, 403);
    let first = server.ask("GET", &format!("/?token={}", server.token), &[&host], b"");
    assert_eq!((first.status, first.header("location")), (303, "/"));
    let given = format!("icf-{}={}; Path=/; HttpOnly; SameSite=Strict", server.port, server.token);
    assert_eq!(first.header("set-cookie"), given);
    assert_eq!(server.ask("GET", "/", &[&host, &cookie], b"").status, 200);
    let among = format!("Cookie: a=b; icf-{}={}; c=d", server.port, server.token);
    assert_eq!(server.ask("GET", "/", &[&host, &among], b"").status, 200);
}

#[test]
fn foreign_hosts_and_origins_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let cookie = server.cookie();
    let foreign = [
        format!("Host: evil.example:{}", server.port),
        "Host: 127.0.0.1".to_owned(),
        format!("Host: 127.0.0.1:{}", server.port.wrapping_add(1)),
        "X-Host: none".to_owned(),
    ];
    for host in &foreign {
        assert!(matches!(server.ask("GET", "/", &[host, &cookie], b"").status, 400 | 421), "{host}");
        let first = server.ask("GET", &format!("/?token={}", server.token), &[host], b"");
        assert!(matches!(first.status, 400 | 421) && first.header("set-cookie").is_empty(), "{host}");
    }
    let local = format!("Host: localhost:{}", server.port);
    assert_eq!(server.ask("GET", "/", &[&local, &cookie], b"").status, 200);
    let host = server.host();
    for origin in ["Origin: http://evil.example", "Origin: null", "Origin: https://127.0.0.1"] {
        assert_eq!(server.ask("GET", "/", &[&host, &cookie, origin], b"").status, 403, "{origin}");
    }
    let own = format!("Origin: http://127.0.0.1:{}", server.port);
    assert_eq!(server.ask("GET", "/", &[&host, &cookie, &own], b"").status, 200);
}

#[cfg(unix)]
#[test]
fn who_lets_others_in_is_told_and_reached() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path(), &["--host", "0.0.0.0"]);
    assert_eq!(server.get("/").status, 200);
    for host in ["evil.example", "192.0.2.1.evil.example"] {
        let host = format!("Host: {host}:{}", server.port);
        assert_eq!(server.ask("GET", "/", &[&host, &server.cookie()], b"").status, 421, "{host}");
    }
    let told = match std::net::UdpSocket::bind("0.0.0.0:0").and_then(|socket| {
        socket.connect("192.0.2.1:9")?;
        socket.local_addr()
    }) {
        Ok(own) if !own.ip().is_loopback() => {
            let other = server.other_address();
            assert_eq!(other, format!("http://{}:{}/?token={}", own.ip(), server.port, server.token));
            let ip = own.ip().to_string();
            let host = format!("Host: {ip}:{}", server.port);
            let first = server.ask_at(&ip, "GET", &format!("/?token={}", server.token), &[&host], b"");
            assert_eq!((first.status, first.header("location")), (303, "/"));
            let origin = format!("Origin: http://{ip}:{}", server.port);
            let answer = server.ask_at(&ip, "GET", "/", &[&host, &server.cookie(), &origin], b"");
            assert_eq!(answer.status, 200);
            assert_eq!(server.ask_at(&ip, "GET", "/", &[&host], b"").status, 403);
            "the second for others"
        }
        // A machine without any network.
        _ => "others put a number of this machine",
    };
    server.interrupt();
    let (_, said) = server.wait();
    assert!(
        said.contains("warning: other machines can reach this server") && said.contains("clear text"),
        "{said}"
    );
    assert!(said.contains(told) && !said.contains("alone"), "{said}");
}

#[test]
fn the_list_the_run_and_its_files_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    runs(folder.path());
    std::fs::write(folder.path().join("runs/notes.txt"), "mine").unwrap();
    std::fs::write(folder.path().join("runs/quick/notes.txt"), "mine").unwrap();
    let server = Server::start(&folder.path().join("runs"), &[]);
    let list = server.get("/");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("content-type", "text/html; charset=utf-8"),
    ] {
        assert_eq!(list.header(name), value);
    }
    let policy = list.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let text = list.text();
    assert!(text.contains("href=\"/run/quick\"") && text.contains("2022 → 2030"), "{text}");
    assert!(!text.contains("notes.txt") && !text.contains(" style=") && !text.contains("<script>"), "{text}");

    // A report is shown below a bar that leads back; it is a frame of the file, which is nobody's.
    let framed = server.get("/show/quick/report.html");
    let policy = framed.header("content-security-policy");
    assert!(policy.contains("frame-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    let frame = framed.text();
    assert!(
        frame.contains("<a href=\"/\">← Runs</a>") && frame.contains("sandbox=\"allow-scripts "),
        "{frame}"
    );
    assert!(frame.contains("<iframe src=\"/files/") && !frame.contains("allow-same-origin"), "{frame}");
    for none in [
        "/show/quick/notes.txt",
        "/show/quick/tables/nation.csv",
        "/show/none/report.html",
        "/show/quick/..%2f",
    ] {
        assert_eq!(server.get(none).status, 404, "{none}");
    }
    let cold = server.ask("GET", "/show/quick/report.html", &[&server.host()], b"");
    assert!(cold.status == 403 && !cold.text().contains("/files/"));

    let run = server.get("/run/quick").text();
    assert!(run.contains("It is &#60;quick&#62; &#38; small"), "{run}");
    assert!(!run.contains("notes.txt"));
    for file in ["report.html", "tables/nation.csv", "summary.json", "figures/balance.svg"] {
        let path = linked(&run, file);
        // The path alone is enough: a page in the sandbox has no cookie.
        let answer = server.ask("GET", &path, &[&server.host()], b"");
        let written = std::fs::read(folder.path().join("runs/quick").join(file)).unwrap();
        assert!(answer.status == 200 && answer.body == written, "{file}");
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("sandbox allow-scripts ") && !policy.contains("allow-same-origin"),
            "{file}"
        );
        assert!(policy.ends_with("frame-ancestors 'self'"), "{file}");
    }
    assert_eq!(server.get("/run/none").status, 404);
}

#[test]
fn no_path_leads_out_of_a_run() {
    let folder = tempfile::tempdir().unwrap();
    runs(folder.path());
    std::fs::write(folder.path().join("secret.txt"), "a secret").unwrap();
    std::fs::write(folder.path().join("runs/quick/notes.txt"), "a secret").unwrap();
    #[cfg(unix)]
    {
        // A file that the manifest names, put in its place by somebody else.
        let table = folder.path().join("runs/quick/tables/lisa.csv");
        std::fs::remove_file(&table).unwrap();
        std::os::unix::fs::symlink(folder.path().join("secret.txt"), table).unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("runs/out")).unwrap();
    }
    let server = Server::start(&folder.path().join("runs"), &[]);
    let report = linked(&server.get("/run/quick").text(), "report.html");
    let files = report.strip_suffix("/quick/report.html").unwrap();
    for path in [
        "quick/../../secret.txt",
        "quick/%2e%2e/%2e%2e/secret.txt",
        "quick/..%2f..%2fsecret.txt",
        "quick/tables/../../../secret.txt",
        "..%2f/secret.txt",
        "../secret.txt",
        "%2e%2e/secret.txt",
        "quick//etc/passwd",
        "quick/%2fetc%2fpasswd",
        "quick/notes.txt",
        "quick/tables/lisa.csv",
        "quick/tables",
        "quick/..\\..\\secret.txt",
        "out/secret.txt",
        "quick/report.html%00",
    ] {
        let answer = server.get(&format!("{files}/{path}"));
        assert!(matches!(answer.status, 400 | 403 | 404), "{path}: {}", answer.status);
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(!text.contains("a secret") && !text.contains("root:"), "{path}");
    }
    for path in ["/run/..", "/run/%2e%2e", "/run/..%2f", "/run/out"] {
        assert!(matches!(server.get(path).status, 400 | 403 | 404), "{path}");
    }
}

#[test]
fn the_page_shows_the_command_as_it_is() {
    let page = std::fs::read_to_string(root().join("docs/serve.md")).unwrap();
    let shown = page.split("```console\n$ icf serve runs\n").nth(1).unwrap().lines().next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let printed = format!("http://127.0.0.1:{}/?token={}", server.port, server.token);
    let shape =
        |url: &str| url.replace(|c: char| c.is_ascii_digit(), "").split("token=").next().unwrap().to_owned();
    assert_eq!(shape(shown), shape(&printed));
}

#[test]
fn what_cannot_be_served_is_said() {
    let folder = tempfile::tempdir().unwrap();
    runs(folder.path());
    let said = |arguments: &[&str]| {
        let output = icf_in(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(1));
        stderr(&output)
    };
    let one = said(&["serve", "runs/quick"]);
    assert!(one.contains("runs/quick: is the folder of one run; give the folder above it"), "{one}");
    let file = said(&["serve", "quick.yaml"]);
    assert!(file.contains("quick.yaml: is no folder"), "{file}");
    let server = Server::start(folder.path(), &[]);
    let taken = said(&["serve", "runs", "--port", &server.port.to_string()]);
    assert!(taken.contains("cannot be listened on"), "{taken}");
    assert_eq!(icf(&["serve", "--host", "evil.example"]).status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_cleanly() {
    use std::io::Write;
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path(), &[]);
    // Neither a connection that says nothing nor one that waits for more may keep it.
    let mut silent = std::net::TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    silent.write_all(b"GET / HTTP/1.1\r\n").unwrap();
    assert_eq!(server.get("/").status, 200);
    let start = Instant::now();
    server.interrupt();
    let (status, said) = server.wait();
    assert_eq!(status.code(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    assert!(said.contains("on this machine alone") && said.ends_with("icf: it ends\n"), "{said}");
}
