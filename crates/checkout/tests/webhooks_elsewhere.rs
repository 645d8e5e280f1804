//! Verifies webhooks as shops do, in other languages: each file of `examples/webhooks` must accept what is signed
//! here and refuse what is not. `scripts/bootstrap` installs the languages and libraries.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use checkout::EventId;
use checkout::webhooks::{SignedHeaders, WebhookSecret};
use jiff::{SignedDuration, Timestamp};

const BODY: &str =
    r#"{"type":"offer.accepted","timestamp":"2025-12-30T14:00:00+08:00","data":{"device":"手机"}}"#;

/// How each file of `examples/webhooks` is run, and a command that succeeds if everything that it needs is
/// installed.
const LANGUAGES: [(&str, &str, &str); 5] = [
    ("library.cjs", "node", "node -e 'require(\"standardwebhooks\")'"),
    ("plain.mjs", "node", "node --version"),
    ("library.py", "python3", "python3 -c 'import standardwebhooks'"),
    ("plain.py", "python3", "python3 --version"),
    ("plain.php", "php", "php --version"),
];

fn examples(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(folder)
}

/// The command, which finds Node's packages among those of the example shop.
fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(examples("webhooks")).env("NODE_PATH", examples("shop/node_modules"));
    command
}

fn is_there(check: &str) -> bool {
    let mut command = command("sh");
    command.args(["-c", check]).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// What the file prints; `None` if it refuses the webhook.
fn verdict(
    file: &str,
    program: &str,
    secret: &WebhookSecret,
    headers: [&str; 3],
    body: &str,
) -> Option<String> {
    let mut command = command(program);
    command.arg(file).args(headers).env("WEBHOOK_SECRET", secret.to_text().as_str());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A file that refuses the headers may end without reading the body.
    let _ = child.stdin.take().unwrap().write_all(body.as_bytes());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap().trim().to_owned();
    output.status.success().then_some(said)
}

#[test]
fn each_language_takes_a_signed_webhook_and_refuses_others() {
    let (old, new, foreign) = (
        WebhookSecret::from_random([1; 32]),
        WebhookSecret::from_random([2; 32]),
        WebhookSecret::from_random([9; 32]),
    );
    let id = EventId::from_random(1);
    let signed = |seconds: i64, secrets: &[WebhookSecret]| {
        let at = Timestamp::now() + SignedDuration::from_secs(seconds);
        SignedHeaders::new(&id, at, BODY.as_bytes(), secrets).unwrap()
    };
    let written_again = BODY.replace("手机", "\\u624b\\u673a");
    let while_replaced = signed(0, &[old.clone(), new.clone()]);
    let (stale, early) =
        (signed(-3_600, std::slice::from_ref(&new)), signed(3_600, std::slice::from_ref(&new)));
    for (file, program, needs) in LANGUAGES {
        assert!(
            is_there(needs),
            "what examples/webhooks/{file} needs is not installed ({needs}): run scripts/bootstrap, and in this shell `. scripts/env`"
        );
        let say = |secret, headers: [&str; 3], body: &str| verdict(file, program, secret, headers, body);
        let headers = while_replaced.pairs().map(|(_, value)| value);
        let [id, timestamp, signature] = headers;
        for secret in [&old, &new] {
            assert_eq!(say(secret, headers, BODY).as_deref(), Some("offer.accepted"), "{file}");
        }
        assert_eq!(say(&foreign, headers, BODY), None, "{file}: another secret");
        assert_eq!(say(&new, headers, &written_again), None, "{file}: the same JSON in other bytes");
        assert_eq!(say(&new, [id, timestamp, "v1,"], BODY), None, "{file}: an empty signature");
        let asymmetric = signature.replace("v1,", "v1a,");
        assert_eq!(say(&new, [id, timestamp, &asymmetric], BODY), None, "{file}: another kind of signature");
        assert_eq!(say(&new, ["ev_2", timestamp, signature], BODY), None, "{file}: another id");
        for (what, of_then) in [("stale", &stale), ("early", &early)] {
            assert_eq!(say(&new, of_then.pairs().map(|(_, value)| value), BODY), None, "{file}: {what}");
        }
    }
}
