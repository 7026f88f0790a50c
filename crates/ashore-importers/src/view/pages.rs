//! Pages of a PDF as pictures. Nothing in the file is run, followed or fetched: forms, scripts and links are only drawn.
//! Deep nesting can exhaust the stack, which nothing can catch: this is for a process of its own.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};

/// The largest file that is drawn.
pub const MOST_BYTES: u64 = 64 << 20;
/// The most pages that are counted; a contract has a few dozen.
pub const MOST_PAGES: usize = 2_000;

/// Why a page is not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// It asks for a password.
    #[error("the file is protected by a password")]
    Encrypted,
    /// Not a PDF, or damaged.
    #[error("the pages of the file could not be read")]
    Unreadable,
    /// There is no such page.
    #[error("the file has no such page")]
    NoSuchPage,
    /// A page larger than any sheet of paper.
    #[error("the page is too large to be drawn")]
    TooLarge,
}

/// How many pages there are.
///
/// # Errors
/// [`PageError::Encrypted`], [`PageError::Unreadable`].
pub fn count(bytes: Vec<u8>) -> Result<usize, PageError> {
    Ok(open(bytes)?.pages().len().min(MOST_PAGES))
}

/// Page `number`, from 1, as PNG, twice as large as on paper.
///
/// # Errors
/// [`PageError`].
pub fn draw(bytes: Vec<u8>, number: usize) -> Result<Vec<u8>, PageError> {
    let pdf = open(bytes)?;
    let index = number.checked_sub(1).ok_or(PageError::NoSuchPage)?;
    let page = pdf.pages().get(index).ok_or(PageError::NoSuchPage)?;
    let (width, height) = page.render_dimensions();
    // In points, 72 to the inch: A0 is 2384 by 3370. Anything but a number fails both bounds.
    let drawable = width >= 1.0 && height >= 1.0 && width <= 4000.0 && height <= 4000.0;
    if !drawable {
        return Err(PageError::TooLarge);
    }
    let scale = if width <= 1200.0 && height <= 1200.0 { 2.0 } else { 1.0 };
    let settings =
        RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
    let picture = render(page, &RenderCache::new(), &InterpreterSettings::default(), &settings);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width().into(), picture.height().into());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(picture.data_as_u8_slice()))
        .map_err(|_| PageError::Unreadable)?;
    Ok(bytes)
}

pub(super) fn open(bytes: Vec<u8>) -> Result<Pdf, PageError> {
    Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => PageError::Encrypted,
        LoadPdfError::Invalid => PageError::Unreadable,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A page of 200 by 100 points with a black bar, with a right table of places.
    fn pdf(page: &str) -> Vec<u8> {
        pdf_of(page, "0 0 0 rg 0 0 100 50 re f")
    }

    /// The same with other content; `/F` is a plain face.
    pub(in crate::view) fn pdf_of(page: &str, content: &str) -> Vec<u8> {
        let objects = [
            "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page}]/Contents 4 0 R/Resources<</Font<</F<</Type/Font\
                 /Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>>>>>"
            ),
            format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        ];
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut places = Vec::new();
        for (number, object) in (1..).zip(&objects) {
            places.push(file.len());
            file.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
        }
        let table = file.len();
        file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
        for place in &places {
            file.extend(format!("{place:010} 00000 n \n").bytes());
        }
        file.extend(
            format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", places.len() + 1).bytes(),
        );
        file
    }

    #[test]
    fn a_page_is_drawn_as_a_picture() {
        assert_eq!(count(pdf("200 100")), Ok(1));
        let picture = draw(pdf("200 100"), 1).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(picture)).read_info().unwrap();
        assert_eq!((reader.info().width, reader.info().height), (400, 200));
        let mut pixels = vec![0; 400 * 200 * 4];
        reader.next_frame(&mut pixels).unwrap();
        let pixel = |x: usize, y: usize| pixels[(y * 400 + x) * 4..][..3].to_vec();
        assert_eq!((pixel(10, 190), pixel(390, 10)), (vec![0, 0, 0], vec![255, 255, 255]));
    }

    #[test]
    fn what_cannot_be_drawn_says_why() {
        assert_eq!(draw(pdf("200 100"), 0), Err(PageError::NoSuchPage));
        assert_eq!(draw(pdf("200 100"), 2), Err(PageError::NoSuchPage));
        assert_eq!(draw(pdf("999999 999999"), 1), Err(PageError::TooLarge));
        assert_eq!(count(b"%PDF-1.7 and nothing more".to_vec()), Err(PageError::Unreadable));
    }
}
