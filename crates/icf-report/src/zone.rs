//! The four mitigation zones of the paper (section 1.2.3), with their strategies in a line each (section 2.3).

/// A quadrant of size and depth.
pub(crate) struct Zone {
    pub(crate) quadrant: &'static str,
    pub(crate) name: &'static str,
    pub(crate) place: &'static str,
    pub(crate) colour: &'static str,
    pub(crate) strategy: &'static str,
}

/// The zones by quadrant.
pub(crate) const ZONES: [Zone; 4] = [
    Zone {
        quadrant: "I",
        name: "Core mitigation zone",
        place: "large size, great depth",
        colour: "#a63d2a",
        strategy: "Cut first: carbon capture and storage, zero-carbon industrial technology, \
                   and strict limits on new high-carbon industry.",
    },
    Zone {
        quadrant: "II",
        name: "Critical mitigation zone",
        place: "small size, great depth",
        colour: "#e2a33f",
        strategy: "Spare the stock: renewable energy in place of fossil fuel, a circular economy, \
                   and payments for ecological compensation.",
    },
    Zone {
        quadrant: "III",
        name: "Observation zone",
        place: "small size, little depth",
        colour: "#cdd6d8",
        strategy: "Watch and prevent: monitoring, low-carbon guidance and ecological restoration.",
    },
    Zone {
        quadrant: "IV",
        name: "Buffer zone",
        place: "large size, little depth",
        colour: "#4d8db5",
        strategy: "Keep the reserve: protect sinks and give them a value, so that emissions do not rebound.",
    },
];

/// The zone of a quadrant.
pub(crate) fn zone(quadrant: &str) -> Option<&'static Zone> {
    ZONES.iter().find(|zone| zone.quadrant == quadrant)
}
