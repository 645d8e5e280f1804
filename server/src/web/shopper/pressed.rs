//! What a form of the page of a quote sends.

use app::parts::frame::FrameFields;
use app::shopper::form_query::FormQuery;
use domain::Money;
use url::form_urlencoded;

use super::visit_id::VisitId;

/// What a shopper wants of the checkout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// To accept the price.
    Accept,
    /// To withdraw what was accepted.
    Withdraw,
    /// To know what has become of it.
    Look,
}

/// The fields of the form. Nothing in them is believed: the server finds quote and merchant itself.
#[derive(Default)]
pub(super) struct Pressed {
    /// The host page's settings.
    pub(super) frame: FrameFields,
    /// The id of the expired quote that the quote replaces.
    pub(super) before: String,
    pub(super) quote_id: String,
    /// The amount that the page showed: `None` if it sent none, `Some(None)` if it is not an amount in fen.
    pub(super) amount: Option<Option<Money>>,
    /// The visit, from a browser that sends no cookie.
    pub(super) visit: Option<VisitId>,
    /// The name of the pressed button.
    pub(super) act: String,
}

impl Pressed {
    /// Reads a form. Unknown names are ignored.
    pub(super) fn parse(body: &[u8]) -> Self {
        let FormQuery { frame, before, .. } = FormQuery::parse(&String::from_utf8_lossy(body));
        let mut pressed = Self { frame, before, ..Self::default() };
        for (name, value) in form_urlencoded::parse(body) {
            match &*name {
                "quote_id" => pressed.quote_id = value.into_owned(),
                "amount" => pressed.amount = Some(value.parse().ok().map(Money::from_fen)),
                "visit" => pressed.visit = VisitId::parse(&value),
                "act" => pressed.act = value.into_owned(),
                _ => {}
            }
        }
        pressed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_that_is_none_is_told_from_one_that_was_not_sent() {
        let amount = |body: &str| Pressed::parse(body.as_bytes()).amount;
        assert_eq!(amount("amount=470000"), Some(Some(Money::from_fen(470_000))));
        assert_eq!(amount("amount=4700.00"), Some(None));
        assert_eq!(amount("merchant=demo"), None);
    }
}
