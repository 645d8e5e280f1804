use checkout::Endpoint;
use checkout::webhooks::WebhookSecret;
use url::Url;

use crate::merchants::Merchants;

/// An endpoint, and what is needed to send to it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Hook {
    pub(crate) endpoint: Endpoint,
    pub(super) url: Url,
    pub(super) secrets: Vec<WebhookSecret>,
}

/// The endpoints of all merchants.
pub(crate) fn hooks(merchants: &Merchants) -> Vec<Hook> {
    let of_merchant = |merchant: &crate::merchants::Merchant| {
        let id = merchant.id.clone();
        merchant.webhooks.clone().into_iter().map(move |webhook| Hook {
            endpoint: webhook.endpoint(&id),
            url: webhook.url,
            secrets: webhook.secrets,
        })
    };
    merchants.iter().flat_map(|merchant| of_merchant(merchant)).collect()
}
