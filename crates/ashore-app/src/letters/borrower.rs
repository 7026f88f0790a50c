use ashore_documents::mask;
use ashore_domain::{Borrower, Fact};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::session::{App, Unlocked};
use crate::{AppError, input};

/// The borrower's own particulars, as letters carry them. Of the identity number only what a letter shows is kept:
/// its middle is covered before it is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // the domain's `Borrower` explains them
pub struct BorrowerForm {
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub id_number: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub address: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
}

impl App<Unlocked> {
    /// What the borrower stated last; blank before the first time.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn borrower(&self) -> Result<BorrowerForm, AppError> {
        let known = self.state.vault.borrower()?.unwrap_or_default();
        Ok(BorrowerForm {
            name: known.name,
            id_number: known.id_number,
            phone: known.phone,
            address: known.address,
            email: known.email,
        })
    }

    /// States the borrower's particulars anew.
    ///
    /// # Errors
    /// A text that is too long.
    pub fn set_borrower(&mut self, form: &BorrowerForm) -> Result<BorrowerForm, AppError> {
        let borrower = Borrower {
            name: input::line_or_none("name", form.name.as_deref())?,
            id_number: input::line_or_none("id_number", form.id_number.as_deref())?
                .map(|number| mask::identity(&number)),
            phone: input::line_or_none("phone", form.phone.as_deref())?,
            address: input::line_or_none("address", form.address.as_deref())?,
            email: input::line_or_none("email", form.email.as_deref())?,
        };
        self.state.vault.append(&[Fact::Borrower(borrower)], Vec::new(), self.clock.now())?;
        self.borrower()
    }
}
