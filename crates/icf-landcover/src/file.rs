//! Files: the one module that touches the disk.
#![expect(clippy::disallowed_methods, reason = "rasters are too large to be handed in as bytes")]

use std::fs::File;
use std::path::Path;

use crate::{RasterError, ReadAt};

/// An open file that several threads read at once.
#[derive(Debug)]
pub struct RasterFile {
    file: File,
    length: u64,
}

impl RasterFile {
    /// Opens a file.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    pub fn open(path: &Path) -> Result<Self, RasterError> {
        let unreadable = |error: std::io::Error| RasterError::Unreadable(error.to_string());
        let file = File::open(path).map_err(unreadable)?;
        let about = file.metadata().map_err(unreadable)?;
        if about.is_dir() {
            return Err(RasterError::Unreadable("it is a folder".to_owned()));
        }
        Ok(Self { file, length: about.len() })
    }
}

impl ReadAt for RasterFile {
    fn length(&self) -> u64 {
        self.length
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), RasterError> {
        exactly(&self.file, offset, into).map_err(|error| RasterError::Unreadable(error.to_string()))
    }
}

#[cfg(unix)]
fn exactly(file: &File, offset: u64, into: &mut [u8]) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, into, offset)
}

#[cfg(windows)]
fn exactly(file: &File, mut offset: u64, mut into: &mut [u8]) -> std::io::Result<()> {
    while !into.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, into, offset)?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        into = &mut into[read..];
        offset += read as u64;
    }
    Ok(())
}
