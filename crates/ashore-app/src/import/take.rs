use std::fs::File;
use std::io::{Cursor, Read as _, Seek as _};
use std::path::Path;

use ashore_domain::{EvidenceId, Import, ImportId};
use ashore_importers::frame::Event;
use ashore_importers::{Item, Request, detect};
use ashore_vault::{Importing, content_key};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::known::Known;
use super::mapping::MappingForm;
use super::record::{draft, from, name_of, obtained, part_of};
use super::report::{FileReport, MOST_SHOWN, PreviewItem, refusal_code};
use super::seen::Seen;
use super::worker::{End, ReadingProcess};
use crate::ended::{Watched, ended};
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id};

/// How a file is to be taken in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Only look: nothing is stored.
    pub dry_run: bool,
    /// Which column is what, in a table of unknown origin. Without it the names of the columns tell, where they can.
    pub mapping: Option<MappingForm>,
}

/// How far the work on a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How much of the file, in hundredths.
    pub percent: u8,
    /// Records found so far.
    pub records: u32,
}

/// What is being done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Its bytes are copied into the vault.
    Copying,
    /// It is read, record by record.
    Reading,
}

/// Asked again and again whether to go on.
pub(super) type Watch<'w> = &'w mut dyn FnMut(Progress) -> bool;

impl App<Unlocked> {
    /// Takes in a file: what it holds becomes records, each thing once; the file itself is kept byte for byte. All of it
    /// is stored or nothing. `watch` is told how far it is and answers whether to go on.
    ///
    /// A file that is not read, or whose reading failed, is no error: the report says so, and nothing of it is stored.
    ///
    /// # Errors
    /// The file cannot be opened or changes meanwhile, the disk is full, `watch` said no, or the mapping lacks a column.
    pub fn import_file(
        &mut self,
        path: &Path,
        options: &ImportOptions,
        watch: Watch<'_>,
    ) -> Result<FileReport, AppError> {
        let mapping = options.mapping.as_ref().map(MappingForm::read).transpose()?;
        let request = Request { format: None, mapping };
        let unreadable = |why: std::io::Error| {
            AppError::field(ErrorCode::FileUnreadable, "file", format!("{}: {why}", path.display()))
        };
        let mut file = File::open(path).map_err(unreadable)?;
        let about = file.metadata().map_err(unreadable)?;
        if !about.is_file() {
            return Err(AppError::field(
                ErrorCode::FileUnreadable,
                "file",
                "only a plain file can be taken in",
            ));
        }
        let mut report = FileReport { path: path.display().to_string(), ..FileReport::default() };
        let known = Known::new(&self.state.vault.parties()?, &self.state.vault.loans()?);
        if options.dry_run {
            self.look(&file, &request, about.len(), &known, &mut report, watch)?;
        } else {
            let name =
                path.file_name().map_or_else(|| "file".into(), |name| name.to_string_lossy().into_owned());
            self.take(&mut file, &request, (about.len(), &name), &known, &mut report, watch)?;
            let now = file.metadata().map_err(unreadable)?;
            if now.len() != about.len() {
                report
                    .warnings
                    .push(super::report::WarningView { code: "file_changed".to_owned(), detail: None });
            }
        }
        Ok(report)
    }

    fn look(
        &self,
        file: &File,
        request: &Request,
        size: u64,
        known: &Known,
        report: &mut FileReport,
        watch: Watch<'_>,
    ) -> Result<(), AppError> {
        let now = self.clock.now();
        let mut seen = Seen::new();
        let mut pace = Pace::new(file, size, watch);
        let nothing = ImportId::from_bytes([0; 16]);
        let end = hear(file, request, report, &mut pace, |report, item, number| {
            let key = content_key(&item.identity());
            let duplicate = !seen.insert(key) || self.state.vault.knows_content(&key)?;
            count(report, duplicate);
            if report.items.len() < MOST_SHOWN {
                let draft =
                    draft(item, from(nothing, number, key), EvidenceId::from_bytes([0; 16]), known, now);
                report.items.push(PreviewItem::of(&draft.record, duplicate));
            }
            Ok(())
        })?;
        conclude(report, &end);
        Ok(())
    }

