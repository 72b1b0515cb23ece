//! The arguments of `serve`.

use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::{Lang, threads};

/// Where runs are unless it is said.
pub(crate) const RUNS: &str = "runs";

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Folder of runs
    #[arg(value_name = "RUNS", default_value = RUNS)]
    pub(crate) runs: PathBuf,
    /// Port to listen on; 0 takes one that is free
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub(crate) port: u16,
    /// Address to listen on, as a number; any but that of this machine lets others in who have the token
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) host: IpAddr,
    /// Threads of a run; the results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<NonZeroUsize>,
    /// How many scenarios may run at once
    #[arg(long, value_name = "N", value_parser = threads, default_value = "1")]
    pub(crate) at_once: NonZeroUsize,
    /// The language of the pages [default: the browser's]
    #[arg(long, value_enum, value_name = "LANG")]
    pub(crate) lang: Option<Lang>,
}
