//! `tradein keys`: the API keys of shops' backends, and the keys that sign offers.

use std::io::{Write as _, stdout};

use checkout::keys::{read, replace};
use checkout::{ApiKeyId, ApiKeyView};
use clap::{Args, Subcommand};
use domain::Moment;
use jiff::{SignedDuration, Timestamp};

use super::checkout::Opened;
use super::{CommandError, Environment, block_on, print_json};
use crate::Settings;
use crate::offers::{KEYS_CACHED, key_file};

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub(super) enum KeysCommand {
    /// Create an API key for a merchant's backend; it is shown once
    Create(CreateArgs),
    /// List the API keys, without their secrets
    List(ListArgs),
    /// Revoke an API key from now on
    Revoke(RevokeArgs),
    /// Sign offers with the next key, and prepare another one; a running server notices
    Rotate(RotateArgs),
}

/// For whom a key is, and what it permits.
#[derive(Debug, Args)]
pub(super) struct CreateArgs {
    /// The merchant's id
    merchant: String,
    /// A name for people, such as "the till"
    #[arg(long, default_value = "")]
    name: String,
    /// It permits reading only
    #[arg(long)]
    read_only: bool,
    /// Print the key as JSON
    #[arg(long)]
    json: bool,
}

/// How keys are listed.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// Print the keys as JSON
    #[arg(long)]
    json: bool,
}

/// Which key.
#[derive(Debug, Args)]
pub(super) struct RevokeArgs {
    /// The key's id, key_…, as `tradein keys list` shows it
    id: String,
}

/// How keys are rotated.
#[derive(Debug, Args)]
pub(super) struct RotateArgs {
    /// Although shops may not know the next key yet: they refuse its tokens until they read the keys again
    #[arg(long)]
    now: bool,
}

pub(super) fn run(command: KeysCommand, environment: Environment<'_>) -> Result<(), CommandError> {
    let settings = Settings::read(environment)?;
    block_on(async {
        match command {
            KeysCommand::Create(args) => create(args, &settings).await,
            KeysCommand::List(args) => list(args, &settings).await,
            KeysCommand::Revoke(args) => revoke(args, &settings).await,
            KeysCommand::Rotate(args) => rotate(args, &settings).await,
        }
    })
}

async fn create(args: CreateArgs, settings: &Settings) -> Result<(), CommandError> {
    let CreateArgs { merchant, name, read_only, json } = args;
    known_merchant(settings, &merchant)?;
    let opened = Opened::without_keys(settings).await?;
    let created = opened.checkout.create_api_key(&merchant, &name, read_only).await;
    let (view, secret) = created.map_err(|error| opened.failed(&error))?;
    opened.close().await;
    if json {
        let mut value = serde_json::to_value(&view)?;
        value["key"] = secret.expose().into();
        return print_json(&value);
    }
    let mut out = stdout().lock();
    writeln!(out, "{}", secret.expose())?;
    writeln!(out, "{}: {}; keep the key now, it is not shown again", view.id, described(&view))?;
    Ok(())
}

async fn list(args: ListArgs, settings: &Settings) -> Result<(), CommandError> {
    let opened = Opened::without_keys(settings).await?;
    let keys = opened.checkout.api_keys().await.map_err(|error| opened.failed(&error))?;
    opened.close().await;
    if args.json {
        return print_json(&keys);
    }
    let mut text = String::new();
    for key in &keys {
        text += &format!("{}  {}  {}", key.id, key.created_at, described(key));
        text += &key.revoked_at.map(|at| format!(", revoked {at}")).unwrap_or_default();
        text += "\n";
    }
    Ok(stdout().write_all(text.as_bytes())?)
}

/// A key in words, without its id.
fn described(key: &ApiKeyView) -> String {
    let name = if key.name.is_empty() { String::new() } else { format!(" ({})", key.name) };
    let mode = if key.sandbox { "sandbox" } else { "live" };
    let rights = if key.read_only { "read only" } else { "read and write" };
    format!("{}{name}, {mode}, {rights}", key.merchant)
}