    fn take(
        &mut self,
        file: &mut File,
        request: &Request,
        (size, name): (u64, &str),
        known: &Known,
        report: &mut FileReport,
        watch: Watch<'_>,
    ) -> Result<(), AppError> {
        let now = self.clock.now();
        let import = ImportId::from_bytes(id::fresh(now)?);
        let mut head = Vec::with_capacity(512);
        let unreadable = |why: std::io::Error| {
            AppError::field(ErrorCode::FileUnreadable, "file", format!("the file could not be read: {why}"))
        };
        file.by_ref().take(512).read_to_end(&mut head).map_err(unreadable)?;
        file.rewind().map_err(unreadable)?;
        let mime = detect::media_type(&head, name);
        let mut copied =
            |read, size| watch(Progress { stage: Stage::Copying, percent: percent(read, size), records: 0 });
        let mut source = Watched::new(&mut *file, size, &mut copied);
        let staged = self.state.vault.stage(&mut source, name, mime);
        let staged = source.outcome(staged)?;
        let original = staged.file().clone();

        let mut importing = self.state.vault.import(staged, now)?;
        let mut pace = Pace::new(file, size, watch);
        let mut ids = id::series(now)?;
        let mut mail = false;
        let end = hear(file, request, report, &mut pace, |report, item, number| {
            mail = report.format.as_deref() == Some("eml");
            let key = content_key(&item.identity());
            let duplicate = importing.knows_content(&key)?;
            count(report, duplicate);
            if duplicate {
                return Ok(());
            }
            let record = EvidenceId::from_bytes(ids.next());
            let mut made = draft(item, from(import, number, key), record, known, now);
            made.record.extraction = Some(obtained(report.format.as_deref()));
            let mut files = Vec::with_capacity(made.parts.len());
            // A single mail is its file.
            if mail {
                made.record.files.push(original.clone());
            }
            for (place, part) in made.parts.iter().enumerate() {
                let name = name_of(part, place + 1);
                let staged = importing.stage(&mut Cursor::new(&part.bytes), &name, &part.mime)?;
                made.record.files.push(part_of(staged.file(), original.attachment));
                files.push(staged);
            }
            Ok(importing.add(made.record, files)?)
        })?;
        conclude(report, &end);
        finish(importing, report, import, original, &end)
    }
}

/// Commits what was read, if the file was read to its end and anything in it is new.
fn finish(
    importing: Importing<'_>,
    report: &FileReport,
    import: ImportId,
    file: ashore_domain::FileRef,
    end: &End,
) -> Result<(), AppError> {
    let End::Done(summary) = end else { return Ok(()) };
    if report.stored == 0 {
        return Ok(());
    }
    importing.finish(Import {
        id: import,
        file,
        format: report.format.clone().unwrap_or_default(),
        found: summary.found,
        stored: report.stored.into(),
        duplicates: report.duplicates.into(),
        left_out: summary.left_out,
    })?;
    Ok(())
}

fn count(report: &mut FileReport, duplicate: bool) {
    *(if duplicate { &mut report.duplicates } else { &mut report.stored }) += 1;
}

fn conclude(report: &mut FileReport, end: &End) {
    match end {
        End::Done(summary) => report.found = u32::try_from(summary.found).unwrap_or(u32::MAX),
        End::Refused(refusal) => report.refuse(refusal_code(refusal)),
        End::Lost(why) => report.refuse(why),
    }
}

/// Has a file read and hands on every item with its number.
fn hear(
    file: &File,
    request: &Request,
    report: &mut FileReport,
    pace: &mut Pace<'_, '_>,
    mut take: impl FnMut(&mut FileReport, Item, u64) -> Result<(), AppError>,
) -> Result<End, AppError> {
    let mut number = 0;
    ReadingProcess::start(file, request)?.hear(|event| {
        // Silence is asked about as well: a file may be long without saying anything.
        let Some(event) = event else { return pace.ask(number) };
        let size = size_of(&event);
        match event {
            Event::Format(format) => report.format = Some(format.code()),
            Event::Item(item) => {
                number += 1;
                take(report, item, number)?;
            }
            Event::LeftOut(left_out) => report.leave_out(&left_out),
            Event::Warning(warning) => report.warn(&warning),
            Event::Outline(outline) => report.outline(&outline),
            Event::Done(_) | Event::Refused(_) | Event::SourceFailed(_) => {}
        }
        pace.step(number, size)
    })
}

/// The bytes that taking this in costs.
fn size_of(event: &Event) -> usize {
    let parts = match event {
        Event::Item(Item::Message(message)) => &message.parts,
        Event::Item(Item::Mail(mail)) => &mail.parts,
        _ => return 0,
    };
    parts.iter().map(|part| part.bytes.len()).sum()
}

/// Asks now and then whether to go on.
struct Pace<'f, 'w> {
    file: &'f File,
    size: u64,
    watch: Watch<'w>,
    events: u32,
    bytes: usize,
}

impl<'f, 'w> Pace<'f, 'w> {
    fn new(file: &'f File, size: u64, watch: Watch<'w>) -> Self {
        Self { file, size, watch, events: 0, bytes: 0 }
    }

    /// Asks at the first, at every 256th event, and after a megabyte of files.
    fn step(&mut self, number: u64, size: usize) -> Result<(), AppError> {
        self.bytes += size;
        let asks = self.events.is_multiple_of(256) || self.bytes >= 1 << 20;
        self.events = self.events.wrapping_add(1);
        if !asks {
            return Ok(());
        }
        self.bytes = 0;
        self.ask(number)
    }

    fn ask(&mut self, number: u64) -> Result<(), AppError> {
        // The reader goes through the same open file, so where it is can be seen from here.
        let mut file = self.file;
        let at = file.stream_position().unwrap_or_default();
        let progress = Progress {
            stage: Stage::Reading,
            percent: percent(at, self.size),
            records: u32::try_from(number).unwrap_or(u32::MAX),
        };
        if (self.watch)(progress) { Ok(()) } else { Err(ended()) }
    }
}

fn percent(part: u64, whole: u64) -> u8 {
    u8::try_from(part.saturating_mul(100) / whole.max(1)).unwrap_or(100).min(100)
}
