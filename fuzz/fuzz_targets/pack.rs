#![no_main]

use ashore_evidence::pack::{self, PackEntry, PackSource};

/// The files of a pack, one after another between lines of `#`.
struct Files<'d>(Vec<(&'static str, &'d [u8])>);

const NAMES: [&str; 12] = [
    pack::BAGIT, pack::BAG_INFO, pack::MANIFEST, pack::TAG_MANIFEST, pack::SEAL, pack::KEY, pack::STATEMENT, pack::HEAD,
    pack::HEAD_SIGNATURE, pack::CHAIN, pack::RECORDS, pack::INDEX,
];

impl PackSource for Files<'_> {
    fn entries(&mut self) -> Result<Vec<PackEntry>, String> {
        Ok(self.0.iter().map(|(path, _)| PackEntry { path: (*path).to_owned(), plain: true }).collect())
    }

    fn read(&mut self, path: &str, take: &mut dyn FnMut(&[u8])) -> Result<(), String> {
        let (_, bytes) = self.0.iter().find(|(name, _)| *name == path).ok_or("no such file")?;
        take(bytes);
        Ok(())
    }
}

// Nobody can sign by chance, so no bytes are a whole pack.
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let mut parts = Vec::new();
    let mut rest = data;
    while let Some(end) = rest.windows(3).position(|three| three == b"\n#\n") {
        parts.push(&rest[..end + 1]);
        rest = &rest[end + 3..];
    }
    parts.push(rest);
    let report = pack::verify(&mut Files(NAMES.into_iter().zip(parts).collect()));
    assert!(!report.is_whole());
});
