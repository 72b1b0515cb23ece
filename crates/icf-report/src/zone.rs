//! The four mitigation zones of the paper (section 1.2.3) and how they are drawn.

/// A quadrant of size and depth.
pub(crate) struct Zone {
    pub(crate) quadrant: &'static str,
    pub(crate) name: &'static str,
    pub(crate) place: &'static str,
    pub(crate) colour: &'static str,
}

/// The zones by quadrant.
pub(crate) const ZONES: [Zone; 4] = [
    Zone { quadrant: "I", name: "Core mitigation zone", place: "large size, great depth", colour: "#a63d2a" },
    Zone {
        quadrant: "II",
        name: "Critical mitigation zone",
        place: "small size, great depth",
        colour: "#e2a33f",
    },
    Zone { quadrant: "III", name: "Observation zone", place: "small size, little depth", colour: "#cdd6d8" },
    Zone { quadrant: "IV", name: "Buffer zone", place: "large size, little depth", colour: "#4d8db5" },
];

/// The zone of a quadrant.
pub(crate) fn zone(quadrant: &str) -> Option<&'static Zone> {
    ZONES.iter().find(|zone| zone.quadrant == quadrant)
}
