//! The language of figures and pages: what is said in one is said in the other.

use std::fmt;

/// The language in which figures and pages speak. Tables and map files keep their names in English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Chinese in simplified characters.
    Chinese,
}

impl Language {
    /// Its tag (BCP 47), as `lang` attributes and scenarios have it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// Whether it is Chinese, for templates.
    pub(crate) const fn is_chinese(self) -> bool {
        matches!(self, Self::Chinese)
    }

    /// The one of two texts that is in this language.
    #[must_use]
    pub const fn of<'a>(self, english: &'a str, chinese: &'a str) -> &'a str {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }

    /// Words set apart by commas.
    pub(crate) fn listed(self, words: &[String]) -> String {
        words.join(self.of(", ", "，"))
    }

    /// Statements set apart by semicolons.
    pub(crate) fn apart(self, statements: &[String]) -> String {
        statements.join(self.of("; ", "；"))
    }

    /// Sentences one after the other.
    pub(crate) fn sentences(self, sentences: &[String]) -> String {
        sentences.join(self.of(" ", ""))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// A fixed text in both languages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    english: &'static str,
    chinese: &'static str,
}

impl Words {
    pub(crate) const fn new(english: &'static str, chinese: &'static str) -> Self {
        Self { english, chinese }
    }

    /// The text in a language.
    pub(crate) const fn to(self, language: Language) -> &'static str {
        language.of(self.english, self.chinese)
    }
}

/// A text with values in it, in the reader's language. Both templates stand side by side and take the same values, so
/// neither can be forgotten: `say!(language, "{count} regions", "{count} 个区域")`.
#[macro_export]
macro_rules! say {
    ($language:expr, $english:literal, $chinese:literal $(, $($value:tt)*)?) => {
        match $language {
            $crate::Language::English => format!($english $(, $($value)*)?),
            $crate::Language::Chinese => format!($chinese $(, $($value)*)?),
        }
    };
}
pub(crate) use say;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_get_the_same_values() {
        let count = 3;
        let said = |language| say!(language, "{count} regions in {}", "{}年有{count}个区域", 2021);
        assert_eq!(said(Language::English), "3 regions in 2021");
        assert_eq!(said(Language::Chinese), "2021年有3个区域");
        let words = ["a".to_owned(), "b".to_owned()];
        assert_eq!(Language::Chinese.listed(&words), "a，b");
    }
}
