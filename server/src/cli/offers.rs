//! `tradein offers`: lists offers, shows one with its story, and releases one.

use std::io::{Write as _, stdout};

use app::Locale;
use checkout::{CheckoutError, Kept, OfferView, OrderId, Reason, Selection};
use clap::{Args, Subcommand, ValueEnum};
use domain::Moment;
use jiff::civil::Date;
use records::{DeliveriesAsked, DeliveryRecord, EventRecord};
use serde_json::Value;

use super::checkout::Opened;
use super::verify::{VerifyArgs, verify};
use super::webhooks::answered;
use super::{CommandError, Environment, block_on, print_json};
use crate::Settings;

/// What to do with offers.
#[derive(Debug, Subcommand)]
pub(super) enum OffersCommand {
    /// List offers, the newest first
    List(ListArgs),
    /// Show an offer with all that happened to it, and each delivery of its events
    Show(ShowArgs),
    /// Release an offer from the order that holds it
    Release(ReleaseArgs),
    /// Check a token as a shop's backend does, and say what is wrong; the token is never printed
    Verify(VerifyArgs),
}

/// Which offers.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// Those of this merchant
    #[arg(long)]
    merchant: Option<String>,
    /// Those in this state
    #[arg(long, value_enum)]
    state: Option<StateArg>,
    /// Those that were accepted on this day in UTC+8, such as 2026-01-31
    #[arg(long)]
    day: Option<Date>,
    /// The most offers to list
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    limit: u32,
    /// Print the offers as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum StateArg {
    /// It can be redeemed
    Accepted,
    /// An order holds it
    Redeemed,
    /// The shopper withdrew it
    Withdrawn,
    /// It ended
    Expired,
}

/// Which offer.
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// The offer's id (of_…) or its code
    offer: String,
    /// Print the offer, its events and their deliveries as JSON
    #[arg(long)]
    json: bool,
}

/// Which offer is released from which order, and why.
#[derive(Debug, Args)]
pub(super) struct ReleaseArgs {
    /// The offer's id (of_…) or its code
    offer: String,
    /// The order that holds it
    #[arg(long)]
    order: String,
    /// Why, in a few words without personal data
    #[arg(long)]
    reason: Option<String>,
    /// Print the offer as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(command: OffersCommand, environment: Environment<'_>) -> Result<(), CommandError> {
    let settings = Settings::read(environment)?;
    block_on(async {
        if let OffersCommand::Verify(args) = command {
            return verify(args, &settings).await;
        }
        let opened = Opened::without_keys(&settings).await?;
        let done = match command {
            OffersCommand::List(args) => list(args, &opened).await,
            OffersCommand::Show(args) => show(args, &opened).await,
            OffersCommand::Release(args) => release(args, &opened).await,
            OffersCommand::Verify(_) => Ok(()),
        };
        opened.close().await;
        done
    })
}

impl StateArg {
    fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Redeemed => "redeemed",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }
}

async fn list(args: ListArgs, opened: &Opened) -> Result<(), CommandError> {
    let ListArgs { merchant, state, day, limit, json } = args;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut offers: Vec<Kept> = Vec::new();
    let mut after = None;
    loop {
        let selection = Selection {
            merchant: merchant.as_deref(),
            state: state.map(StateArg::code),
            day,
            after: after.as_deref(),
            limit,
        };
        let page = opened.checkout.list(selection).await;
        let page = page.map_err(|error| refused(&error))?;
        offers.extend(page.items);
        after = page.next;
        if after.is_none() || offers.len() >= most {
            break;
        }
    }
    offers.truncate(most);
    if json {
        return print_json(&offers.iter().map(view).collect::<Vec<_>>());
    }
    let mut text = String::new();
    for kept in &offers {
        text += &format!("{}\n", line(kept));
    }
    if after.is_some() {
        text += "more follow; --limit shows more\n";
    }
    Ok(stdout().write_all(text.as_bytes())?)
}

