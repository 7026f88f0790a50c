//! The words of a PDF, page by page, in the order in which its author set them: for finding where a point stands, not for
//! printing. As for drawing, a file may be built to exhaust the stack: this is for a process of its own.

use hayro::hayro_interpret::font::Glyph;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use hayro::vello_cpu::kurbo::{Affine, BezPath, Point, Rect};

use super::pages::{PageError, open};

/// The most signs that are taken; a long contract has a hundred thousand.
const MOST: usize = 1 << 20;

/// Every page's words, a line for each line of the page, pages apart by an empty line. Empty when the pages are pictures
/// or the file does not say which signs its shapes stand for.
///
/// # Errors
/// [`PageError::Encrypted`], [`PageError::Unreadable`].
pub fn words(bytes: Vec<u8>) -> Result<String, PageError> {
    let pdf = open(bytes)?;
    let cache = InterpreterCache::new();
    let mut heard = Words::default();
    for page in pdf.pages().iter() {
        let whole = Rect::new(0.0, 0.0, 1.0, 1.0);
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, whole, &cache, page.xref(), settings);
        interpret_page(page, &mut context, &mut heard);
        heard.page_ends();
        if heard.text.len() > MOST {
            break;
        }
    }
    Ok(heard.text.trim_end().to_owned())
}

/// Listens to what would be drawn and keeps the signs.
#[derive(Default)]
struct Words {
    text: String,
    /// Where the sign before stood.
    last: Option<Point>,
}

impl Words {
    fn page_ends(&mut self) {
        if self.last.take().is_some() {
            self.text.push_str("\n\n");
        }
    }

    fn sign(&mut self, sign: &str, at: Point) {
        let height = |point: Point| Point::new(0.0, point.y);
        // Signs of one line stand on one height, give or take an index or an exponent.
        if self.last.is_some_and(|last| height(last).distance(height(at)) > 3.0) {
            self.text.push('\n');
        }
        self.last = Some(at);
        self.text.push_str(sign);
    }
}

impl<'a> Device<'a> for Words {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        mode: &GlyphDrawMode,
    ) {
        // Shapes that are filled and then stroked come twice.
        if matches!(mode, GlyphDrawMode::Stroke(_)) || self.text.len() > MOST {
            return;
        }
        let at = (transform * glyph_transform).translation().to_point();
        match glyph.as_unicode() {
            Some(BfString::Char(sign)) => self.sign(sign.encode_utf8(&mut [0; 4]), at),
            Some(BfString::String(signs)) => self.sign(&signs, at),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::pages::tests::pdf_of;
    use super::*;

    #[test]
    fn words_come_out_line_by_line_and_page_by_page() {
        let file = pdf_of("200 100", "BT /F 12 Tf 10 80 Td (Each term 720.00) Tj 0 -20 Td (Day 28) Tj ET");
        assert_eq!(words(file), Ok("Each term 720.00\nDay 28".to_owned()));
    }

    #[test]
    fn a_page_without_words_has_none_and_what_is_no_pdf_says_so() {
        assert_eq!(words(pdf_of("200 100", "0 0 0 rg 0 0 100 50 re f")), Ok(String::new()));
        assert_eq!(words(b"%PDF-1.7 and nothing more".to_vec()), Err(PageError::Unreadable));
    }
}
