//! The four mitigation zones of the paper (section 1.2.3) and how they are drawn.

use crate::Language;
use crate::language::{Words, say};

/// A quadrant of size and depth.
pub(crate) struct Zone {
    pub(crate) quadrant: &'static str,
    pub(crate) name: Words,
    pub(crate) place: Words,
    pub(crate) colour: &'static str,
}

/// The zones by quadrant.
pub(crate) const ZONES: [Zone; 4] = [
    Zone {
        quadrant: "I",
        name: Words::new("Core mitigation zone", "核心减排区"),
        place: Words::new("large size, great depth", "广度大、深度大"),
        colour: "#a63d2a",
    },
    Zone {
        quadrant: "II",
        name: Words::new("Critical mitigation zone", "关键减排区"),
        place: Words::new("small size, great depth", "广度小、深度大"),
        colour: "#e2a33f",
    },
    Zone {
        quadrant: "III",
        name: Words::new("Observation zone", "观察区"),
        place: Words::new("small size, little depth", "广度小、深度小"),
        colour: "#cdd6d8",
    },
    Zone {
        quadrant: "IV",
        name: Words::new("Buffer zone", "缓冲区"),
        place: Words::new("large size, little depth", "广度大、深度小"),
        colour: "#4d8db5",
    },
];

impl Zone {
    /// The numeral with the name, as in legends.
    pub(crate) fn numbered(&self, language: Language) -> String {
        format!("{} {}", self.quadrant, self.name.to(language))
    }

    /// The numeral with the name, as in hints and lists.
    pub(crate) fn words(&self, language: Language) -> String {
        say!(language, "{}, {}", "{}，{}", self.quadrant, self.name.to(language))
    }
}

/// The zone of a quadrant.
pub(crate) fn zone(quadrant: &str) -> Option<&'static Zone> {
    ZONES.iter().find(|zone| zone.quadrant == quadrant)
}
