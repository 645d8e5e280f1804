//! The canonical string, against a second way to make it: lines of `name=value`, the first
//! of them the secret.

#![no_main]

use std::collections::BTreeMap;

use aihuishou::{AppSecret, Parameters, sign};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (secret, lines) = text.split_once('\n').unwrap_or((text, ""));
    let Ok(secret) = AppSecret::new(secret) else { return };
    // A name that comes twice counts once, as in a form: the last one.
    let given: BTreeMap<&str, &str> = lines.lines().filter_map(|line| line.split_once('=')).collect();
    let parameters = Parameters::new(given.iter().map(|(name, value)| (*name, *value)));
    let signed = given.iter().filter(|(name, value)| **name != "sign" && !value.is_empty());
    let mut joined: Vec<String> = signed.map(|(name, value)| format!("{name}={value}")).collect();
    joined.push("secret=***".to_owned());
    let mut expected = joined.join("&");
    if joined.len() == 1 {
        expected.insert(0, '&');
    }
    assert_eq!(parameters.canonical(&secret).masked(), expected);
    let signature = sign(&parameters, &secret).to_string();
    assert!(signature.len() == 64 && signature.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
    assert_eq!(sign(&parameters, &secret).to_string(), signature);
});
