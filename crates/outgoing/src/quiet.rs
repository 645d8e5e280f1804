/// A text from a provider or from a library, made safe for a log: short, on one line, without secrets that
/// it may repeat, and without personal data that a person typed.
pub fn quiet(message: &str, kept_quiet: &[&str]) -> String {
    const LONGEST: usize = 200;
    let message = kept_quiet.iter().fold(message.to_owned(), |text, secret| text.replace(secret, "***"));
    let line: String = message.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect();
    domain::redacted(&line).into_owned()
}
