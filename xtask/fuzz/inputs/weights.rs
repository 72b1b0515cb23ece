//! Any text is a file of weights that survives being written, or has a mistake. The first byte chooses the kind: `A`
//! for GAL, `W` for GWT, `I` for GWT with the ids `a`, `b` and `c` given.

use icf_spatial::{FileHeader, read_gal, read_gwt, write_gal, write_gwt};
use icf_units::RegionId;

const HEADER: FileHeader<'_> = FileHeader { layer: "l", id_variable: "i" };

pub(crate) fn hold(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Some(kind) = text.get(..1) else { return };
    let text = &text[1..];
    let given: [RegionId; 3] = ["a", "b", "c"].map(Into::into);
    match kind {
        "A" => {
            let Ok(weights) = read_gal(text) else { return };
            // GAL knows that there is a link, not its weight, so it comes back as it was read.
            for header in [None, Some(HEADER)] {
                let Ok(written) = write_gal(&weights, header) else { continue };
                assert_eq!(read_gal(&written).expect("what was written is read"), weights, "{written}");
            }
        }
        "W" | "I" => {
            let Ok(weights) = read_gwt(text, (kind == "I").then_some(&given)) else { return };
            let Ok(written) = write_gwt(&weights, HEADER) else { return };
            let again = read_gwt(&written, Some(weights.ids())).expect("what was written is read");
            assert_eq!(again, weights, "{written}");
        }
        _ => {}
    }
}
