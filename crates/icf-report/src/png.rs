//! Figures as PNG for those who cannot place an SVG: 300 dots an inch, with the font that comes with the crate.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{FontResolver, Options, Tree, fontdb};

use crate::ReportError;

const DOTS_PER_INCH: f64 = 300.0;
/// The units of a figure are CSS pixels, 96 an inch.
const UNITS_PER_INCH: f64 = 96.0;
const INCH: f64 = 0.0254;

const FAMILY: &str = "Noto Sans CJK SC";
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(include_bytes!("../fonts/NotoSansCJKsc-Regular-subset.otf").to_vec());
    fonts.load_font_data(include_bytes!("../fonts/NotoSansCJKsc-Bold-subset.otf").to_vec());
    fonts.set_sans_serif_family(FAMILY);
    Arc::new(fonts)
});

/// Draws a figure's SVG. No font of the machine is asked, so the same figure gives the same bytes everywhere.
///
/// # Errors
/// When the figure cannot be drawn, which would be a fault of this crate.
pub(crate) fn png(svg: &str) -> Result<Vec<u8>, ReportError> {
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::clone(&FONTS),
        font_resolver: FontResolver::default(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| ReportError::Png(error.to_string()))?;
    let scale = DOTS_PER_INCH / UNITS_PER_INCH;
    let size = tree.size().to_int_size();
    let grown = |length: u32| dots(f64::from(length) * scale);
    let (width, height) = (grown(size.width()), grown(size.height()));
    let mut canvas = Pixmap::new(width, height)
        .ok_or_else(|| ReportError::Png(format!("{width} × {height} dots are no picture")))?;
    // The last row and column of dots are covered in part by the figure's own ground.
    canvas.fill(Color::WHITE);
    #[expect(clippy::cast_possible_truncation, reason = "a scale of 3.125 is exact")]
    let scale = scale as f32;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut canvas.as_mut());
    encoded(&canvas).map_err(|error| ReportError::Png(error.to_string()))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "figures are a few thousand dots wide"
)]
fn dots(length: f64) -> u32 {
    length.ceil() as u32
}

/// With its density, so that a word processor places it in its size.
fn encoded(canvas: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, canvas.width(), canvas.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let per_metre = dots(DOTS_PER_INCH / INCH);
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header()?;
    // The ground is white, so every dot is opaque.
    let opaque: Vec<u8> =
        canvas.pixels().iter().flat_map(|dot| [dot.red(), dot.green(), dot.blue()]).collect();
    writer.write_image_data(&opaque)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Width and height as the header of the file has them.
    fn size(png: &[u8]) -> [u32; 2] {
        [16, 20].map(|at| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes")))
    }

    fn figure(text: &str) -> String {
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48"><rect width="96" height="48" fill="#ffffff"/><text x="4" y="30" font-size="20" font-family="sans-serif">{text}</text></svg>"##
        )
    }

    #[test]
    fn an_inch_has_three_hundred_dots() {
        let drawn = png(&figure("η")).expect("a figure is drawn");
        assert_eq!(size(&drawn), [300, 150]);
        assert_eq!(drawn, png(&figure("η")).expect("it is drawn again"));
    }

    #[test]
    fn chinese_and_latin_have_their_glyphs() {
        let pictures =
            ["", "上海", "云南", "Yunnan"].map(|text| png(&figure(text)).expect("a figure is drawn"));
        for (place, picture) in pictures.iter().enumerate() {
            assert!(pictures[..place].iter().all(|other| other != picture), "picture {place} is not its own");
        }
    }

    #[test]
    fn the_last_row_of_dots_is_white() {
        // Of 48.3 units the last row of dots has a part only.
        let drawn = png(&figure("η").replace("\"48\"", "\"48.3\"")).expect("a figure is drawn");
        let mut reader =
            png::Decoder::new(std::io::Cursor::new(drawn)).read_info().expect("the head is readable");
        let mut dots = vec![0; reader.output_buffer_size().expect("it fits")];
        reader.next_frame(&mut dots).expect("the picture is readable");
        assert!(dots[dots.len() - 3 * 300..].iter().all(|part| *part == 255));
    }

    #[test]
    fn what_is_no_figure() {
        assert!(png("<svg").is_err());
    }
}
