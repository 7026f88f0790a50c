use std::sync::{LazyLock, OnceLock};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};

use crate::font::Fonts;

/// A world of two files, the template and the data. There is no folder, no package, no clock and no network in it.
pub(crate) struct OfflineWorld<'a> {
    fonts: &'a Fonts,
    data: Bytes,
}

const TEMPLATE: &str = include_str!("template/letter.typ");

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

fn file_id(name: &str) -> Option<FileId> {
    VirtualPath::new(name).ok().map(|path| RootedPath::new(VirtualRoot::Project, path).intern())
}

fn template() -> Option<&'static Source> {
    static SOURCE: OnceLock<Option<Source>> = OnceLock::new();
    SOURCE.get_or_init(|| file_id("/letter.typ").map(|id| Source::new(id, TEMPLATE.to_owned()))).as_ref()
}

fn data_id() -> Option<FileId> {
    static ID: OnceLock<Option<FileId>> = OnceLock::new();
    *ID.get_or_init(|| file_id("/data.json"))
}

impl<'a> OfflineWorld<'a> {
    pub(crate) fn new(fonts: &'a Fonts, data: Vec<u8>) -> Self {
        Self { fonts, data: Bytes::new(data) }
    }
}

impl World for OfflineWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    #[allow(clippy::expect_used)] // both names are constants that a test interns
    fn main(&self) -> FileId {
        template().expect("the template has a name").id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        template().filter(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if data_id() == Some(id) { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
