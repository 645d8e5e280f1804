//! Accepting a price and withdrawing it, with JavaScript (`/api/fn/…`, which answers a script with JSON) and
//! without (`/quote/{id}`, which answers with the page).

use axum::body::Bytes;
use axum::extract::{Extension, Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use checkout::{CheckoutError, Kept, NotAcceptable, Refusal, Wanted};
use domain::{Failure, Money};

use super::answer::{Answer, Outcome};
use super::pressed::{Act, Pressed};
use super::priced::Priced;
use super::visit_id::VisitId;
use crate::web::context::Context;
use crate::web::edge::limits::Asker;
use crate::web::edge::request_id::RequestId;
use crate::web::visit::Visit;

/// `POST /quote/{id}`: the buttons of the page, without JavaScript. The answer is the page at its own address,
/// without a redirect: so it can show the offer to a browser that keeps no cookie, and the address leads
/// nobody else to it.
pub(in crate::web) async fn press(
    State(context): State<Context>,
    Extension(id): Extension<RequestId>,
    Path(quote): Path<String>,
    asker: Asker,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let pressed = Pressed { quote_id: quote, ..Pressed::parse(&body) };
    let act = if pressed.act == "withdraw" { Act::Withdraw } else { Act::Accept };
    act_on(&context, id, asker, headers, act, pressed, true).await
}

/// `POST /api/fn/accept`
pub(in crate::web) async fn accept(
    State(context): State<Context>,
    Extension(id): Extension<RequestId>,
    asker: Asker,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    act_on(&context, id, asker, headers, Act::Accept, Pressed::parse(&body), false).await
}

/// `POST /api/fn/withdraw`
pub(in crate::web) async fn withdraw(
    State(context): State<Context>,
    Extension(id): Extension<RequestId>,
    asker: Asker,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    act_on(&context, id, asker, headers, Act::Withdraw, Pressed::parse(&body), false).await
}

/// `POST /api/fn/offer`: what has become of a price in a visit, for a page whose browser sent no cookie.
pub(in crate::web) async fn look(
    State(context): State<Context>,
    Extension(id): Extension<RequestId>,
    asker: Asker,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    act_on(&context, id, asker, headers, Act::Look, Pressed::parse(&body), false).await
}

async fn act_on(
    context: &Context,
    id: RequestId,
    asker: Asker,
    headers: HeaderMap,
    act: Act,
    pressed: Pressed,
    is_page: bool,
) -> Response {
    let Context { site, desk, desks, .. } = context;
    let visit = Visit::of_shop(site, desk, &headers, &pressed.frame, id);
    let answer = Answer { context, visit, headers: &headers, is_page };
    let priced = match Priced::find(site, desks, &pressed.quote_id, pressed.frame.clone()).await {
        Ok(priced) if priced.merchant.is_some() => priced,
        Ok(_) => return answer.refuse(Failure::NotFound, "/".to_owned()),
        Err(failure) => {
            let form = pressed.frame.link(&format!("/widget/{}", pressed.frame.merchant));
            return answer.refuse(failure, form);
        }
    };
    let cookie = VisitId::of_cookie(&headers);
    let visit = cookie.clone().or(pressed.visit.clone());
    let visit = visit.unwrap_or_else(|| VisitId::from_random(rand::random()));
    let outcome = match priced.wanted(&visit) {
        None => Outcome::Failed(Failure::NotFound),
        Some(wanted) => match asker.admit(&wanted.merchant).await {
            Ok(()) => decide(context, &priced, act, wanted, pressed.amount).await,
            Err(failure) => Outcome::Failed(failure),
        },
    };
    answer.give(act, priced, &pressed.before, (&visit, cookie.is_some()), outcome).await
}

/// Does what the shopper wants. The amount that the page showed is only compared.
async fn decide(
    context: &Context,
    priced: &Priced,
    act: Act,
    wanted: Wanted,
    shown: Option<Option<Money>>,
) -> Outcome {
    let done = match act {
        Act::Accept => accepted(context, priced, wanted, shown).await,
        Act::Withdraw => withdrawn(context, &wanted).await,
        Act::Look => {
            context.checkout.accepted(&wanted).await.map(|kept| kept.map_or(Outcome::Nothing, Outcome::from))
        }
    };
    done.unwrap_or_else(|error| failed(&error))
}

async fn accepted(
    context: &Context,
    priced: &Priced,
    wanted: Wanted,
    shown: Option<Option<Money>>,
) -> Result<Outcome, CheckoutError> {
    // Pressed twice: the amount is the one of then.
    let known = context.checkout.accepted(&wanted).await?;
    if let Some(known) = known.filter(|known| !known.offer.ended(priced.now)) {
        return Ok(known.into());
    }
    if !priced.takes_device() {
        return Ok(Outcome::NotAcceptable);
    }
    let credit = wanted.quote.price.final_price() + wanted.top_up;
    if shown.is_some_and(|shown| shown != Some(credit)) {
        return Ok(Outcome::AmountChanged);
    }
    context.checkout.accept(wanted).await.map(|(kept, _)| kept.into())
}

async fn withdrawn(context: &Context, wanted: &Wanted) -> Result<Outcome, CheckoutError> {
    let Some(Kept { offer, .. }) = context.checkout.accepted(wanted).await? else {
        // Withdrawn before, in another tab.
        return Ok(Outcome::Nothing);
    };
    match context.checkout.withdraw(offer.id(), &wanted.merchant).await {
        Err(CheckoutError::Refused(_)) => {
            // An order was faster, or it has ended.
            context.checkout.get(offer.id().as_str(), Some(&wanted.merchant)).await.map(Outcome::from)
        }
        other => other.map(Outcome::from),
    }
}

/// The outcome of an operation that failed. Its cause is logged here.
fn failed(error: &CheckoutError) -> Outcome {
    match error {
        CheckoutError::NotAcceptable(NotAcceptable::Expired) | CheckoutError::Refused(Refusal::Expired) => {
            Outcome::Failed(Failure::Expired)
        }
        CheckoutError::NotAcceptable(_) => Outcome::NotAcceptable,
        CheckoutError::NotFound => Outcome::Failed(Failure::NotFound),
        _ => {
            tracing::error!(%error, "an offer could not be made or changed");
            Outcome::Failed(Failure::Internal { request_id: String::new() })
        }
    }
}
