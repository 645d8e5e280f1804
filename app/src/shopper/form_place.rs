//! What follows from a form as a whole: the device that it names, the failure that it was returned with, and
//! the step to show.

use domain::{Category, Failure, Field, QuoteForm, Term};

use super::form_query::FormQuery;
use super::step::Step;

/// A device without its storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its category.
    pub category: Category,
    /// Its brand.
    pub brand: String,
    /// Its model.
    pub model: String,
}

impl FormQuery {
    /// Why there was no price. Anyone can write such an address, so a request id is shown only if it looks
    /// like one, and at most as many fields as there are.
    pub fn parsed_failure(&self) -> Option<Failure> {
        let mut failure = serde_json::from_str(&self.failure).ok()?;
        if let Failure::InvalidInput { fields } = &mut failure {
            fields.truncate(Field::OF_A_DEVICE.len());
        }
        match &failure {
            Failure::Internal { request_id }
                if request_id.len() > 40
                    || !request_id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') =>
            {
                Some(Failure::Internal { request_id: String::new() })
            }
            _ => Some(failure),
        }
    }

    /// The step to show, and the mistakes in the answers before the requested step. If no step is requested,
    /// the first step with a missing answer.
    pub fn place(&self) -> (Step, Option<Failure>) {
        let form = self.settled_form();
        let open = || Step::Review.reach(&form).0;
        let searching = [&self.keyword, &self.pick, &self.change].iter().any(|text| !text.is_empty());
        match (self.parsed_failure(), Step::find(&self.mend).or_else(|| Step::find(&self.step))) {
            (Some(Failure::ModelUnknown), _) => (Step::Device, None),
            (Some(Failure::InvalidInput { fields }), _) => {
                (fields.iter().map(|error| Step::of(error.field)).min().unwrap_or_else(open), None)
            }
            (Some(_), _) => (open(), None),
            (None, Some(asked)) => {
                let (step, fields) = asked.reach(&form);
                (step, (step != asked).then_some(Failure::InvalidInput { fields }))
            }
            (None, None) if searching => (Step::Device, None),
            (None, None) => (open(), None),
        }
    }

    /// The device that is picked or named; `None` if another is to be chosen.
    pub fn named(&self) -> Option<Named> {
        if !self.change.is_empty() {
            return None;
        }
        let mut picked = self.pick.splitn(3, '/');
        let (category, brand, model) = match (picked.next(), picked.next(), picked.next()) {
            (Some(category), Some(brand), Some(model)) => (category, brand, model),
            _ => (self.form.device_type.as_str(), self.form.brand.as_str(), self.form.model.as_str()),
        };
        let (brand, model) = (brand.trim(), model.trim());
        (!brand.is_empty() && !model.is_empty()).then_some(())?;
        Some(Named { category: Category::find(category)?, brand: brand.to_owned(), model: model.to_owned() })
    }

    /// The form as it is drawn: with the picked model, and without a model that is to be chosen again.
    pub fn settled_form(&self) -> QuoteForm {
        let mut form = self.form.clone();
        if !self.change.is_empty() {
            for field in [&mut form.brand, &mut form.model, &mut form.storage, &mut form.ram] {
                field.clear();
            }
        } else if let Some(named) = self.named().filter(|_| !self.pick.is_empty()) {
            form.device_type = named.category.word().to_owned();
            (form.brand, form.model) = (named.brand, named.model);
        }
        form
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::frame::FrameFields;

    fn filled() -> FormQuery {
        let form = QuoteForm {
            device_type: "手机".into(),
            brand: "苹果".into(),
            model: "iPhone 14 & Pro".into(),
            function_status: "faulty".into(),
            faults: vec!["water".into(), "battery".into()],
            ..QuoteForm::default()
        };
        let frame = FrameFields { merchant: "demo".into(), locale: "en".into(), ..FrameFields::default() };
        FormQuery::new(&form, &frame)
    }

    #[test]
    fn a_forged_failure_tells_of_no_more_fields_than_there_are() {
        let field = r#"{"field":"model","problem":"missing"}"#;
        let fields = vec![field; 30].join(",");
        let failure = format!(r#"{{"code":"invalid_input","fields":[{fields}]}}"#);
        let query = FormQuery { failure, ..filled() };
        let Some(Failure::InvalidInput { fields }) = query.parsed_failure() else { panic!("it is one") };
        assert_eq!(fields.len(), Field::OF_A_DEVICE.len());
    }

    #[test]
    fn picking_names_the_device_and_changing_forgets_it() {
        let picked = FormQuery { pick: "笔记本/联想/ThinkPad X1/2024".into(), ..filled() };
        assert_eq!(picked.named().unwrap().model, "ThinkPad X1/2024");
        assert_eq!(picked.settled_form().device_type, "笔记本");
        let changed = FormQuery { change: "1".into(), ..filled() };
        assert_eq!(changed.named(), None);
        assert_eq!(changed.settled_form().model, "");
        assert_eq!(changed.settled_form().device_type, "手机");
    }

    #[test]
    fn a_form_opens_where_something_is_to_be_done() {
        let place = |text: &str| FormQuery::parse(text).place();
        let phone = "device_type=phone&brand=Apple&model=iPhone&storage=256GB";
        let complete = format!("{phone}&condition=good&function_status=normal");
        assert_eq!(place(""), (Step::Device, None));
        assert_eq!(place(phone), (Step::Looks, None));
        assert_eq!(place(&complete), (Step::Review, None));
        assert_eq!(place(&format!("{complete}&mend=looks")), (Step::Looks, None));
        assert_eq!(place(&format!("{complete}&step=history")), (Step::History, None));
        assert_eq!(place(&format!("{complete}&pick=手机/苹果/iPhone 15")), (Step::Device, None));
        let (step, failure) = place(&format!("{phone}&step=function"));
        assert_eq!((step, failure.map(|failure| failure.code())), (Step::Looks, Some("invalid_input")));
    }

    #[test]
    fn after_a_failure_the_form_opens_where_it_is_mended() {
        let place = |failure: Failure| filled().with_failure(&failure).place().0;
        assert_eq!(place(Failure::ModelUnknown), Step::Device);
        assert_eq!(place(Failure::InvalidInput { fields: vec![] }), Step::Device, "storage is missing");
        let keyword = domain::FieldError { field: Field::Keyword, problem: domain::Problem::Missing };
        let phone = "device_type=phone&brand=Apple&model=iPhone&storage=256GB";
        let short = FormQuery::parse(phone).with_failure(&Failure::InvalidInput { fields: vec![keyword] });
        assert_eq!(short.place().0, Step::Device);
    }
}
