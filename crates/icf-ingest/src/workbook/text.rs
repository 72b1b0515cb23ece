//! Texts as yearbooks set them: full-width signs, spaces for the eye, units in brackets, thousands separators.

/// Without any space, with full-width signs made plain: `煤 合 计（万吨）` becomes `煤合计(万吨)`.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_whitespace())
        .map(|character| match character {
            '\u{FF01}'..='\u{FF5E}' => {
                char::from_u32(u32::from(character) - 0xFEE0).expect("each full-width sign has a plain one")
            }
            other => other,
        })
        .collect()
}

/// A title without the brackets at its end, and what stands in them.
pub(super) fn split_unit(title: &str) -> (&str, Option<&str>) {
    let bracketed = title.strip_suffix(')').and_then(|inner| inner.rsplit_once('('));
    match bracketed {
        Some((title, unit)) if !unit.is_empty() => (title, Some(unit)),
        _ => (title, None),
    }
}

/// The unit in a text such as `单位：万吨`, `Unit: 1e4 t` or `(万人)`.
pub(super) fn unit_of(text: &str) -> String {
    let text = plain(text);
    let text = ["单位:", "计量单位:", "Unit:", "unit:"]
        .iter()
        .find_map(|prefix| text.split_once(prefix).map(|(_, unit)| unit.to_owned()))
        .unwrap_or(text);
    text.trim_start_matches('(').trim_end_matches(')').to_owned()
}

/// A figure that was typed as text; `None` when it is none.
pub(super) fn figure(text: &str) -> Option<f64> {
    let plain = plain(text);
    let without_separators = if is_grouped(&plain) { plain.replace(',', "") } else { plain };
    without_separators.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// Whether commas stand where thousands are set apart, so that `1,5` is not taken for fifteen.
fn is_grouped(text: &str) -> bool {
    let whole = text.split('.').next().unwrap_or_default();
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && whole.contains(',') && groups.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_plain() {
        assert_eq!(plain(" 煤　合 计（万吨）\n"), "煤合计(万吨)");
        assert_eq!(split_unit("煤合计(万吨)"), ("煤合计", Some("万吨")));
        assert_eq!(split_unit("原煤"), ("原煤", None));
        assert_eq!(split_unit("()"), ("()", None));
    }

    #[test]
    fn units_are_found() {
        for text in ["单位：万吨", "  单 位：万 吨 ", "（万吨）", "万吨", "计量单位:万吨"]
        {
            assert_eq!(unit_of(text), "万吨", "{text}");
        }
    }

    #[test]
    fn figures_typed_as_text() {
        for (text, expected) in [
            ("1,234.5", Some(1234.5)),
            ("１２．５", Some(12.5)),
            (" 1 234 ", Some(1234.0)),
            ("-3", Some(-3.0)),
            ("1,5", None),
            ("12.3①", None),
            ("约12", None),
            ("inf", None),
            ("", None),
        ] {
            assert_eq!(figure(text), expected, "{text}");
        }
    }
}
