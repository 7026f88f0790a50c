//! The outer `age` file.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::iter;
use std::rc::Rc;

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, scrypt};
use zeroize::Zeroizing;

use super::BackupError;
use crate::key::Mistyped;
use crate::{RecoveryCode, Secret};

/// Costs about a second and 256 MiB, like the vault's own key derivation.
pub(super) const WORK: u8 = 18;
/// Four times that; a damaged header cannot make a machine work for hours.
const WORK_MAX: u8 = 20;

/// The words that open the file, as they are typed into the ordinary `age` tool: the passphrase in NFC, or the recovery
/// code as it was shown.
pub(super) fn words(secret: Secret<'_>) -> Result<SecretString, Mistyped> {
    let text = match secret {
        Secret::Passphrase(_) => {
            let (_, bytes) = secret.bytes()?;
            Zeroizing::new(String::from_utf8(bytes.to_vec()).map_err(|_| Mistyped)?)
        }
        Secret::RecoveryCode(typed) => Zeroizing::new(RecoveryCode::read(typed).ok_or(Mistyped)?.to_string()),
    };
    Ok(SecretString::from(text.as_str().to_owned()))
}

/// Opens the envelope. What it gives is proved, chunk by chunk, to be what was sealed.
pub(super) fn open(
    file: File,
    words: SecretString,
    trouble: &Trouble,
) -> Result<impl Read + use<>, BackupError> {
    let source = BufReader::with_capacity(256 * 1024, Watched { inner: file, trouble: trouble.clone() });
    let told = |error| tell(error, trouble);
    let decryptor = Decryptor::new_buffered(source).map_err(told)?;
    if !decryptor.is_scrypt() {
        return Err(BackupError::damaged("it is not sealed with a passphrase"));
    }
    let mut identity = scrypt::Identity::new(words);
    identity.set_max_work_factor(WORK_MAX);
    decryptor.decrypt(iter::once(&identity as &dyn age::Identity)).map_err(told)
}

fn tell(error: DecryptError, trouble: &Trouble) -> BackupError {
    if let Some(real) = trouble.take() {
        return BackupError::Unreadable(real);
    }
    match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed | DecryptError::NoMatchingKeys => {
            BackupError::WrongSecret
        }
        DecryptError::InvalidMac | DecryptError::InvalidHeader | DecryptError::ExcessiveWork { .. } => {
            BackupError::damaged("its first lines were changed")
        }
        DecryptError::UnknownFormat => BackupError::damaged("it is no age file"),
        DecryptError::Io(_) => BackupError::damaged("it is no age file, or cut short in its first lines"),
    }
}

/// What the disk itself said, if it was the disk: everything else that goes wrong while reading is damage.
#[derive(Debug, Clone, Default)]
pub(super) struct Trouble(Rc<RefCell<Option<io::Error>>>);

impl Trouble {
    pub(super) fn take(&self) -> Option<io::Error> {
        self.0.borrow_mut().take()
    }
}

struct Watched {
    inner: File,
    trouble: Trouble,
}

impl Read for Watched {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.inner.read(out).map_err(|error| {
            let kind = error.kind();
            if kind != io::ErrorKind::Interrupted {
                *self.trouble.0.borrow_mut() = Some(error);
            }
            kind.into()
        })
    }
}
