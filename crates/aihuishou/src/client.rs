use std::sync::Arc;

use domain::{CatalogueItem, PlainText, QuoteRequest};
use jiff::Timestamp;
use outgoing::{ClientError, Connections, Route};
use provider::{Attempt, BadAnswer, SearchRequest};

use crate::answer::{Received, Understood, understand};
use crate::devices::{Devices, describe};
use crate::several::answers;
use crate::wire::SearchData;
use crate::{Account, CallError, CallErrorKind, Inquiry, Parameters, Profile, sign, terms, timestamp};

/// A client of the partner's API.
///
/// Each call is one attempt. The caller decides whether to try again and whether the quota allows it, since
/// every attempt costs quota.
#[derive(Clone, Debug)]
pub struct Client {
    connections: Arc<Connections>,
    account: Account,
    profile: Profile,
}

/// An answer, and the partner's time if it is known.
#[derive(Clone, Debug)]
pub struct Reply<T> {
    /// What was answered.
    pub value: T,
    /// The `Date` of the answer, if the answer is from the partner and was made just now.
    pub partner_time: Option<Timestamp>,
}

impl Client {
    /// A client for `account` that connects to the partner directly.
    ///
    /// # Errors
    /// [`ClientError`] when the machine's TLS cannot be set up.
    pub fn new(account: Account, profile: Profile) -> Result<Self, ClientError> {
        Self::by(Route::default(), account, profile)
    }

    /// A client for `account` that connects to the partner by `route`.
    ///
    /// # Errors
    /// [`ClientError`] when the machine's TLS cannot be set up.
    pub fn by(route: Route, account: Account, profile: Profile) -> Result<Self, ClientError> {
        let connections = Arc::new(Connections::new(route, profile.is_secure())?);
        Ok(Self { connections, account, profile })
    }

    /// Its account.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Its profile.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Asks what a device is worth (`item_get_inquir`).
    ///
    /// # Errors
    /// [`CallError`] for every answer that is not a price.
    pub async fn inquire(
        &self,
        request: &QuoteRequest,
        attempt: Attempt,
    ) -> Result<Reply<Inquiry>, CallError> {
        let described = describe(request);
        let parameters: Vec<_> = described.iter().map(|(name, value)| (*name, value.as_ref())).collect();
        let read = |data, _: &[&str]| {
            Inquiry::read(data).and_then(|inquiry| inquiry.of(request)).map_err(CallErrorKind::BadAnswer)
        };
        self.call(Profile::INQUIRY, &parameters, attempt, read).await
    }

    /// Asks what several devices are worth (`item_batch_inquir`, decision 13 of the partner's protocol).
    /// Returns one answer for each device, in their order. It costs as many calls of the quota as there are
    /// devices.
    ///
    /// # Errors
    /// [`CallError`] for every answer that is not one answer for each device.
    pub async fn inquire_together(
        &self,
        devices: &Devices,
        attempt: Attempt,
    ) -> Result<Reply<Vec<Result<Inquiry, CallErrorKind>>>, CallError> {
        let json = devices.json();
        let parameters = [("devices", json.as_str())];
        let read = |data, kept_quiet: &[&str]| answers(data, devices.iter(), kept_quiet);
        self.call(Profile::BATCH_INQUIRY, &parameters, attempt, read).await
    }

    /// Searches for models, with the storage and memory they come in (`item_search`).
    ///
    /// # Errors
    /// [`CallError`] for every answer that is not a list of models.
    pub async fn search(
        &self,
        request: &SearchRequest,
        attempt: Attempt,
    ) -> Result<Reply<Vec<CatalogueItem>>, CallError> {
        let parameters = [
            ("keyword", request.keyword.as_ref().map_or("", PlainText::as_str)),
            ("device_type", request.device_type.map_or("", terms::category)),
            ("brand", request.brand.as_ref().map_or("", PlainText::as_str)),
        ];
        let read = |data, _: &[&str]| {
            let data: SearchData =
                serde_json::from_value(data).map_err(|_| CallErrorKind::BadAnswer(BadAnswer::WrongShape))?;
            // A model without a name or a category cannot be quoted, so it is left out.
            let items = data.items.into_iter().filter_map(|item| {
                Some(CatalogueItem {
                    device_type: terms::read_category(&item.device_type?)?,
                    brand: item.brand?,
                    model: item.model?,
                    storages: item.storages,
                    rams: item.rams,
                })
            });
            Ok(items.collect())
        };
        self.call(Profile::SEARCH, &parameters, attempt, read).await
    }

    /// Makes a call, and passes the `data` of its answer to `read`, together with the texts that must stay
    /// secret even if the partner repeats them.
    async fn call<T>(
        &self,
        path: &str,
        parameters: &[(&str, &str)],
        attempt: Attempt,
        read: impl FnOnce(serde_json::Value, &[&str]) -> Result<T, CallErrorKind>,
    ) -> Result<Reply<T>, CallError> {
        let plain = |kind| CallError { kind, partner_time: None };
        let url = self.profile.url(path).map_err(|_| plain(CallErrorKind::WrongPath))?;
        let stamp = timestamp(attempt.at);
        let every_call =
            [("app_id", self.account.app_id()), ("timestamp", &stamp), ("version", Profile::VERSION)];
        let parameters = Parameters::new(every_call.into_iter().chain(parameters.iter().copied()));
        let signature = sign(&parameters, self.account.secret()).to_string();
        let mut body: Vec<(&str, &str)> = parameters.iter().collect();
        body.push(("sign", &signature));

        let kept_quiet = [self.account.secret().expose(), &signature];
        let request = |http: &reqwest::Client| http.post(url).timeout(attempt.timeout).form(&body);
        let received = self.connections.send(request, attempt.at, &kept_quiet).await;
        let outgoing::Received { status, body, retry_after, time, .. } =
            received.map_err(|error| plain(error.into()))?;
        let received = Received { status, body: &body, retry_after, kept_quiet: &kept_quiet };
        let Understood { data, is_partners } = understand(&received);
        // The time of a gateway, or of a cached answer, is not the partner's.
        let partner_time = time.filter(|_| is_partners);
        data.and_then(|data| read(data, &kept_quiet))
            .map(|value| Reply { value, partner_time })
            .map_err(|kind| CallError { kind, partner_time })
    }
}
