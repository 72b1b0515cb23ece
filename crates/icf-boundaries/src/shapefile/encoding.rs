//! Encodings by the names that stand in a .cpg, and by the numbers of drivers in a .dbf.

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, WINDOWS_1252};

/// The encoding of a name: that of a standard, or a number of a code page of Windows with or without letters before it.
pub(super) fn named(name: &str) -> Option<&'static Encoding> {
    Encoding::for_label(name.as_bytes()).or_else(|| {
        let number = name.trim_start_matches(|letter: char| !letter.is_ascii_digit());
        match number {
            "936" => Some(GBK),
            "54936" | "18030" => Some(GB18030),
            "950" => Some(BIG5),
            "932" => Some(SHIFT_JIS),
            "949" => Some(EUC_KR),
            "65001" => Some(UTF_8),
            "1252" | "88591" => Some(WINDOWS_1252),
            _ => None,
        }
    })
}

/// The encoding of a driver's number; none for those that mean the code page of the writer's machine.
pub(super) fn of_driver(number: u8) -> Option<&'static Encoding> {
    match number {
        0x4d | 0x7a => Some(GBK),
        0x4f | 0x78 => Some(BIG5),
        0x13 | 0x7b => Some(SHIFT_JIS),
        0x4e | 0x79 => Some(EUC_KR),
        0x03 | 0x58 | 0x59 => Some(WINDOWS_1252),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers() {
        for (name, expected) in [
            ("UTF-8", Some(UTF_8)),
            ("gbk", Some(GBK)),
            ("GB2312", Some(GBK)),
            ("GB18030", Some(GB18030)),
            ("936", Some(GBK)),
            ("CP936", Some(GBK)),
            ("ANSI 936", Some(GBK)),
            ("65001", Some(UTF_8)),
            ("ISO-8859-1", Some(WINDOWS_1252)),
            ("88591", Some(WINDOWS_1252)),
            ("klingon", None),
            ("", None),
        ] {
            assert_eq!(named(name), expected, "{name}");
        }
        assert_eq!((of_driver(0x4d), of_driver(0), of_driver(0x57)), (Some(GBK), None, None));
    }
}
