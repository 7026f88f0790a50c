use ashore_domain::Sensitive;

use crate::fault::Fault;
use crate::folder;
use crate::key::{Mistyped, SlotName, passphrase_bytes};
use crate::{KdfCost, RecoveryCode, RekeyError, Secret, Vault};

impl Vault {
    /// Replaces the passphrase. The database keeps its key, which is wrapped anew; the recovery code stays valid.
    ///
    /// # Errors
    /// `current` opens nothing, the new passphrase is empty, the disk failed. The old passphrase then still holds.
    pub fn change_passphrase(
        &mut self,
        current: Secret<'_>,
        new: &Sensitive<String>,
        cost: KdfCost,
    ) -> Result<(), RekeyError> {
        // Exposed to see that there is something to it.
        if new.expose().is_empty() {
            return Err(RekeyError::EmptyPassphrase);
        }
        self.prove(current)?;
        self.rewrap(SlotName::Passphrase, &passphrase_bytes(new), cost)
    }

    /// Replaces the recovery code; the old one opens nothing any more, the passphrase stays valid.
    ///
    /// # Errors
    /// `current` opens nothing, the disk failed. The old code then still holds.
    pub fn new_recovery_code(
        &mut self,
        current: Secret<'_>,
        cost: KdfCost,
    ) -> Result<RecoveryCode, RekeyError> {
        self.prove(current)?;
        let code = RecoveryCode::random()?;
        self.rewrap(SlotName::Recovery, &code.bytes(), cost)?;
        Ok(code)
    }

    /// That whoever asks could have opened this vault: an unattended open window must not be enough.
    fn prove(&self, current: Secret<'_>) -> Result<(), RekeyError> {
        let (slot, bytes) = current.bytes().map_err(|Mistyped| RekeyError::RecoveryCodeMistyped)?;
        self.keys.unwrap(slot, &bytes)?.map(drop).ok_or(RekeyError::WrongSecret)
    }

    fn rewrap(&mut self, slot: SlotName, secret: &[u8], cost: KdfCost) -> Result<(), RekeyError> {
        let keys = self.keys.rewrapped(&self.database_key, slot, secret, cost)?;
        // Another vault may lie at this place by now, and would lose its keys.
        self.folder.still_holds(&self.lock)?;
        folder::write_durably(&self.folder.keys(), &keys.to_bytes()?)
            .map_err(Fault::io("writing the key file"))?;
        self.keys = keys;
        Ok(())
    }
}
