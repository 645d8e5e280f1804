//! The variables that commands read, and the language that they name.

use app::Locale;

/// Looks up an environment variable by its name.
pub type Environment<'a> = &'a (dyn Fn(&str) -> Option<String> + Sync);

/// The language of messages, by `LC_ALL`, `LC_MESSAGES` and `LANG`; English unless the first that is set begins
/// with `zh`.
pub(super) fn language(environment: Environment<'_>) -> Locale {
    let set = |name: &str| environment(name).filter(|value| !value.is_empty());
    let named = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"));
    app::words::language::of_terminal(&named.unwrap_or_default())
}
