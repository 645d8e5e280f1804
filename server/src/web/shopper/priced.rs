//! A quote as a shopper sees it at a merchant, and what has become of it there.

use std::sync::Arc;

use app::parts::frame::FrameFields;
use app::shopper::quote::{Acceptance, Alternative, Compared, QuotePage, Standing, Taken};
use app::words::Locale;
use app::words::failure::explain;
use axum::http::HeaderMap;
use checkout::{Kept, NotAcceptable, Product, State, Wanted, acceptable};
use desk::{Desks, Selected};
use domain::{Comparison, Failure, Moment, Money, NotAccepted, Quote, QuoteId, RefusedBy};

use super::visit_id::VisitId;
use crate::merchants::Merchant;
use crate::web::site::Site;

/// A quote at a merchant.
pub(super) struct Priced {
    pub(super) quote: Arc<Quote>,
    /// The prices of other providers with which it was compared.
    alternatives: Vec<Arc<Quote>>,
    /// The providers that gave no price.
    refused: Vec<RefusedBy>,
    /// The desks of the merchant's providers.
    desks: Selected,
    /// The merchant; `None` if the link names none, as one from a bookmark or a message.
    pub(super) merchant: Option<Arc<Merchant>>,
    pub(super) frame: FrameFields,
    /// What the merchant adds to the price.
    pub(super) top_up: Option<Money>,
    pub(super) now: Moment,
}

impl Priced {
    /// The quote with that id, at the merchant of `frame`.
    pub(super) async fn find(
        site: &Site,
        desks: &Desks,
        quote: &str,
        mut frame: FrameFields,
    ) -> Result<Self, Failure> {
        let merchant = site.merchants().get(&frame.merchant);
        let desks = match &merchant {
            Some(merchant) => merchant.desks(desks),
            None => desks.select(&[], false, None),
        };
        let id = QuoteId::parse(quote).ok_or(Failure::NotFound)?;
        let Comparison { best: quote, alternatives, refused } = desks.recall(&id).await?;
        if merchant.is_none() {
            // The form of any merchant can be used to continue.
            frame.merchant = site.merchants().first().to_owned();
        }
        let now = Moment::new(desks.now());
        let product = frame.product();
        let top_up =
            merchant.as_ref().and_then(|shop| shop.top_up(&quote, product.as_ref(), now.in_utc8().date()));
        Ok(Self { quote, alternatives, refused, desks, merchant, frame, top_up, now })
    }

    /// The address of the quote's page with the host page's settings, without the origin.
    pub(super) fn address(&self) -> String {
        self.frame.link(&format!("/quote/{}", self.quote.id))
    }

    /// What a shopper in this visit accepts; `None` without a merchant.
    pub(super) fn wanted(&self, visit: &VisitId) -> Option<Wanted> {
        Some(Wanted {
            merchant: self.merchant.as_ref()?.id.clone(),
            provider: self.quote.provider.to_string(),
            quote: Quote::clone(&self.quote),
            top_up: self.top_up.unwrap_or(Money::ZERO),
            product: self.product(),
            until: None,
            visit: Some(visit.as_str().to_owned()),
        })
    }

    /// The product as the frame names it; a price alone is none.
    fn product(&self) -> Option<Product> {
        let price = self.frame.product().map(|product| product.price);
        let name: String = self.frame.product_name.chars().filter(|c| !c.is_control()).collect();
        let name = name.trim();
        (!name.is_empty()).then(|| Product { name: name.to_owned(), price })
    }

    /// Price and top-up together.
    pub(super) fn credit(&self) -> Money {
        self.quote.price.final_price() + self.top_up.unwrap_or(Money::ZERO)
    }

    /// Whether the merchant takes devices of this kind.
    pub(super) fn takes_device(&self) -> bool {
        self.merchant.as_ref().is_some_and(|merchant| merchant.takes(self.quote.device.device_type))
    }

    /// What can become of the price that nothing has become of yet.
    pub(super) fn untouched(&self, locale: Locale) -> Standing {
        if !self.takes_device() {
            let failure = Failure::NotAccepted { reason: NotAccepted::NotByShop };
            return Standing::Closed(Some(explain(locale, &failure).next));
        }
        match acceptable(&self.quote, self.top_up.unwrap_or(Money::ZERO), self.now) {
            Ok(_) => Standing::Open,
            Err(NotAcceptable::Estimated) => Standing::Estimated,
            Err(
                NotAcceptable::Stale
                | NotAcceptable::UnknownEnd
                | NotAcceptable::Expired
                | NotAcceptable::NoCredit(_),
            ) => Standing::Closed(None),
        }
    }

    /// What has become of the price, by the offer that was made of it.
    pub(super) fn standing(&self, kept: &Kept) -> Standing {
        let offer = &kept.offer;
        let taken = Taken {
            code: offer.code().grouped(),
            amount: offer.credit().amount().amount,
            until: offer.expires_at(),
        };
        match &kept.standing.state {
            State::Accepted if offer.ended(self.now) => Standing::Ended(taken),
            State::Accepted => Standing::Accepted(taken),
            State::Redeemed { order_id, .. } => Standing::Redeemed(taken, order_id.to_string()),
            State::Withdrawn => Standing::Withdrawn,
            State::Expired => Standing::Ended(taken),
        }
    }

    /// The page of the quote, in a language. `asked` has the order of the other prices, and `visit` is drawn into the
    /// page for a browser that sent none in a cookie.
    pub(super) async fn page(
        self,
        site: &Site,
        (headers, locale): (&HeaderMap, Locale),
        (before, asked): (&str, Compared),
        visit: Option<&VisitId>,
        standing: Standing,
    ) -> QuotePage {
        let address = self.address();
        let Self { quote, alternatives, refused, desks, merchant, frame, top_up, now } = self;
        // A price is an earlier price only if it is for the same device.
        let same = |before: &Arc<Quote>| before.id != quote.id && before.device == quote.device;
        let before = match QuoteId::parse(before) {
            Some(id) => desks.recall(&id).await.ok().map(|known| known.best).filter(same),
            None => None,
        };
        let product = frame.product();
        let today = now.in_utc8().date();
        let top_up_of = |quote: &Quote| merchant.as_ref()?.top_up(quote, product.as_ref(), today);
        let alternative = |quote: Arc<Quote>| Alternative { top_up: top_up_of(&quote), quote };
        let compared = Compared {
            alternatives: alternatives.into_iter().map(alternative).collect(),
            refused,
            labels: site.labels().in_language(locale),
            ..asked
        };
        let changes = quote.device.to_form().parse().map(|request| desks.known_changes(&quote, &request));
        let visit = visit.map(|visit| visit.as_str().to_owned());
        QuotePage {
            now,
            top_up,
            changes: changes.unwrap_or_default(),
            link: format!("{}{address}", site.public_origin(headers)),
            acceptance: merchant.map(|_| Acceptance { action: address, visit, standing }),
            compared,
            before,
            quote,
            frame,
        }
    }
}
