use std::fmt;

use ashore_domain::Sensitive;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::random;
use crate::fault::Fault;

/// The code that opens the vault when the passphrase is forgotten: 130 random bits and a checksum of 20, as six
/// groups of five signs. Shown once, to be written down; it is never stored.
///
/// The signs are those of Crockford's Base32, without I, L, O and U, so that handwriting reads back.
pub struct RecoveryCode(Sensitive<String>);

const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SECRET_SIGNS: usize = 26;
const CHECK_SIGNS: usize = 4;
const GROUP: usize = 5;
const TAG: &[u8] = b"ashore:recovery:v1\n";

impl RecoveryCode {
    pub(crate) fn random() -> Result<Self, Fault> {
        let mut bytes = Zeroizing::new([0; SECRET_SIGNS]);
        random(&mut *bytes)?;
        // 256 is a multiple of 32, so every sign is equally likely.
        let mut signs = Zeroizing::new(Vec::with_capacity(SECRET_SIGNS + CHECK_SIGNS));
        signs.extend(bytes.iter().map(|byte| sign(*byte)));
        let checksum = checksum(&signs);
        signs.extend_from_slice(&checksum);
        Ok(Self::of_signs(&signs))
    }

    /// The code of a text as typed; `None` when it is none: wrong length, foreign signs, or the checksum differs.
    pub(crate) fn read(typed: &Sensitive<String>) -> Option<Self> {
        // Exposed to be read; the copy is wiped by its guard.
        let mut signs = Zeroizing::new(Vec::with_capacity(SECRET_SIGNS + CHECK_SIGNS));
        for character in typed.expose().chars() {
            let folded = match character {
                '-' | '–' | '—' | '_' | '.' => continue,
                space if space.is_whitespace() => continue,
                'o' | 'O' => b'0',
                'i' | 'I' | 'l' | 'L' => b'1',
                // Input methods for Chinese often type full-width signs.
                '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
                    let half = u8::try_from(u32::from(character) - 0xFEE0).ok()?.to_ascii_uppercase();
                    match half {
                        b'O' => b'0',
                        b'I' | b'L' => b'1',
                        other => other,
                    }
                }
                other => u8::try_from(other).ok()?.to_ascii_uppercase(),
            };
            if !SIGNS.contains(&folded) || signs.len() == SECRET_SIGNS + CHECK_SIGNS {
                return None;
            }
            signs.push(folded);
        }
        let (secret, check) = signs.split_at_checked(SECRET_SIGNS)?;
        (check == checksum(secret)).then(|| Self::of_signs(&signs))
    }

    fn of_signs(signs: &[u8]) -> Self {
        let mut text = String::with_capacity(SECRET_SIGNS + CHECK_SIGNS + 5);
        for (index, sign) in signs.iter().enumerate() {
            if index > 0 && index % GROUP == 0 {
                text.push('-');
            }
            text.push(char::from(*sign));
        }
        Self(Sensitive::new(text))
    }

    /// The signs without dashes: what enters the key derivation.
    pub(crate) fn bytes(&self) -> Zeroizing<Vec<u8>> {
        // Exposed to be derived from.
        let text = self.0.expose();
        let mut signs = Zeroizing::new(Vec::with_capacity(text.len()));
        signs.extend(text.bytes().filter(|byte| *byte != b'-'));
        signs
    }
}

/// The sign of the low five bits.
fn sign(bits: u8) -> u8 {
    SIGNS.get(usize::from(bits & 31)).copied().unwrap_or(b'0')
}

fn checksum(secret: &[u8]) -> [u8; CHECK_SIGNS] {
    let digest: [u8; 32] = Sha256::new().chain_update(TAG).chain_update(secret).finalize().into();
    let bits = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]) >> 12;
    [15, 10, 5, 0].map(|shift| sign(u8::try_from(bits >> shift & 31).unwrap_or(0)))
}

impl fmt::Display for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Exposed to be shown to its owner.
        f.write_str(self.0.expose())
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode([sensitive])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        RecoveryCode::read(&Sensitive::new(text.to_owned())).map(|code| code.to_string())
    }

    /// Frozen: codes written down today must be read for ever.
    const CODE: &str = "01234-56789-ABCDE-FGHJK-MNPQR-S8KJW";

    #[test]
    fn frozen_code_is_read_in_every_handwriting() {
        for typed in [
            CODE.to_owned(),
            CODE.to_lowercase(),
            CODE.replace('-', " "),
            CODE.replace('-', ""),
            CODE.replace('0', "O").replace('1', "l"),
            format!("  {}\n", CODE.replace('0', "o").replace('1', "I").replace('-', " – ")),
            CODE.chars()
                .map(|c| if c == '-' { c } else { char::from_u32(u32::from(c) + 0xFEE0).unwrap() })
                .collect(),
        ] {
            assert_eq!(read(&typed).as_deref(), Some(CODE), "{typed}");
        }
    }

    #[test]
    fn a_random_code_reads_back_and_never_prints_in_logs() {
        let code = RecoveryCode::random().unwrap();
        assert_eq!(read(&code.to_string()), Some(code.to_string()));
        assert_eq!(code.to_string().len(), 35);
        assert_eq!(format!("{code:?}"), "RecoveryCode([sensitive])");
        assert_ne!(code.to_string(), RecoveryCode::random().unwrap().to_string());
    }

    #[test]
    fn every_single_slip_is_told_from_a_wrong_code() {
        let signs: Vec<char> = CODE.chars().filter(|c| *c != '-').collect();
        for place in 0..signs.len() {
            for other in SIGNS.iter().map(|sign| char::from(*sign)).filter(|sign| *sign != signs[place]) {
                let mut slip = signs.clone();
                slip[place] = other;
                assert_eq!(read(&slip.iter().collect::<String>()), None, "{other} at {place}");
            }
            let mut missing = signs.clone();
            missing.remove(place);
            assert_eq!(read(&missing.iter().collect::<String>()), None, "sign {place} left out");
            let mut swapped = signs.clone();
            swapped.swap(place, (place + 1) % signs.len());
            assert_eq!(read(&swapped.iter().collect::<String>()), None, "signs {place} swapped");
        }
        for text in ["", "-", "上岸", "U1234", &format!("{CODE}0")] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
