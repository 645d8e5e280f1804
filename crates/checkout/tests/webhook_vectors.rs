//! The signatures that `docs/checkout/webhooks.md` shows are those that are sent.

use std::fs;
use std::path::Path;

use checkout::EventId;
use checkout::webhooks::{SignedHeaders, WebhookSecret};
use jiff::Timestamp;

#[test]
fn the_signatures_in_the_docs_are_those_that_are_sent() {
    for name in ["docs/checkout/webhooks.md", "docs/checkout/webhooks.zh-CN.md"] {
        let text =
            fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)).unwrap();
        let mut vectors = 0;
        for block in text.split("```text\n").skip(1) {
            let lines = || block.lines().take_while(|line| *line != "```");
            let values = |name: &str| -> Vec<&str> {
                lines().filter_map(|line| line.strip_prefix(name)).map(str::trim).collect()
            };
            let secrets: Vec<_> =
                values("secret ").iter().map(|text| WebhookSecret::parse(text).unwrap()).collect();
            let id = EventId::parse(values("id ")[0]).unwrap();
            let at = Timestamp::from_second(values("timestamp ")[0].parse().unwrap()).unwrap();
            let body = values("body ")[0];
            let headers = SignedHeaders::new(&id, at, body.as_bytes(), &secrets).unwrap();
            assert_eq!(headers.pairs()[2].1, values("signature ")[0], "{name}: {body}");
            vectors += 1;
        }
        assert_eq!(vectors, 2, "{name}");
    }
}
