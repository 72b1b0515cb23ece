//! The number at the beginning of a quantity.

/// Splits `-0.43 %/yr` into −0.43 and `%/yr`. A true minus sign is read as well, because people paste it.
///
/// `None` when the text does not begin with a finite number.
pub(crate) fn split(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let (negative, rest) = match text.strip_prefix('−') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let end = number_length(rest)?;
    if negative && rest.starts_with(['+', '-']) {
        return None;
    }
    let value: f64 = rest[..end].parse().ok()?;
    value.is_finite().then(|| (if negative { -value } else { value }, rest[end..].trim()))
}

/// A unit without its blanks, and without `/yr` at its end where what it measures is understood to be of a year.
pub(super) fn per_year(unit: &str) -> String {
    let unit: String = unit.split_whitespace().collect();
    let of_a_year = ["/yr", "/year", "/a"].iter().find_map(|end| unit.strip_suffix(end));
    of_a_year.map_or_else(|| unit.clone(), str::to_owned)
}

/// Whether a text is a number as the core schema of YAML 1.2 writes it, infinities and NaN aside.
pub(crate) fn is_number(text: &str) -> bool {
    number_length(text) == Some(text.len())
}

/// How many bytes of `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?` a text begins with.
fn number_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let sign = |from: usize| usize::from(matches!(bytes.get(from), Some(b'+' | b'-')));

    let mut end = sign(0);
    let whole = digits(end);
    end += whole;
    let mut fraction = 0;
    if bytes.get(end) == Some(&b'.') {
        fraction = digits(end + 1);
        if whole + fraction > 0 {
            end += 1 + fraction;
        }
    }
    if whole + fraction == 0 {
        return None;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let exponent = end + 1 + sign(end + 1);
        let width = digits(exponent);
        if width > 0 {
            end = exponent + width;
        }
    }
    Some(end)
}

/// A number as people write it: `1.5`, `8.6e8`.
pub(crate) fn print(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 || (1e-4..1e7).contains(&size) { format!("{value}") } else { format!("{value:e}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<(f64, &str)>) {
        assert_eq!(split(text), expect);
    }

    #[test]
    fn a_number_ends_where_its_unit_begins() {
        check("-0.43 %/yr", Some((-0.43, "%/yr")));
        check("−0.43%/yr", Some((-0.43, "%/yr")));
        check("8.60e8 tC", Some((8.6e8, "tC")));
        check("+.5", Some((0.5, "")));
        check("5. t", Some((5.0, "t")));
        check("3 e", Some((3.0, "e")));
        check("3e", Some((3.0, "e")));
        check("1e999 t", None);
        check("−-1", None);
        check("t", None);
        check(".", None);
        check("", None);
        check("nan", None);
    }

    #[test]
    fn a_printed_number_is_read_back() {
        for value in [0.0, 1.5, 8.6e8, -0.43, 1e-9, 123_456.789, 1e7, 1e22] {
            check(&print(value), Some((value, "")));
        }
    }
}
