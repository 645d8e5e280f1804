//! A device's words in one spelling, for the list's rows and for what is asked alike.

use domain::{
    Category, Field, NoDevice, QuoteForm, QuoteRequest, Term, Written, model_key, tidied, understand,
};

/// A device as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spelt {
    /// The kind of device; `None` for another kind.
    pub(crate) category: Option<Category>,
    /// The brand, in the trade's words where it is known.
    pub(crate) brand: String,
    /// The model, without sizes, colours and networks.
    pub(crate) model: String,
    /// The storage, in the trade's words.
    pub(crate) storage: String,
    /// The memory, in the trade's words; empty where none is written.
    pub(crate) memory: String,
    /// Whether the sizes are clear.
    pub(crate) has_clear_sizes: bool,
    /// Whether it is another thing than a device that is quoted.
    pub(crate) is_no_device: bool,
}

impl Spelt {
    /// Understands the cells of a row.
    pub(crate) fn of(form: QuoteForm) -> Self {
        let understood = understand(&Written { form, ..Written::default() });
        let is_size = |field| matches!(field, Field::Storage | Field::Ram);
        let form = understood.form;
        Self {
            category: Category::find(&form.device_type),
            has_clear_sizes: !understood.questions.iter().any(|question| is_size(question.field)),
            is_no_device: matches!(understood.no_device, Some(NoDevice::OtherKind)),
            brand: form.brand,
            model: form.model,
            storage: form.storage,
            memory: form.ram,
        }
    }

    /// Understands a device that is asked for.
    pub(crate) fn asked(request: &QuoteRequest) -> Self {
        Self::of(QuoteForm {
            device_type: request.category().word().to_owned(),
            brand: request.brand().to_owned(),
            model: request.model().to_owned(),
            storage: request.storage().to_owned(),
            ram: request.ram().unwrap_or_default().to_owned(),
            ..QuoteForm::default()
        })
    }
}

/// The key of a device without its memory: equal for the same device, however it is spelt.
pub(crate) fn key(category: Category, brand: &str, model: &str, storage: &str) -> String {
    let mut key = of_model(category, brand, model);
    key.push('|');
    key.push_str(&size(storage));
    key
}

/// The key of a model.
pub(crate) fn of_model(category: Category, brand: &str, model: &str) -> String {
    let mut key = category.code().to_owned();
    key.push(' ');
    key.push_str(&model_key(model, brand));
    key
}

/// A storage or memory without letter case and spaces.
pub(crate) fn size(text: &str) -> String {
    let mut size = tidied(text).to_lowercase();
    size.retain(|letter| letter != ' ');
    size
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelt(brand: &str, model: &str, storage: &str, ram: &str) -> Spelt {
        Spelt::of(QuoteForm {
            device_type: "手机".into(),
            brand: brand.into(),
            model: model.into(),
            storage: storage.into(),
            ram: ram.into(),
            ..QuoteForm::default()
        })
    }

    #[test]
    fn the_same_device_has_one_key() {
        let of = |spelt: &Spelt| {
            (key(Category::Phone, &spelt.brand, &spelt.model, &spelt.storage), size(&spelt.memory))
        };
        for (one, other) in [
            (("苹果", "iPhone 13", "128GB", ""), ("Apple", "iphone13 128G 黑色 国行", "", "")),
            (("苹果", "iPhone 13", "1TB", ""), ("苹果", "13", "1T", "")),
            (("小米", "小米 14", "256GB", "12GB"), ("Xiaomi", "14", "12+256", "")),
            (("小米", "Redmi K60", "256GB", ""), ("Redmi", "K60", "256", "")),
            (("三星", "Galaxy S23 Ultra", "256GB", "12GB"), ("samsung", "s23ultra", "256gb", "12")),
        ] {
            let (one, other) = (spelt(one.0, one.1, one.2, one.3), spelt(other.0, other.1, other.2, other.3));
            assert_eq!(of(&one), of(&other), "{one:?} {other:?}");
        }
        let different = [
            ("苹果", "iPhone 13", "128GB", ""),
            ("苹果", "iPhone 13 Pro", "128GB", ""),
            ("华为", "iPhone 13", "128GB", ""),
        ];
        let mut keys: Vec<_> =
            different.map(|(brand, model, storage, ram)| of(&spelt(brand, model, storage, ram))).to_vec();
        keys.dedup();
        assert_eq!(keys.len(), 3);
    }
}
