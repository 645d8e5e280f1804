//! An offer by its name, for those who may see it.

use records::OfferName;

use crate::{Checkout, CheckoutError, Kept};

impl Checkout {
    /// The offer of that name, if it is the merchant's and of this mode.
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
