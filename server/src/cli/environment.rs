use app::Locale;

/// The variables of the environment, by name.
pub type Environment<'a> = &'a (dyn Fn(&str) -> Option<String> + Sync);

/// The reader's language, by the variables that every Unix program goes by.
pub(super) fn language(environment: Environment<'_>) -> Locale {
    let set = |name: &str| environment(name).filter(|value| !value.is_empty());
    let named = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"));
    match named {
        Some(text) if text.starts_with("zh") => Locale::zh_CN,
        _ => Locale::en,
    }
}
