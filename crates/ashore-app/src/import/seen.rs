/// Digests that came up in one file, in little memory: six bytes each. Among three million, the chance that any two are
/// taken for one is less than one in a million; only a preview relies on it.
pub(super) struct Seen(Vec<Vec<[u8; 6]>>);

impl Seen {
    pub(super) fn new() -> Self {
        Self(vec![Vec::new(); 1 << 16])
    }

    /// Whether it is the first of its kind.
    pub(super) fn insert(&mut self, key: [u8; 16]) -> bool {
        let [a, b, rest @ ..] = key;
        let [c, d, e, f, g, h, ..] = rest;
        let Some(bucket) = self.0.get_mut(usize::from(u16::from_be_bytes([a, b]))) else { return true };
        let short = [c, d, e, f, g, h];
        if bucket.contains(&short) {
            return false;
        }
        // A doubling bucket would hold as much again for nothing.
        if bucket.len() == bucket.capacity() {
            bucket.reserve_exact(8);
        }
        bucket.push(short);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn each_is_new_once() {
        let mut seen = Seen::new();
        let key = |n: u64| {
            let mut key = [0; 16];
            key[..8].copy_from_slice(&n.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
            key
        };
        assert!((0..200_000).all(|n| seen.insert(key(n))));
        assert!((0..200_000).all(|n| !seen.insert(key(n))));
        assert!(seen.insert(key(200_000)));
    }
}
