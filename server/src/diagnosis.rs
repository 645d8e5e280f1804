//! Diagnoses account, network and clock by a trial call: each refusal of the partner's API
//! (`docs/partner-api.md`) has a cause and a fix here.

mod connection;
pub(crate) mod instances;
pub(crate) mod providers;
pub(crate) mod redis;

use std::borrow::Cow;

use aihuishou::ClientError;
use desk::{AskError, Examination};
use domain::{Money, Price};
use provider::{BadAnswer, Credential, Refusal};

/// A larger difference of the clocks, in seconds, is reported.
const CLOCKS_APART: i64 = 60;

/// The result of one check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Check {
    /// What was checked.
    pub(crate) name: Cow<'static, str>,
    /// What was found.
    pub(crate) finding: Finding,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    /// All is well; with a detail.
    Well(String),
    /// Something is wrong.
    Wrong {
        /// Why.
        cause: String,
        /// What to do about it.
        mend: &'static str,
    },
    /// Unknown, because an earlier check found something wrong.
    Unknown,
}

impl Check {
    pub(crate) fn well(name: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Self {
        Self { name: name.into(), finding: Finding::Well(detail.into()) }
    }

    fn unknown(name: &'static str) -> Self {
        Self { name: name.into(), finding: Finding::Unknown }
    }

    pub(crate) fn wrong(
        name: impl Into<Cow<'static, str>>,
        cause: impl Into<String>,
        mend: &'static str,
    ) -> Self {
        Self { name: name.into(), finding: Finding::Wrong { cause: cause.into(), mend } }
    }
}

/// The checks that a call passes, in their order.
const STAGES: [&str; 7] = ["network", "key", "allow-list", "parameters", "quota", "permission", "price"];

/// The checks if no call can be made, because a client cannot be created.
pub(crate) fn without_client(error: &ClientError) -> Vec<Check> {
    let mend = match error {
        ClientError::NoCertificates(_) => {
            "Install the package ca-certificates, or name a file of certificates in SSL_CERT_FILE."
        }
        ClientError::Tls(_) | ClientError::Http(_) => "Tell the developers this line.",
    };
    let mut checks = vec![Check::wrong(STAGES[0], error.to_string(), mend)];
    checks.extend(STAGES.into_iter().skip(1).chain(["clock"]).map(Check::unknown));
    checks
}

/// The checks of a trial call.
pub(crate) fn diagnose(examination: &Examination) -> Vec<Check> {
    let failed = match &examination.answer {
        Ok(price) => odd_price(price).map(|(cause, mend)| Check::wrong("price", cause, mend)),
        // No call was made. The check of the records, printed above, says why.
        Err(AskError::CountUnknown) => None,
        Err(error) => Some(refusal(error)),
    };
    let stage = |name: &str| STAGES.iter().position(|stage| *stage == name);
    // How many stages are known to work.
    let well = match &failed {
        None if examination.answer.is_err() => 0,
        None => STAGES.len(),
        // The quota was used up before a call was made.
        Some(_) if examination.answer == Err(AskError::QuotaUsedUp) => 0,
        // An address that is not on the allow-list is refused before the key is checked, so nothing is known
        // about the key.
        Some(check) if check.name == "allow-list" => stage("key").unwrap_or_default(),
        Some(check) => stage(&check.name).unwrap_or_default(),
    };
    let mut checks: Vec<Check> = STAGES
        .iter()
        .enumerate()
        .map(|(position, &name)| match &failed {
            Some(check) if check.name == name => check.clone(),
            _ if position >= well => Check::unknown(name),
            _ if name == "quota" => {
                let held = match examination.quota_held_back {
                    0 => String::new(),
                    held => {
                        format!(", {held} of them held back by the servers for an outage of the database")
                    }
                };
                Check::well(name, format!("{} calls left today{held}", examination.quota_remaining))
            }
            _ => Check::well(name, ""),
        })
        .collect();
    checks.push(clock(examination.clock_ahead_seconds));
    if examination.next_secret_taken {
        checks.push(Check::wrong(
            "rotation",
            "the partner refuses AHS_APP_SECRET and takes AHS_APP_SECRET_NEXT",
            "Make the next secret AHS_APP_SECRET, and unset AHS_APP_SECRET_NEXT.",
        ));
    }
    checks
}

fn clock(ahead: Option<i64>) -> Check {
    match ahead {
        None => Check::unknown("clock"),
        Some(seconds) if seconds.abs() > CLOCKS_APART => Check::wrong(
            "clock",
            format!("the partner's clock is {seconds} s ahead of this machine's (negative: behind)"),
            "Set this machine's clock by NTP; calls more than 300 s off are refused.",
        ),
        Some(seconds) => Check::well("clock", format!("{seconds} s apart")),
    }
}

/// What is unusual about a price for a common phone without faults.
fn odd_price(price: &Price) -> Option<(&'static str, &'static str)> {
    let mend = "Ask again in ten minutes; if it stays, tell the partner's support the model and the time.";
    if price.final_price() == Money::ZERO {
        Some(("a sound phone is priced at 0", mend))
    } else if price.consistent() == Some(false) {
        Some(("the final price is off the partner's own formula, as with a stale coefficient", mend))
    } else if price.market_coefficient().is_none() {
        Some(("the answer has no market coefficient", mend))
    } else {
        None
    }
}

/// The check that a call failed, with cause and fix.
fn refusal(error: &AskError) -> Check {
    let cause = error.to_string();
    let wrong = |name, mend| Check::wrong(name, cause.clone(), mend);
    let refusal = match error {
        AskError::QuotaUsedUp => {
            return wrong(
                "quota",
                "Wait for 00:00 in UTC+8, or raise AHS_DAILY_QUOTA if the contract allows more.",
            );
        }
        AskError::CountUnknown | AskError::Down | AskError::Busy | AskError::Late => {
            return wrong("network", "Run this again in a minute.");
        }
        AskError::Call(refusal) | AskError::Latched(refusal) => refusal,
    };
    match refusal {
        Refusal::NoConnection(unreached) => wrong("network", connection::mend(unreached.cause)),
        Refusal::BrokenOff(_) => wrong(
            "network",
            "Run this again; if it stays, ask who runs the firewall, proxy or balancer on the way to AHS_API_URL.",
        ),
        Refusal::Timeout => wrong(
            "network",
            "Check the way to AHS_API_URL; if that is well, the partner is slow: try again later.",
        ),
        Refusal::WrongAddress => wrong("network", "Set AHS_API_URL to the API's base; it ends in /api/v2."),
        Refusal::Unavailable(_) | Refusal::ServerFault(_) | Refusal::TooManyRequests { .. } => {
            wrong("network", "The partner does not work now: try again later; call its support if it stays.")
        }
        Refusal::BadAnswer(BadAnswer::AnotherModel | BadAnswer::AnotherStorage | BadAnswer::AnotherGrade) => {
            wrong(
                "price",
                "Do not use its prices: tell the partner's support what was asked and answered, with the time.",
            )
        }
        Refusal::BadAnswer(BadAnswer::AboveBase | BadAnswer::NoPrice | BadAnswer::WrongCurrency) => {
            wrong("price", "Tell the partner's support the model and the time; no price is shown meanwhile.")
        }
        Refusal::Intermediary(_) => wrong(
            "network",
            "Ask who runs the firewall, proxy or gateway on the way to AHS_API_URL: it answers in the partner's place.",
        ),
        Refusal::BadAnswer(_) => wrong(
            "network",
            "Check that AHS_API_URL leads to the partner and not to a proxy or a sign-in page.",
        ),
        Refusal::Unauthorized { credential, .. } => unauthorized(&cause, *credential),
        Refusal::InvalidParameters(_) => wrong(
            "parameters",
            "See the clock below; else compare `tradein sign` with the partner's support.",
        ),
        Refusal::PermissionDenied(_) => wrong(
            "permission",
            "Finish the contract with the partner, and apply for the permission to quote.",
        ),
        Refusal::QuotaExhausted(_) => wrong(
            "quota",
            "Wait for 00:00 in UTC+8, or buy more calls; set AHS_DAILY_QUOTA to what was bought.",
        ),
        Refusal::ModelUnknown(_) | Refusal::NotAccepted(_) => {
            wrong("price", "The account works; see `tradein search` for what this catalogue holds.")
        }
        Refusal::Other { .. } | Refusal::NotOffered => {
            wrong("permission", "Tell the partner's support this code and the time.")
        }
    }
}

/// The fix for an account that is not accepted.
fn unauthorized(cause: &str, credential: Credential) -> Check {
    match credential {
        Credential::Address => {
            let mend = "Have the address by which this machine leaves for the internet put on the partner's allow-list.";
            Check::wrong("allow-list", cause, mend)
        }
        Credential::Account => {
            Check::wrong("key", cause, "Check AHS_APP_ID against the open platform's console.")
        }
        Credential::Secret => {
            let mend = "Check AHS_APP_SECRET against the console, letter by letter; line breaks and blanks around it are taken off, a blank inside counts.";
            Check::wrong("key", cause, mend)
        }
        Credential::Unknown => {
            let mend = "Check AHS_APP_ID and AHS_APP_SECRET, then whether this machine's address is on the allow-list.";
            Check::wrong("key", cause, mend)
        }
    }
}
