/// Something that lies in a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackEntry {
    /// Path from the pack's top, with slashes, as found.
    pub path: String,
    /// A plain file; links and devices are none.
    pub plain: bool,
}

/// Where a pack is read from: a folder, an archive, memory.
pub trait PackSource {
    /// Everything in the pack but folders.
    ///
    /// # Errors
    /// In words: it cannot be listed.
    fn entries(&mut self) -> Result<Vec<PackEntry>, String>;

    /// Hands the bytes of a plain file to `take`, piece by piece, to its end.
    ///
    /// # Errors
    /// In words: it cannot be read to its end.
    fn read(&mut self, path: &str, take: &mut dyn FnMut(&[u8])) -> Result<(), String>;
}
