//! `tradein webhooks`: the endpoints of merchants, trials, and events that are sent again.

use std::io::{Write as _, stdout};
use std::time::{Duration, Instant};

use checkout::{EventId, EventKind};
use clap::{Args, Subcommand};
use records::{DeliveriesAsked, DeliveryRecord};
use tokio::time::sleep;

use super::checkout::Opened;
use super::keys::known_merchant;
use super::{CommandError, Environment, block_on, print_json};
use crate::Settings;

/// What to do with webhooks.
#[derive(Debug, Subcommand)]
pub(super) enum WebhooksCommand {
    /// List the endpoints in the settings, and whether they are switched off
    List(ListArgs),
    /// Send a trial (`ping`) to the endpoints of a merchant by a running server, and say how each answered
    Test(MerchantArgs),
    /// Send an event again by a running server, to each endpoint that it was meant for
    Replay(ReplayArgs),
    /// Switch the endpoints of a merchant on again that answered that they are gone (410)
    On(MerchantArgs),
}

/// How endpoints are listed.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// Print the endpoints as JSON
    #[arg(long)]
    json: bool,
}

/// Which merchant.
#[derive(Debug, Args)]
pub(super) struct MerchantArgs {
    /// The merchant's id
    merchant: String,
}

/// Which event.
#[derive(Debug, Args)]
pub(super) struct ReplayArgs {
    /// The event's id, ev_…: `webhook-id` of the webhook, and shown by `tradein offers show`
    id: String,
}

pub(super) fn run(command: WebhooksCommand, environment: Environment<'_>) -> Result<(), CommandError> {
    let settings = Settings::read(environment)?;
    block_on(async {
        let opened = Opened::without_keys(&settings).await?;
        let done = match command {
            WebhooksCommand::List(args) => list(args, &opened).await,
            WebhooksCommand::Test(args) => test(&args.merchant, &settings, &opened).await,
            WebhooksCommand::Replay(args) => replay(&args.id, &opened).await,
            WebhooksCommand::On(args) => switch_on(&args.merchant, &settings, &opened).await,
        };
        opened.close().await;
        done
    })
}

async fn list(args: ListArgs, opened: &Opened) -> Result<(), CommandError> {
    let off = opened.records.endpoints_off().await.map_err(|error| opened.failed(&error))?;
    let setup = opened.checkout.setup();
    let endpoints = setup.endpoints.iter().map(|endpoint| {
        let off = off.iter().find(|off| off.merchant == endpoint.merchant && off.endpoint == endpoint.name);
        let events = endpoint.events.as_deref().unwrap_or(&EventKind::ALL);
        serde_json::json!({
            "merchant": endpoint.merchant,
            "endpoint": endpoint.name,
            "events": events.iter().map(|kind| kind.code()).collect::<Vec<_>>(),
            "off_since": off.map(|off| domain::Moment::new(off.since)),
        })
    });
    let endpoints: Vec<_> = endpoints.collect();
    if args.json {
        return print_json(&endpoints);
    }
    let mut out = stdout().lock();
    for endpoint in endpoints {
        let text = |name: &str| endpoint[name].as_str().unwrap_or_default().to_owned();
        let off = endpoint["off_since"].as_str().map(|since| format!("  off since {since}"));
        writeln!(out, "{}  {}{}", text("merchant"), text("endpoint"), off.unwrap_or_default())?;
    }
    Ok(())
}

/// How long to wait for the first try of a trial: a try takes 20 s at most.
const PATIENCE: Duration = Duration::from_secs(25);

async fn test(merchant: &str, settings: &Settings, opened: &Opened) -> Result<(), CommandError> {
    known_merchant(settings, merchant)?;
    let id = opened.checkout.ping(merchant).await.map_err(|error| opened.failed(&error))?;
    let began = Instant::now();
    let mut deliveries = of_event(opened, merchant, &id).await?;
    if deliveries.is_empty() {
        return Err(CommandError::Failed(format!(
            "no endpoint of {merchant} gets `ping`: its settings name none, or not this event, or it is switched off \
             (`tradein webhooks list`)"
        )));
    }
    while deliveries.iter().any(|delivery| delivery.tried_at.is_none() && delivery.state == "open") {
        if began.elapsed() > PATIENCE {
            return Err(CommandError::Failed(format!(
                "{id} is written and not sent yet: is a server with these records running?"
            )));
        }
        sleep(Duration::from_millis(200)).await;
        deliveries = of_event(opened, merchant, &id).await?;
    }
    let mut all = true;
    let mut out = stdout().lock();
    for delivery in &deliveries {
        let is_delivered = delivery.state == "delivered";
        all &= is_delivered;
        let mark = if is_delivered { "ok    " } else { "FAILED" };
        writeln!(out, "{mark} {}  {}", delivery.endpoint, answered(delivery))?;
    }
    let said = "an endpoint did not take the trial; its cause is in the server's log, and it is tried again";
    if all { Ok(()) } else { Err(CommandError::Failed(said.to_owned())) }
}

/// How the last try of a delivery ended.
pub(super) fn answered(delivery: &DeliveryRecord) -> String {
    match (delivery.tried_at, delivery.status) {
        (None, _) => "not tried yet".to_owned(),
        (Some(_), Some(status)) => format!("answered {status}"),
        (Some(_), None) => "did not answer, or could not be reached".to_owned(),
    }
}

async fn of_event(
    opened: &Opened,
    merchant: &str,
    id: &EventId,
) -> Result<Vec<DeliveryRecord>, CommandError> {
    let asked = DeliveriesAsked { merchant: Some(merchant), most: 1_000, ..Default::default() };
    let mut all = opened.records.deliveries(asked).await.map_err(|error| opened.failed(&error))?;
    all.retain(|delivery| delivery.event == id.as_str());
    Ok(all)
}

async fn replay(id: &str, opened: &Opened) -> Result<(), CommandError> {
    let id = EventId::parse(id).map_err(|error| CommandError::Usage(error.to_string()))?;
    let endpoints = opened.checkout.replay(&id).await.map_err(|error| opened.failed(&error))?;
    if endpoints == 0 {
        return Err(CommandError::Failed(format!(
            "{id} was meant for no endpoint that is switched on, or is not in the records"
        )));
    }
    Ok(writeln!(stdout(), "a running server sends {id} again; endpoints: {endpoints}")?)
}

async fn switch_on(merchant: &str, settings: &Settings, opened: &Opened) -> Result<(), CommandError> {
    known_merchant(settings, merchant)?;
    let off = opened.records.endpoints_off().await.map_err(|error| opened.failed(&error))?;
    let mut out = stdout().lock();
    let mut any = false;
    for endpoint in off.into_iter().filter(|off| off.merchant == merchant) {
        let name = endpoint.endpoint;
        any |= opened.records.switch_on(merchant, &name).await.map_err(|error| opened.failed(&error))?;
        writeln!(out, "{name} gets events again; `tradein webhooks replay` sends those that it missed")?;
    }
    let said = || CommandError::Failed(format!("no endpoint of {merchant} is switched off"));
    if any { Ok(()) } else { Err(said()) }
}
