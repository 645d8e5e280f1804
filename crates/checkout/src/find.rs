//! Finds an offer by its name, if the caller may see it.

use records::OfferName;

use crate::{Checkout, CheckoutError, Kept};

impl Checkout {
    /// The offer with that name, if it belongs to the merchant and is of this server's mode (sandbox or
    /// live). With `None`, offers of all merchants are found.
    pub(crate) async fn find(
        &self,
        name: OfferName<'_>,
        merchant: Option<&str>,
    ) -> Result<Kept, CheckoutError> {
        let found = self.records.offer(name).await?.ok_or(CheckoutError::NotFound)?;
        let is_theirs = merchant.is_none_or(|merchant| merchant == found.merchant);
        if !is_theirs || found.sandbox != self.setup().sandbox {
            return Err(CheckoutError::NotFound);
        }
        Kept::read(found)
    }
}
