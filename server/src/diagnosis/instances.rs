//! The check of the instances that run on the same database: whether they have in common what they must.

use records::SeenInstance;

use super::Check;
use crate::fingerprint::Fingerprint;

const NAME: &str = "instances";

/// Compares the instances that run with this machine's settings and files; `None` if none runs.
pub(crate) fn check(own: &Fingerprint, version: &str, seen: &[SeenInstance]) -> Option<Check> {
    if seen.is_empty() {
        return None;
    }
    // A single instance may make its own token and keys.
    let alone = seen.len() == 1;
    let differing: Vec<String> = seen
        .iter()
        .filter_map(|SeenInstance { instance, .. }| {
            let parts = own.differences(&instance.fingerprint, instance.version == version);
            let parts: Vec<_> = parts.into_iter().map(told).collect();
            (!parts.is_empty()).then(|| format!("{}: {}", instance.id, parts.join(", ")))
        })
        .collect();
    if differing.is_empty() || alone {
        return Some(Check::well(NAME, format!("{} on this database", seen.len())));
    }
    Some(Check::wrong(
        NAME,
        format!("not the same as here, on instance {}", differing.join("; on ")),
        "Give all instances the same settings and files (docs/scaling.md), and start those that differ again.",
    ))
}

/// What a part of the fingerprint is, and where it is set.
fn told(part: &str) -> &str {
    match part {
        "operator" => "operator's token (TRADEIN_OPERATOR_TOKEN)",
        "signing" => "signing keys (TRADEIN_SIGNING_KEY_FILE)",
        "partner" => "partner's account or quota (AHS_…)",
        "loader" => "loader (files of the site)",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use checkout::KeyRing;
    use checkout::keys::Jwks;
    use domain::Moment;
    use jiff::Timestamp;
    use records::{Instance, InstanceId};

    use super::*;
    use crate::Settings;
    use crate::diagnosis::Finding;

    fn fingerprint(token: Option<&str>, seed: u8) -> Fingerprint {
        let settings = Settings::read(&|name| match name {
            "TRADEIN_OPERATOR_TOKEN" => token.map(|token| token.repeat(32)),
            _ => None,
        })
        .unwrap();
        let now = Moment::new(Timestamp::UNIX_EPOCH);
        let keys = Jwks::new(&KeyRing::generate([seed; 32], [9; 32], now), now);
        Fingerprint::of(&settings, "abc", Some(&keys))
    }

    fn seen(number: u64, version: &str, fingerprint: &Fingerprint) -> SeenInstance {
        let (id, version) = (InstanceId::of(number), version.to_owned());
        let instance = Instance { id, version, fingerprint: fingerprint.to_string() };
        SeenInstance { instance, seen: Duration::ZERO }
    }

    fn cause(own: &Fingerprint, seen: &[SeenInstance]) -> Option<String> {
        match check(own, "1", seen)?.finding {
            Finding::Wrong { cause, .. } => Some(cause),
            Finding::Well(detail) => Some(detail),
            Finding::Unknown => None,
        }
    }

    #[test]
    fn instances_that_are_alike_are_counted_and_others_are_named_with_what_differs() {
        let own = fingerprint(Some("a"), 1);
        assert_eq!(cause(&own, &[]), None);
        let alike = [seen(1, "1", &own), seen(2, "1", &own)];
        assert_eq!(cause(&own, &alike).unwrap(), "2 on this database");
        let other = fingerprint(Some("b"), 2);
        let told = cause(&own, &[seen(1, "1", &own), seen(2, "1", &other)]).unwrap();
        assert!(
            told.starts_with("not the same as here, on instance 0000000000000002: operator's token"),
            "{told}"
        );
        assert!(told.contains("signing keys") && !told.contains("loader"), "{told}");
    }

    #[test]
    fn a_token_that_is_not_set_matters_only_where_several_run() {
        let own = fingerprint(None, 1);
        assert_eq!(cause(&own, &[seen(1, "1", &own)]).unwrap(), "1 on this database");
        let told = cause(&own, &[seen(1, "1", &own), seen(2, "1", &own)]).unwrap();
        assert!(told.contains("TRADEIN_OPERATOR_TOKEN"), "{told}");
    }

    #[test]
    fn the_loader_of_another_version_may_differ() {
        let own = fingerprint(Some("a"), 1);
        let before = own.to_string().replace("loader=", "loader=x");
        assert_eq!(own.differences(&before, true), ["loader"]);
        assert!(own.differences(&before, false).is_empty());
    }
}
