//! Room that text takes. Without a font at hand the widths are estimates on the safe side.

/// Estimated width of text in a sans-serif font of a size.
pub(crate) fn text_width(text: &str, size: f64) -> f64 {
    let ems: f64 = text
        .chars()
        .map(|character| match character {
            'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' => 0.29,
            'f' | 't' | 'r' | ' ' | '(' | ')' | '-' => 0.36,
            'm' | 'w' | 'M' | 'W' | '%' => 0.88,
            'A'..='Z' => 0.68,
            wide if is_wide(wide) => 1.0,
            _ => 0.57,
        })
        .sum();
    ems * size
}

/// Whether a character fills its square, as Chinese, Japanese and Korean ones do: a line may break at either side of it.
pub(super) fn is_wide(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

/// Marks that may not begin a line.
const CLOSING: &str = "，。；：、）”％！？";

/// The pieces of a word between which a line may break.
fn pieces(word: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (place, character) in word.char_indices() {
        let may_break = before.is_some_and(|before| {
            (is_wide(before) || is_wide(character)) && !CLOSING.contains(character) && !"（“".contains(before)
        });
        if may_break {
            pieces.push(&word[start..place]);
            start = place;
        }
        before = Some(character);
    }
    pieces.push(&word[start..]);
    pieces
}

/// Text broken into lines no wider than `width`, where its words allow; Chinese between any two characters.
pub(crate) fn wrapped(text: &str, width: f64, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        for (place, piece) in pieces(word).into_iter().enumerate() {
            let line = lines.last_mut().expect("there is always a line");
            let gap = if place == 0 && !line.is_empty() { " " } else { "" };
            if line.is_empty() || text_width(&format!("{line}{gap}{piece}"), size) <= width {
                line.push_str(gap);
                line.push_str(piece);
            } else {
                lines.push(piece.to_owned());
            }
        }
    }
    lines
}

/// A rectangle that a label takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Box2 {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Box2 {
    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    pub(crate) fn within(self, outer: Self) -> bool {
        self.left >= outer.left
            && self.right <= outer.right
            && self.top >= outer.top
            && self.bottom <= outer.bottom
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two three", 40.0, 10.0), ["one two", "three"]);
        assert_eq!(wrapped("unbreakable", 10.0, 10.0), ["unbreakable"]);
        assert_eq!(wrapped("", 10.0, 10.0), [""]);
    }

    #[test]
    fn chinese_breaks_between_characters_and_keeps_its_marks() {
        assert_eq!(wrapped("区域足迹深度", 30.0, 10.0), ["区域足", "迹深度"]);
        assert_eq!(wrapped("区域足，迹", 30.0, 10.0), ["区域", "足，迹"]);
        assert_eq!(wrapped("在2021年", 30.0, 10.0), ["在", "2021", "年"]);
    }
}
