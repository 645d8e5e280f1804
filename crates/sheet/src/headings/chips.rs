//! Apple's chip beside the name of a model, in its own column or before the sizes.

use domain::QuoteForm;

/// Adds Apple's chip to the name of a MacBook or iPad, which it tells apart, where the name has none: `M1 Pro`,
/// `Apple M2`, `M1/8G/256G`.
pub(super) fn with_its_chip(form: &mut QuoteForm, text: &str) {
    if !text.trim_start().starts_with(['m', 'M', 'a', 'A']) {
        return;
    }
    let lower = text.trim().to_ascii_lowercase();
    let chip = lower.strip_prefix("apple ").unwrap_or(&lower);
    let mut words =
        chip.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let is_chip = |word: &str| matches!(word, "m1" | "m2" | "m3" | "m4");
    let Some(first) = words.next().filter(|word| is_chip(word)) else { return };
    let name = form.model.to_ascii_lowercase();
    let own = name.split(|letter: char| !letter.is_ascii_alphanumeric()).find(|word| is_chip(word));
    let is_apples = ["macbook", "mbp", "mba", "ipad"].iter().any(|family| name.contains(family));
    // Two chips that differ are asked.
    if own.is_some_and(|own| own != first) || !is_apples || form.model == form.storage {
        return;
    }
    let level = words.next().filter(|word| matches!(*word, "pro" | "max" | "ultra")).unwrap_or_default();
    if own.is_none() {
        form.model = format!("{} {first} {level}", form.model).trim_end().to_owned();
    }
    if form.storage == text {
        // M1/8G/256G
        let marks = [' ', '/', '+', ',', '-'];
        let sizes = chip.trim_start_matches(first).trim_start_matches(marks);
        let sizes = sizes.trim_start_matches(level).trim_start_matches(marks).to_owned();
        if form.ram == text {
            form.ram.clone_from(&sizes);
        }
        form.storage = sizes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chip_beside_a_macbook_is_of_its_name() {
        for (model, storage, text, all) in [
            ("MacBook Air 13", "256GB", "M2", ("MacBook Air 13 m2", "256GB")),
            ("MacBook Pro 14", "512GB", "Apple M1 Pro", ("MacBook Pro 14 m1 pro", "512GB")),
            ("MacBook Air", "M1/8G/256G", "M1/8G/256G", ("MacBook Air m1", "8g/256g")),
            ("MBP14", "512GB", "M1 Pro", ("MBP14 m1 pro", "512GB")),
            ("MacBook Air M2", "256GB", "M2", ("MacBook Air M2", "256GB")),
            ("MacBook Air M2", "M2/16G/512G", "M2/16G/512G", ("MacBook Air M2", "16g/512g")),
            ("MacBook Air M2", "M1/8G/256G", "M1/8G/256G", ("MacBook Air M2", "M1/8G/256G")),
            ("ThinkPad", "256GB", "M2", ("ThinkPad", "256GB")),
        ] {
            let mut form = QuoteForm { model: model.into(), storage: storage.into(), ..QuoteForm::default() };
            with_its_chip(&mut form, text);
            assert_eq!((form.model.as_str(), form.storage.as_str()), all, "{model} {text}");
        }
    }
}
