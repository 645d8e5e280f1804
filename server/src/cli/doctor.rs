use std::io::{Write, stdout};

use checkout::keys::Jwks;
use desk::{Records, RecordsError};
use domain::{Moment, QuoteForm, QuoteRequest};
use jiff::Timestamp;

use super::{CommandError, Environment, block_on, told};
use crate::Settings;
use crate::application::VERSION;
use crate::diagnosis::{Check, Finding, diagnose, instances, providers, redis, without_client};
use crate::fingerprint::Fingerprint;
use crate::offers::key_file;
use crate::partner::Counter;
use crate::reading::Reader;
use crate::start_error::StartError;
use crate::web::Site;

/// How to fix records that cannot be used.
fn database_mend(error: &RecordsError) -> &'static str {
    match error.cause() {
        "newer" => {
            "Start the version that wrote it, or put a backup from before the upgrade back with \
             `tradein records restore FILE`."
        }
        "locked" => {
            "Find the process that holds it, such as a backup that hangs (`fuser` names it; with PostgreSQL \
             `pg_stat_activity`), and end it."
        }
        "full" => "Make room on the disk.",
        "read_only" => {
            "Let the server's user write to the file and its folder (`ls -l` shows who may); or mount the disk for \
             writing, and see in the system's log why it is not."
        }
        "damaged" => {
            "Stop the server, and put a backup back with `tradein records restore FILE`; without one, move the \
             file away, and a new one is made."
        }
        "removed" => {
            "Wait five seconds: the running server writes the file anew with all that it held; then run this again."
        }
        "unreachable" => {
            "Check host, port and sslmode in TRADEIN_DATABASE_URL, whether the database's server runs, and the \
             firewall between; the server's own log names what it refuses."
        }
        "password" => {
            "Check user and password in TRADEIN_DATABASE_URL (a PGPASSFILE serves too), and the server's pg_hba.conf."
        }
        "no_database" => "Make it: `createdb --owner=USER DATABASE`, by a user who may.",
        "no_right" => {
            "Make the user its owner: `ALTER DATABASE … OWNER TO …`, or grant CREATE on the schema public."
        }
        "too_old" => "Upgrade the database's server to PostgreSQL 15 or later.",
        "clock" => "Set both machines' clocks by NTP.",
        _ => DATABASE_MEND,
    }
}

const DATABASE_MEND: &str = "Make room on the disk, check the file and its folder (TRADEIN_DATABASE_URL), or move a broken file \
    away; a new one is made.";

pub(super) fn run(environment: Environment<'_>) -> Result<(), CommandError> {
    let settings = match Settings::read(environment) {
        Ok(settings) => settings,
        Err(error) => {
            let mend = "Correct the setting that is named; all are in the README.";
            return report(&[Check::wrong("settings", error.to_string(), mend)]);
        }
    };
    let mut checks = vec![Check::well("settings", "")];
    checks.push(match Site::find(&settings) {
        Ok(site) => Check::well("site files", site.root().display().to_string()),
        Err(error) => Check::wrong("site files", error.to_string(), "Run `make build`."),
    });
    let loader = Site::find(&settings).map(|site| site.loader().hash().to_owned()).unwrap_or_default();
    let request = trial().map_err(|failure| told(super::language(environment), &failure))?;
    checks.extend(block_on(examine(&settings, &loader, &request))?);
    report(&checks)
}

/// A phone without faults, of a model that every catalogue has.
fn trial() -> Result<QuoteRequest, domain::Failure> {
    let form = QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 14 Pro".into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    };
    form.parse()
}

/// Whether the records can be written, and whether their clock agrees with this machine's.
async fn look_at(records: &Records) -> Result<(), RecordsError> {
    let now = Timestamp::now();
    records.try_write(now).await?;
    records.check_clock(now).await
}

async fn examine(
    settings: &Settings,
    loader: &str,
    request: &QuoteRequest,
) -> Result<Vec<Check>, CommandError> {
    let url = &settings.records.database_url;
    let records = Records::at(url.expose());
    let records = records.map_err(|cause| StartError::Records { url: url.to_string(), cause })?;
    let stores = match look_at(&records).await {
        Ok(()) => Check::well("stores", url.to_string()),
        Err(error) => Check::wrong("stores", error.to_string(), database_mend(&error)),
    };
    let account = match &settings.partner.account {
        None if settings.is_sandbox() => {
            vec![Check::well("account", "none: sandbox mode, and its prices are not paid")]
        }
        None => Vec::new(),
        Some(account) => vec![
            Check::well("account", account.app_id()),
            Check::well("way", format!("to {}: {}", settings.partner.profile.host(), settings.partner.way)),
        ],
    };
    let counter = match Counter::with(settings, records, &Reader::own().map_err(StartError::from)?).await {
        Err(StartError::Client(error)) => {
            return Ok([stores].into_iter().chain(account).chain(without_client(&error)).collect());
        }
        counter => counter?,
    };
    let asks_the_partner = settings.is_sandbox() || settings.partner.account.is_some();
    let examination = counter.desk.examine(request).await;
    let mut further = Vec::new();
    if !settings.is_sandbox() {
        for desk in counter.desks.iter().skip(usize::from(asks_the_partner)) {
            let name = desk.provider_name();
            further.push(providers::check(name, &desk.examine(request).await.answer));
        }
    }
    let stores = match stores.finding {
        Finding::Well(_) if !examination.recorded => {
            Check::wrong(stores.name, "the call could not be recorded", DATABASE_MEND)
        }
        _ => stores,
    };
    let redis = redis::check(&settings.fleet, counter.desk.fleet().health());
    let seen = counter.records.instances().await.unwrap_or_default();
    let own = Fingerprint::of(settings, loader, published(settings).as_ref());
    let instances = instances::check(&own, VERSION, &seen);
    let mut checks: Vec<Check> = [stores].into_iter().chain(instances).chain(redis).chain(account).collect();
    if asks_the_partner {
        checks.extend(diagnose(&examination));
    }
    checks.extend(further);
    counter.desks.close().await;
    Ok(checks)
}

/// The public keys in the file of this machine; `None` if it cannot be read.
fn published(settings: &Settings) -> Option<Jwks> {
    let keys = checkout::keys::read(&key_file(settings)).ok()?;
    Some(Jwks::new(&keys, Moment::new(Timestamp::now())))
}

/// Prints the checks. Fails if one of them found something wrong, even if stdout is closed.
fn report(checks: &[Check]) -> Result<(), CommandError> {
    let (mut text, mut wrong) = (String::new(), Vec::new());
    for Check { name, finding } in checks {
        match finding {
            Finding::Well(detail) if detail.is_empty() => text += &format!("ok     {name}\n"),
            Finding::Well(detail) => text += &format!("ok     {name:<11} {detail}\n"),
            Finding::Unknown => text += &format!("-      {name:<11} not known\n"),
            Finding::Wrong { cause, mend } => {
                wrong.push(name.as_ref());
                text += &format!("WRONG  {name:<11} {}\n", cause.replace('\n', " "));
                text += &format!("       {:<11} {mend}\n", "");
            }
        }
    }
    let printed = stdout().write_all(text.as_bytes());
    if wrong.is_empty() {
        return Ok(printed?);
    }
    Err(CommandError::Failed(format!("wrong: {}; the list above says what to do", wrong.join(", "))))
}
