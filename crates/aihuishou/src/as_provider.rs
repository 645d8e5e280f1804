//! This partner as a [`Provider`]: one account with its secret and, during a rotation, the next secret.

use std::num::NonZeroUsize;
use std::sync::Arc;

use domain::{CatalogueItem, QuoteRequest};
use futures::FutureExt;
use provider::{
    Answer, Attempt, CallKind, Calling, Capabilities, Identity, Provider, ProviderName, Refusal, Reply,
    SearchRequest,
};

use crate::keys::Keys;
use crate::{CallError, Client, Devices, Inquiry, Profile};

/// The limits in the contract with the partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Calls a day in UTC+8.
    pub daily_quota: u32,
    /// Whether the account may ask for up to [`Profile::MOST_DEVICES`] devices in one call.
    pub several_at_once: bool,
}

/// One account at 爱回收, for the quote desk.
pub struct Aihuishou {
    identity: Identity,
    terms: Terms,
    keys: Keys,
}

impl Aihuishou {
    /// The account of `client`, under its name in the settings. `next` signs with the next secret during a
    /// rotation, and must be a client of the same account.
    pub fn new(name: ProviderName, client: Client, next: Option<Client>, terms: Terms) -> Self {
        let account = client.account().app_id().into();
        let identity = Identity { name, account, protocol: client.profile().name() };
        Self { identity, terms, keys: Keys::new(client, next) }
    }

    /// Notes whether the partner accepted the secret that signed the call, and converts errors to the desk's.
    fn judged<T>(
        &self,
        client: &Arc<Client>,
        answer: Result<crate::Reply<T>, CallError>,
    ) -> Result<crate::Reply<T>, provider::CallError> {
        let CallError { kind, partner_time } = match answer {
            Ok(reply) => {
                self.keys.taken(client);
                return Ok(reply);
            }
            Err(error) => error,
        };
        let code = kind.code().map(Into::into);
        let mut refusal = Refusal::from(kind);
        if let Refusal::Unauthorized { another, .. } = &mut refusal {
            *another = self.keys.refused(client);
        }
        Err(provider::CallError { refusal, code, provider_time: partner_time })
    }
}

impl Provider for Aihuishou {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn capabilities(&self) -> Capabilities {
        let many = NonZeroUsize::new(Profile::MOST_DEVICES);
        Capabilities {
            search: true,
            many: many.filter(|_| self.terms.several_at_once),
            places: Profile::PLACES,
            daily_quota: Some(self.terms.daily_quota),
            over_the_net: true,
        }
    }

    fn call_name(&self, call: CallKind) -> &'static str {
        match call {
            CallKind::Quote => Profile::INQUIRY,
            CallKind::QuoteMany => Profile::BATCH_INQUIRY,
            CallKind::Search => Profile::SEARCH,
        }
    }

    fn quote<'a>(&'a self, device: &'a QuoteRequest, attempt: Attempt) -> Calling<'a, Answer> {
        let call = async move {
            let client = self.keys.current();
            let reply = self.judged(&client, client.inquire(device, attempt).await)?;
            Ok(Reply { value: answer(reply.value, device), provider_time: reply.partner_time })
        };
        call.boxed()
    }

    fn quote_many<'a>(
        &'a self,
        devices: &'a [QuoteRequest],
        attempt: Attempt,
    ) -> Calling<'a, Vec<Result<Answer, Refusal>>> {
        let call = async move {
            let together = Devices::new(devices.to_vec()).ok().filter(|_| self.terms.several_at_once);
            let together = together.ok_or(Refusal::NotOffered)?;
            let client = self.keys.current();
            let reply = self.judged(&client, client.inquire_together(&together, attempt).await)?;
            let each = reply.value.into_iter().zip(devices).map(|(inquiry, device)| {
                inquiry.map(|inquiry| answer(inquiry, device)).map_err(Refusal::from)
            });
            Ok(Reply { value: each.collect(), provider_time: reply.partner_time })
        };
        call.boxed()
    }

    fn search<'a>(&'a self, request: &'a SearchRequest, attempt: Attempt) -> Calling<'a, Vec<CatalogueItem>> {
        let call = async move {
            let client = self.keys.current();
            let reply = self.judged(&client, client.search(request, attempt).await)?;
            Ok(Reply { value: reply.value, provider_time: reply.partner_time })
        };
        call.boxed()
    }

    fn next_credential_works(&self) -> bool {
        self.keys.second_works()
    }
}

/// Converts an inquiry's result to the desk's answer.
fn answer(inquiry: Inquiry, device: &QuoteRequest) -> Answer {
    let public_model = inquiry.public_model(device).map(str::to_owned);
    Answer {
        price: inquiry.price,
        valid_until: inquiry.valid_until,
        recycle: inquiry.recycle,
        quality_check: inquiry.quality_check,
        device_id: inquiry.device_id,
        spec: inquiry.spec,
        model: inquiry.model,
        storage: inquiry.storage,
        grade: inquiry.condition,
        public_model,
        rounded: inquiry.rounded,
    }
}