/// An offer in one line.
fn line(kept: &Kept) -> String {
    let (offer, state) = (&kept.offer, &kept.standing.state);
    let order = state.order_id().map(|order| format!(" by {order}")).unwrap_or_default();
    let (amount, device) = (offer.credit().amount().amount, &offer.quote().device);
    let sandbox = if offer.sandbox() { "  sandbox" } else { "" };
    format!(
        "{}  {}  {}{order}  {}  {amount}  {}  accepted {}, until {}{sandbox}",
        offer.id(),
        offer.code().grouped(),
        state.code(),
        offer.merchant(),
        app::words::device(Locale::en, &device.brand, &device.model),
        offer.accepted_at(),
        offer.expires_at(),
    )
}

fn view(kept: &Kept) -> OfferView<'_> {
    OfferView::without_token(&kept.offer, &kept.standing)
}

async fn show(args: ShowArgs, opened: &Opened) -> Result<(), CommandError> {
    let kept = opened.checkout.get(&args.offer, None).await.map_err(|error| refused(&error))?;
    let id = kept.offer.id();
    let story = opened.checkout.story(id).await.map_err(|error| refused(&error))?;
    let asked = DeliveriesAsked { offer: Some(id.as_str()), most: 10_000, ..Default::default() };
    let deliveries = opened.records.deliveries(asked).await.map_err(|error| opened.failed(&error))?;
    let of_event = |event: &EventRecord| {
        let id = event.id.clone();
        deliveries.iter().filter(move |delivery| delivery.event == id)
    };
    if args.json {
        let events = story.iter().map(|event| event_json(event, of_event(event))).collect::<Vec<_>>();
        let offer = serde_json::to_value(view(&kept))?;
        return print_json(&serde_json::json!({ "offer": offer, "events": events }));
    }
    let mut text = line(&kept) + "\n";
    let credit = kept.offer.credit();
    text +=
        &format!("price {}, top-up {}, quote {}\n", credit.price(), credit.top_up(), kept.offer.quote().id);
    for event in &story {
        let reason = event.reason.as_ref().map(|reason| format!("  ({reason})")).unwrap_or_default();
        text += &format!("{}  {}  {}{reason}\n", Moment::new(event.at), event.kind, event.id);
        for delivery in of_event(event) {
            text += &format!("    {}\n", delivery_line(delivery));
        }
    }
    Ok(stdout().write_all(text.as_bytes())?)
}

fn delivery_line(delivery: &DeliveryRecord) -> String {
    let due = match (&*delivery.state, delivery.due_at) {
        ("open", Some(due)) => format!(", next try {}", Moment::new(due)),
        _ => String::new(),
    };
    let DeliveryRecord { endpoint, state, tries, .. } = delivery;
    format!("{endpoint}  {state}, tries: {tries}, {}{due}", answered(delivery))
}

fn event_json<'a>(event: &EventRecord, deliveries: impl Iterator<Item = &'a DeliveryRecord>) -> Value {
    let deliveries = deliveries.map(|delivery| {
        serde_json::json!({
            "endpoint": delivery.endpoint,
            "state": delivery.state,
            "tries": delivery.tries,
            "status": delivery.status,
            "tried_at": delivery.tried_at.map(Moment::new),
            "due_at": delivery.due_at.map(Moment::new),
        })
    });
    serde_json::json!({
        "id": event.id,
        "type": event.kind,
        "at": Moment::new(event.at),
        "version": event.offer.as_ref().map(|(_, version)| version),
        "reason": event.reason,
        "deliveries": deliveries.collect::<Vec<_>>(),
    })
}

async fn release(args: ReleaseArgs, opened: &Opened) -> Result<(), CommandError> {
    let usage = |error: &dyn std::error::Error| CommandError::Usage(error.to_string());
    let order = OrderId::parse(&args.order).map_err(|error| usage(&error))?;
    let reason = args.reason.as_deref().map(Reason::parse).transpose().map_err(|error| usage(&error))?;
    let id =
        opened.checkout.get(&args.offer, None).await.map_err(|error| refused(&error))?.offer.id().clone();
    let released = opened.checkout.release(&id, None, order, reason).await;
    let released = released.map_err(|error| refused(&error))?;
    if args.json {
        return print_json(&view(&released));
    }
    Ok(writeln!(stdout(), "{}", line(&released))?)
}

fn refused(error: &CheckoutError) -> CommandError {
    let hint = match error {
        CheckoutError::NotFound => "; a sandbox and a live server do not see each other's offers",
        _ => "",
    };
    CommandError::Failed(format!("{error}{hint}"))
}
