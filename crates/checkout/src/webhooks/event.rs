use domain::{Moment, Quote};
use serde::Serialize;

use crate::{EventId, EventKind, Offer, OfferEvent, OfferView, Standing};

/// An event, with the body that reports it to a shop. The body is written once, and each try sends the same
/// bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    id: EventId,
    kind: EventKind,
    at: Moment,
    body: String,
}

#[derive(Serialize)]
struct Body<D> {
    #[serde(rename = "type")]
    kind: EventKind,
    timestamp: Moment,
    data: D,
}

#[derive(Serialize)]
struct Disabled<'a> {
    merchant: &'a str,
    url: &'a str,
    reason: &'static str,
}

#[derive(Serialize)]
struct Ping<'a> {
    merchant: &'a str,
    sandbox: bool,
}

impl Event {
    /// Bodies are kept under this many bytes: a longer one is sent without the lists of its quote.
    pub const MAX_BYTES: usize = 20_000;

    /// An event of an offer, which led to `standing` at `at`. The data is the offer without its token. If the
    /// body would have [`Self::MAX_BYTES`] or more, the lists of the quote, `recycle` and `quality_check`,
    /// are empty; `GET /api/v1/offers/{id}` returns them.
    pub fn of_offer(id: EventId, event: OfferEvent, offer: &Offer, standing: &Standing, at: Moment) -> Self {
        let view = OfferView::without_token(offer, standing);
        let whole = Self::new(id, event.into(), at, &view);
        if whole.body.len() < Self::MAX_BYTES {
            return whole;
        }
        let short = Quote { recycle: Vec::new(), quality_check: Vec::new(), ..offer.quote().clone() };
        Self::new(whole.id, whole.kind, at, &view.with_quote(&short))
    }

    /// An event that the endpoint at `url` was switched off because it answered that it is gone. The parts of
    /// the address after `?` or `#` are left out, because they may be secret.
    pub fn endpoint_disabled(id: EventId, merchant: &str, url: &str, at: Moment) -> Self {
        let url = url.split(['?', '#']).next().unwrap_or_default();
        Self::new(id, EventKind::EndpointDisabled, at, &Disabled { merchant, url, reason: "gone" })
    }

    /// A trial, which a person sends.
    pub fn ping(id: EventId, merchant: &str, sandbox: bool, at: Moment) -> Self {
        Self::new(id, EventKind::Ping, at, &Ping { merchant, sandbox })
    }

    fn new(id: EventId, kind: EventKind, at: Moment, data: &impl Serialize) -> Self {
        let body = Body { kind, timestamp: at, data };
        let body = serde_json::to_string(&body).expect("texts and numbers are JSON");
        Self { id, kind, at, body }
    }

    /// Its id, which is the same in each try.
    pub fn id(&self) -> &EventId {
        &self.id
    }

    /// Its kind.
    pub fn kind(&self) -> EventKind {
        self.kind
    }

    /// When it happened.
    pub fn at(&self) -> Moment {
        self.at
    }

    /// The body in JSON: `{"type","timestamp","data"}`.
    pub fn body(&self) -> &str {
        &self.body
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::samples;

    fn read(event: &Event) -> Value {
        serde_json::from_str(event.body()).unwrap()
    }

    fn accepted(offer: &Offer) -> Event {
        let id = EventId::from_random(1);
        Event::of_offer(id, OfferEvent::Accepted, offer, &Standing::NEW, samples::moment(0))
    }

    #[test]
    fn a_body_has_type_time_and_the_offer_without_its_token() {
        let body = read(&accepted(&samples::offer()));
        assert_eq!(body["type"], "offer.accepted");
        assert_eq!(body["timestamp"], "2025-12-30T14:00:00+08:00");
        assert_eq!(body["data"]["version"], 1);
        assert_eq!(body["data"]["amount"], 470_000);
        assert_eq!(body["data"]["quote"]["device"]["model"], "iPhone 14 Pro");
        assert!(body["data"].get("token").is_none());
    }

    #[test]
    fn a_body_stays_under_20_kb() {
        let mut acceptance = samples::acceptance();
        acceptance.quote.quality_check = vec!["外观无划痕".repeat(20); 900];
        let offer = Offer::accept(acceptance, samples::moment(0)).unwrap();
        let event = accepted(&offer);
        assert!(event.body().len() < Event::MAX_BYTES);
        assert_eq!(read(&event)["data"]["quote"]["quality_check"], json!([]));
        assert_eq!(
            read(&accepted(&samples::offer()))["data"]["quote"]["quality_check"],
            json!(["外观", "屏幕"])
        );
    }

    #[test]
    fn a_ping_and_a_disabled_endpoint_say_whose_they_are() {
        let ping = Event::ping(EventId::from_random(1), "demo", true, samples::moment(0));
        assert_eq!(read(&ping)["data"], json!({ "merchant": "demo", "sandbox": true }));
        let url = "https://shop.example/hook?key=hush#x";
        let gone = Event::endpoint_disabled(EventId::from_random(1), "demo", url, samples::moment(0));
        let data = json!({ "merchant": "demo", "url": "https://shop.example/hook", "reason": "gone" });
        assert_eq!((&read(&gone)["type"], &read(&gone)["data"]), (&json!("endpoint.disabled"), &data));
    }
}
