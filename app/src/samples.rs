//! Draws every state of the widget by the real pages from sample data: for the studio, for reviews and for
//! tests. No call is made for it.

mod asked;
mod compared;
mod priced;
#[cfg(test)]
mod tests;

use domain::{Failure, Moment, NotAccepted};

use self::asked::{empty, filled, invalid, offline, unknown};
use self::priced::{later, priced, sample_quote};
use crate::everyone::failure;
use crate::parts::document::Setting;
use crate::parts::frame::FrameFields;
use crate::parts::state::State;
use crate::shopper::form_page::Widget;
use crate::shopper::islands::Asking;
use crate::shopper::quote::{QuotePage, Sort};
use crate::shopper::{form_page, quote};

/// Draws a state as the frame shows it at `now`; `sort` is the order of other buyers' offers. Its islands never start.
pub fn draw_page(setting: &Setting, state: State, frame: FrameFields, sort: Sort, now: Moment) -> String {
    let setting = &Setting { still: true, ..setting.clone() };
    let Some(sample) = sample_quote(now) else {
        return failure::draw_page(setting, &Failure::Internal { request_id: String::new() }, "/".to_owned());
    };
    let form = sample.device.to_form();
    let told = |failure| Widget { failure: Some(failure), ..filled(&form, &frame) };
    let asked = |report, asking| form_page::draw_as(setting, filled(&form, &frame), report, asking);
    let drawn = match state {
        State::Form => empty(&frame),
        State::Review => filled(&form, &frame),
        State::Invalid => invalid(&form, &frame),
        State::Unknown => unknown(&form, &frame),
        State::NotAccepted => told(Failure::NotAccepted { reason: NotAccepted::NotOnSale }),
        State::Quota => told(Failure::QuotaExhausted { resets_at: later(now, 9 * 3600) }),
        State::Limited => told(Failure::RateLimited { retry_after_seconds: 20 }),
        State::Down => told(Failure::PartnerUnavailable),
        State::Internal => told(Failure::Internal { request_id: "sample-request-1".to_owned() }),
        State::Loading => return asked(None, Asking::Waiting),
        State::Slow => return asked(None, Asking::Long),
        State::Offline => return asked(Some(offline(setting.locale)), Asking::Not),
        State::Missing => {
            let form = frame.link(&format!("/widget/{}", frame.merchant));
            return failure::draw_page(setting, &Failure::NotFound, form);
        }
        State::Compared => {
            let page = priced(state, sample, frame, now);
            let compared = compared::compared(setting.locale, &page.quote, page.top_up, sort);
            return quote::draw_page(setting, &QuotePage { compared, ..page });
        }
        State::Quoted
        | State::Expiring
        | State::Expired
        | State::Renewed
        | State::Stale
        | State::Zero
        | State::Estimated
        | State::Accepted
        | State::Redeemed
        | State::Withdrawn
        | State::Ended
        | State::Refused => {
            return quote::draw_page(setting, &priced(state, sample, frame, now));
        }
    };
    form_page::draw_page(setting, drawn)
}
