#![no_main]

use ashore_evidence::Digest;
use ashore_evidence::stamp::Stamp;

// The answer of an authority, about any digest: what is taken is about the one that was asked for.
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let imprint = Digest([7; 32]);
    for nonce in [None, Some(1)] {
        if let Ok(stamp) = Stamp::read(data, imprint, nonce) {
            assert_eq!(stamp.imprint, imprint);
        }
    }
});
