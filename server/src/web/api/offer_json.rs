//! An offer as the API answers with it: with a token that is signed now.

use axum::Json;
use checkout::{Checkout, Kept, OfferToken, OfferView};
use serde::{Serialize, Serializer};

/// The JSON of an offer, with its token.
#[derive(Debug)]
pub(super) struct OfferJson {
    kept: Kept,
    token: OfferToken,
}

impl OfferJson {
    /// The offer with a token that is signed now.
    pub(super) fn new(checkout: &Checkout, kept: Kept) -> Self {
        let token = checkout.token(&kept.offer);
        Self { kept, token }
    }

    /// The same as an answer's body.
    pub(super) fn answer(checkout: &Checkout, kept: Kept) -> Json<Self> {
        Json(Self::new(checkout, kept))
    }
}

impl Serialize for OfferJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { kept, token } = self;
        OfferView::with_token(&kept.offer, &kept.standing, token).serialize(serializer)
    }
}