async fn revoke(args: RevokeArgs, settings: &Settings) -> Result<(), CommandError> {
    let id = ApiKeyId::parse(&args.id).map_err(|error| CommandError::Usage(error.to_string()))?;
    let opened = Opened::without_keys(settings).await?;
    let revoked = opened.checkout.revoke_api_key(&id).await.map_err(|error| opened.failed(&error))?;
    opened.close().await;
    if !revoked {
        let why = format!("no valid key has the id {id}; `tradein keys list` shows all");
        return Err(CommandError::Failed(why));
    }
    Ok(writeln!(stdout(), "revoked: {id} opens nothing from now on")?)
}

/// How long the next key must have been published: a copy of the keys may be that old, and a running server takes a
/// moment to notice a changed file.
const PUBLISHED: SignedDuration = SignedDuration::from_secs(KEYS_CACHED.as_secs().cast_signed() + 60);

async fn rotate(args: RotateArgs, settings: &Settings) -> Result<(), CommandError> {
    let path = key_file(settings);
    let file = path.display();
    let failed = |what: &str, error: &dyn std::error::Error| {
        CommandError::Failed(format!(
            "the keys that sign offers cannot be {what} at {file} (TRADEIN_SIGNING_KEY_FILE): {error}"
        ))
    };
    let ring = read(&path).map_err(|error| failed("read", &error))?;
    let now = Moment::new(Timestamp::now());
    let is_prepared = ring.next().is_some();
    let ring = ring.prepared(rand::random(), now);
    if !is_prepared && !args.now {
        replace(&path, &ring).map_err(|error| failed("replaced", &error))?;
        let least = PUBLISHED.as_secs();
        return Err(CommandError::Failed(format!(
            "there was no next key; one was made and is published from now on: rotate again in {least} s"
        )));
    }
    let known = ring.from().map(|from| now.since(from));
    if !args.now && known.is_none_or(|known| known < PUBLISHED) {
        return Err(CommandError::Failed(too_soon(known)));
    }
    let opened = Opened::open(settings, ring.clone()).await?;
    let last_end = opened.checkout.last_end().await.map_err(|error| opened.failed(&error))?;
    opened.close().await;
    let rotated = ring.rotated(last_end, rand::random(), now);
    let rotated = rotated.map_err(|error| CommandError::Failed(format!("{file}: {error}")))?;
    replace(&path, &rotated).map_err(|error| failed("replaced", &error))?;
    let mut out = stdout().lock();
    writeln!(out, "current   {}", rotated.current().public().kid())?;
    if let Some(next) = rotated.next() {
        writeln!(out, "next      {}", next.public().kid())?;
    }
    for retired in rotated.retired() {
        writeln!(out, "previous  {}, published until {}", retired.key.kid(), retired.until)?;
    }
    writeln!(out, "a running server signs with the current key within seconds; back {file} up")?;
    Ok(())
}

fn too_soon(known: Option<SignedDuration>) -> String {
    let least = PUBLISHED.as_secs();
    let since = match known {
        Some(known) => format!("only {} s ago", known.as_secs().max(0)),
        None => "at a time that is not known".to_owned(),
    };
    format!(
        "the next key was published {since}, so shops may not know it yet; wait until it has been published for \
         {least} s, or rotate with --now, and shops refuse tokens until they read the keys again"
    )
}

/// Checks that the settings have a merchant.
pub(super) fn known_merchant(settings: &Settings, id: &str) -> Result<(), CommandError> {
    if settings.merchants.get(id).is_some() {
        return Ok(());
    }
    let known: Vec<_> = settings.merchants.iter().map(|merchant| merchant.id.clone()).collect();
    let known = known.join(", ");
    Err(CommandError::Failed(format!("the settings have no merchant {id:?}; they have {known}")))
}
