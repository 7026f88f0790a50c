use std::collections::BTreeSet;
use std::path::Path;

use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use typst_kit::fonts::{FontPath, FontStore};

/// Characters every letter needs; a font without them can print none.
const NEEDED: &str = "协商还款申请书￥，。（）0123456789";
/// Faces for running text, the best first.
const SERIF: [&str; 6] =
    ["Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "SimSun", "AR PL UMing CN"];
/// Faces for headings and figures.
const SANS: [&str; 7] = [
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
];

/// Why nothing can be printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FontError {
    /// No font with Chinese characters is installed.
    #[error("no font with Chinese characters was found")]
    None,
    /// No font has these characters.
    #[error("no installed font has these characters: {0}")]
    Missing(String),
}

/// The fonts of this machine, among them at least one that prints Chinese. Found once; each is read when first used.
pub struct Fonts {
    store: FontStore,
    serif: String,
    sans: String,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").field("serif", &self.serif).field("sans", &self.sans).finish_non_exhaustive()
    }
}

impl Fonts {
    /// The fonts installed on this machine.
    ///
    /// # Errors
    /// None of them has Chinese characters.
    pub fn installed() -> Result<Self, FontError> {
        Self::of(typst_kit::fonts::system())
    }

    /// The fonts of one folder.
    ///
    /// # Errors
    /// None of them has Chinese characters.
    pub fn in_folder(folder: &Path) -> Result<Self, FontError> {
        Self::of(typst_kit::fonts::scan(folder))
    }

    fn of(found: impl Iterator<Item = (FontPath, FontInfo)>) -> Result<Self, FontError> {
        let mut store = FontStore::new();
        store.extend(found);
        let book: &FontBook = store.book();
        let chinese = |family: &str| NEEDED.chars().all(|c| covers(book, family, c));
        let pick = |wanted: &[&str]| wanted.iter().find(|family| chinese(family)).map(|f| (*f).to_owned());
        let any = || {
            let families: BTreeSet<&str> = book.families().map(|(family, _)| family).collect();
            families.into_iter().find(|family| chinese(family)).map(str::to_owned)
        };
        let serif = pick(&SERIF).or_else(|| pick(&SANS)).or_else(any).ok_or(FontError::None)?;
        let sans = pick(&SANS).unwrap_or_else(|| serif.clone());
        Ok(Self { store, serif, sans })
    }

    /// The families that print these texts, running text and headings: the chosen face and, for characters it lacks,
    /// further ones in the order of their names.
    pub(crate) fn families<'a>(
        &self,
        texts: impl Iterator<Item = &'a str>,
    ) -> Result<(Vec<String>, Vec<String>), FontError> {
        let book: &FontBook = self.store.book();
        let used: BTreeSet<char> = texts.flat_map(str::chars).filter(|c| !is_shapeless(*c)).collect();
        let mut extra: Vec<String> = Vec::new();
        let mut missing = String::new();
        let names: BTreeSet<&str> = book.families().map(|(family, _)| family).collect();
        for c in used {
            // Both chosen faces print it, or each needs help.
            if covers(book, &self.serif, c) && covers(book, &self.sans, c) {
                continue;
            }
            if extra.iter().any(|family| covers(book, family, c)) {
                continue;
            }
            let others = [self.serif.as_str(), self.sans.as_str()].into_iter().chain(names.iter().copied());
            match others.into_iter().find(|family| covers(book, family, c)) {
                Some(family) => extra.push(family.to_owned()),
                None => missing.push(c),
            }
        }
        if !missing.is_empty() {
            return Err(FontError::Missing(missing));
        }
        let with = |first: &str| std::iter::once(first.to_owned()).chain(extra.iter().cloned()).collect();
        Ok((with(&self.serif), with(&self.sans)))
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        self.store.book()
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        self.store.font(index)
    }
}

/// Has neither shape nor width, so no font is asked.
fn is_shapeless(c: char) -> bool {
    c.is_whitespace() || c == '\u{200B}'
}

fn covers(book: &FontBook, family: &str, c: char) -> bool {
    book.select_family(&family.to_lowercase())
        .filter_map(|index| book.info(index))
        .any(|info| info.coverage.contains(u32::from(c)))
}
