//! Bytes that can be read at any place: a file, or memory.

use crate::RasterError;

/// Something that holds bytes and gives some of them.
pub trait ReadAt: Sync {
    /// How many bytes there are.
    fn length(&self) -> u64;

    /// Fills a buffer with the bytes from a place on.
    ///
    /// # Errors
    /// When they cannot be read, or there are fewer.
    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), RasterError>;
}

impl ReadAt for Vec<u8> {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), RasterError> {
        let bytes = usize::try_from(offset).ok().and_then(|start| self.get(start..)?.get(..into.len()));
        let bytes = bytes.ok_or_else(|| RasterError::CutOff {
            what: format!("a part of {} bytes", into.len()),
            end: offset.saturating_add(into.len() as u64),
            length: self.length(),
        })?;
        into.copy_from_slice(bytes);
        Ok(())
    }
}
