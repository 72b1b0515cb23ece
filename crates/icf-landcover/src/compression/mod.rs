//! Compression schemes: one file each. All fill a buffer of the size that the cells need, and no more, so that a file
//! cannot ask for more memory than its layout says.

mod deflate;
mod lzw;
mod packbits;
mod zstd;

use std::fmt;

/// How the bytes of a tile or strip are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    None,
    /// Lempel, Ziv and Welch, in the way of TIFF.
    Lzw,
    /// Runs of bytes, from the Macintosh.
    PackBits,
    /// zlib's.
    Deflate,
    /// Zstandard.
    Zstd,
}

impl Compression {
    /// The scheme of a number of the tag Compression; else the name of the scheme that it means.
    pub(crate) fn of_tag(number: u64) -> Result<Self, String> {
        Ok(match number {
            1 => Self::None,
            5 => Self::Lzw,
            8 | 32_946 => Self::Deflate,
            32_773 => Self::PackBits,
            50_000 => Self::Zstd,
            2..=4 => return Err("fax (CCITT)".to_owned()),
            6 | 7 => return Err("JPEG".to_owned()),
            34_712 => return Err("JPEG 2000".to_owned()),
            34_887 => return Err("LERC".to_owned()),
            34_925 => return Err("LZMA".to_owned()),
            50_001 => return Err("WebP".to_owned()),
            50_002 => return Err("JPEG XL".to_owned()),
            other => return Err(format!("number {other}")),
        })
    }
}

/// Decoders that are made once and used for tile after tile.
#[derive(Default)]
pub(crate) struct Unpacker {
    deflate: Option<libdeflater::Decompressor>,
    zstd: Option<::zstd::bulk::Decompressor<'static>>,
}

impl fmt::Debug for Unpacker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unpacker").finish_non_exhaustive()
    }
}

impl Unpacker {
    /// Unpacks into a buffer that must become full; what is wrong otherwise.
    pub(crate) fn unpack(&mut self, by: Compression, packed: &[u8], into: &mut [u8]) -> Result<(), String> {
        let wanted = into.len();
        let unpacked = match by {
            Compression::None => {
                let length = packed.len().min(wanted);
                into[..length].copy_from_slice(&packed[..length]);
                length
            }
            Compression::Lzw => lzw::unpack(packed, into)?,
            Compression::PackBits => packbits::unpack(packed, into)?,
            Compression::Deflate => {
                let decoder = self.deflate.get_or_insert_with(libdeflater::Decompressor::new);
                deflate::unpack(decoder, packed, into)?
            }
            Compression::Zstd => zstd::unpack(self.zstd.get_or_insert_default(), packed, into)?,
        };
        if unpacked == wanted { Ok(()) } else { Err(format!("ends after {unpacked} of {wanted} bytes")) }
    }
}
