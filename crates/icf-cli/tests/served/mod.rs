//! The server as a process of its own, and a client that speaks plain HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::Duration;

use serde_json::Value;

/// A server of a runs folder on a free port; it ends with the value.
pub(crate) struct Server {
    child: Child,
    /// What it prints after its first address.
    out: BufReader<ChildStdout>,
    pub(crate) port: u16,
    pub(crate) token: String,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the answer is JSON")
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("the answer is text")
    }

    /// The value of a header; empty when it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(of, _)| of.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }
}

impl Server {
    pub(crate) fn start(runs: &Path, more: &[&str]) -> Self {
        let runs = runs.to_str().expect("a test's folder is text");
        Self::start_in(Path::new("."), &[&[runs], more].concat())
    }

    /// A server that is begun in a folder.
    pub(crate) fn start_in(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_icf"))
            .arg("serve")
            .args(arguments)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program can be started");
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("it is piped"));
        out.read_line(&mut line).expect("it says its address");
        let rest = line.trim().strip_prefix("http://127.0.0.1:").expect("an address of this machine");
        let (port, token) = rest.split_once("/?token=").expect("the address has a token");
        Self { child, out, port: port.parse().expect("a port"), token: token.to_owned() }
    }

    /// The address for other machines; waits for it.
    pub(crate) fn other_address(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).expect("it says its addresses");
        line.trim().to_owned()
    }

    pub(crate) fn host(&self) -> String {
        format!("Host: 127.0.0.1:{}", self.port)
    }

    pub(crate) fn cookie(&self) -> String {
        format!("Cookie: icf-{}={}", self.port, self.token)
    }

    /// Asks with these headers and no others.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[&str], body: &[u8]) -> Answer {
        self.ask_at("127.0.0.1", method, path, headers, body)
    }

    /// Asks the server at another of its addresses.
    pub(crate) fn ask_at(
        &self,
        host: &str,
        method: &str,
        path: &str,
        headers: &[&str],
        body: &[u8],
    ) -> Answer {
        let mut stream = TcpStream::connect((host, self.port)).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a socket has a clock");
        let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
        let length =
            if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
        let head = format!("{method} {path} HTTP/1.1\r\n{headers}{length}Connection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).expect("the server reads");
        // A server that refuses a body closes before all of it is read.
        stream.write_all(body).ok();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer has a head");
        let head = String::from_utf8(bytes[..end].to_vec()).expect("a head is text");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }

    /// Asks as a page of the server does.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[&self.host(), &self.cookie()], b"")
    }

    /// Sends a value as a page of the server does.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        let origin = format!("Origin: http://127.0.0.1:{}", self.port);
        let headers = [&self.host(), &self.cookie(), &origin, "Content-Type: application/json"];
        self.ask("POST", path, &headers, body.to_string().as_bytes())
    }

    /// What a job says until it ends, in the order in which it is said.
    pub(crate) fn heard(&self, job: &str) -> Vec<Value> {
        let text = self.get(&format!("{job}/events")).text();
        let data = text.lines().filter_map(|line| line.strip_prefix("data: "));
        data.map(|data| serde_json::from_str(data).expect("each event is JSON")).collect()
    }

    /// What Ctrl-C does.
    #[cfg(unix)]
    pub(crate) fn interrupt(&self) {
        let killed = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        assert!(killed.is_ok_and(|status| status.success()));
    }

    /// Waits until it has ended; gives how, and what it said on standard error.
    pub(crate) fn wait(&mut self) -> (ExitStatus, String) {
        let mut said = String::new();
        self.child.stderr.take().expect("it is piped").read_to_string(&mut said).expect("it is text");
        (self.child.wait().expect("it ends"), said)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
