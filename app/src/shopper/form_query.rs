//! The form in an address: a page without JavaScript keeps the answers in it, and a host page fills in the
//! form by it.

use domain::{Failure, Fault, Field, QuoteForm, bounded};

use super::form_limits::{KEPT_CHARS, KEPT_FAULTS, KEPT_OF_A_FAILURE};
use super::step::Step;
use crate::parts::address::{in_path, query};
use crate::parts::frame::FrameFields;

/// The query of `/widget/{merchant}`, and the body of a form's post.
// The macro of server functions requires `Serialize` and `Deserialize`; they are not used.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FormQuery {
    /// The answers so far.
    pub form: QuoteForm,
    /// The host page's settings.
    pub frame: FrameFields,
    /// The keyword of the search.
    pub keyword: String,
    /// The chosen search result, as `category/brand/model`.
    pub pick: String,
    /// Not empty if another model is to be chosen.
    pub change: String,
    /// The code of the requested step.
    pub step: String,
    /// The code of the step whose answer is to be changed on its own.
    pub mend: String,
    /// The id of the expired quote that the new price replaces.
    pub before: String,
    /// Why there was no price: a [`Failure`] as JSON.
    pub failure: String,
}

impl FormQuery {
    /// A form with these answers and settings.
    pub fn new(form: &QuoteForm, frame: &FrameFields) -> Self {
        Self { form: form.clone(), frame: frame.clone(), ..Self::default() }
    }

    /// Adds the reason why there was no price.
    #[must_use]
    pub fn with_failure(mut self, failure: &Failure) -> Self {
        self.failure = serde_json::to_string(failure).unwrap_or_default();
        self
    }

    /// The same form, opened at one answer. A narrow page leads back from there to the review.
    #[must_use]
    pub fn mending(mut self, step: Step) -> Self {
        self.mend = step.code().to_owned();
        self
    }

    /// Reads a form from an address or from a body. Unknown names are ignored. If a name is given twice, the
    /// last value counts, but faults are collected.
    ///
    /// What is kept is bounded, since it is drawn and sent back: of a field one character more than it takes
    /// ([`Field::longest`]), of faults one more than a device may have. So [`QuoteForm::parse`] rejects a
    /// field that was cut, and what is left of it is never priced.
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            query.set(&name, &value);
        }
        query
    }

    fn set(&mut self, name: &str, value: &str) {
        let Self { form, frame, .. } = self;
        let (place, longest) = match name {
            "device_type" => (&mut form.device_type, Field::DeviceType.longest()),
            "brand" => (&mut form.brand, Field::Brand.longest()),
            "model" => (&mut form.model, Field::Model.longest()),
            "storage" => (&mut form.storage, Field::Storage.longest()),
            "ram" => (&mut form.ram, Field::Ram.longest()),
            "condition" => (&mut form.condition, Field::Condition.longest()),
            "function_status" => (&mut form.function_status, Field::FunctionStatus.longest()),
            "repair_history" => (&mut form.repair_history, Field::RepairHistory.longest()),
            "purchase_channel" => (&mut form.purchase_channel, Field::PurchaseChannel.longest()),
            "keyword" => (&mut self.keyword, Field::Keyword.longest()),
            "merchant" => (&mut frame.merchant, KEPT_CHARS),
            "locale" => (&mut frame.locale, KEPT_CHARS),
            "theme" => (&mut frame.theme, KEPT_CHARS),
            "accent" => (&mut frame.accent, KEPT_CHARS),
            "product_price" => (&mut frame.product_price, KEPT_CHARS),
            "product_name" => (&mut frame.product_name, KEPT_CHARS),
            "pick" => (&mut self.pick, KEPT_CHARS),
            "change" => (&mut self.change, KEPT_CHARS),
            "step" => (&mut self.step, KEPT_CHARS),
            "mend" => (&mut self.mend, KEPT_CHARS),
            "before" => (&mut self.before, KEPT_CHARS),
            "failure" => (&mut self.failure, KEPT_OF_A_FAILURE),
            _ if name == "faults" || name.starts_with("faults[") => {
                // An empty fault is ignored.
                if !value.trim().is_empty() && form.faults.len() < KEPT_FAULTS {
                    form.faults.push(bounded(value, Fault::LONGEST).into_owned());
                }
                return;
            }
            _ => return,
        };
        *place = bounded(value, longest).into_owned();
    }

    /// The address `/widget/{merchant}?…` of this form.
    pub fn link(&self) -> String {
        let others = self.pairs().into_iter().filter(|(name, _)| *name != "merchant");
        format!("/widget/{}?{}", in_path(&self.frame.merchant), query(others))
    }

    /// The form as text.
    pub fn text(&self) -> String {
        query(self.pairs())
    }

    /// Names and values, without empty fields.
    fn pairs(&self) -> Vec<(&'static str, &str)> {
        let form = &self.form;
        let device = Field::OF_A_DEVICE.map(|field| (field.name(), form.text(field)));
        let mut pairs: Vec<(&'static str, &str)> = device.to_vec();
        pairs.extend([
            ("keyword", self.keyword.as_str()),
            ("pick", &self.pick),
            ("change", &self.change),
            ("step", &self.step),
            ("mend", &self.mend),
            ("before", &self.before),
            ("failure", &self.failure),
        ]);
        pairs.extend(form.faults.iter().map(|fault| ("faults[]", fault.as_str())));
        pairs.extend(self.frame.filled());
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    fn reread(query: &FormQuery) -> FormQuery {
        let link = query.link();
        let (path, text) = link.split_once('?').unwrap();
        assert_eq!(path, "/widget/demo");
        let mut back = FormQuery::parse(text);
        back.frame.merchant = "demo".into();
        back
    }

    #[test]
    fn what_was_typed_comes_back_from_the_address() {
        let query = filled().with_failure(&Failure::ModelUnknown);
        let back = reread(&query);
        assert_eq!(back, query);
        assert_eq!(back.parsed_failure(), Some(Failure::ModelUnknown));
    }

    #[test]
    fn a_request_id_that_cannot_be_one_is_not_repeated() {
        let told = Failure::Internal { request_id: "call +1 555 0100".into() };
        let failure = reread(&filled().with_failure(&told)).parsed_failure();
        assert_eq!(failure, Some(Failure::Internal { request_id: String::new() }));
    }

    #[test]
    fn every_part_of_the_form_comes_back_from_the_address() {
        let part = || "x".to_owned();
        let query = FormQuery {
            keyword: part(),
            pick: part(),
            change: part(),
            step: part(),
            mend: part(),
            before: part(),
            failure: part(),
            ..filled()
        };
        assert_eq!(reread(&query), query);
    }

    #[test]
    fn what_is_kept_of_a_form_is_bounded_and_still_refused_by_its_field() {
        let long = "长".repeat(5_000);
        let faults: String = (0..4_500).map(|fault| format!("&faults[]=fault{fault}")).collect();
        let others =
            ["keyword", "pick", "change", "step", "mend", "before", "merchant", "locale", "theme", "accent"];
        let texts: String = others.iter().map(|name| format!("&{name}={long}")).collect();
        let query = FormQuery::parse(&format!("model={long}&function_status=faulty{faults}{texts}"));
        assert_eq!(query.form.faults.len(), 21, "one more than a device may have");
        assert!(query.pairs().iter().all(|(_, text)| text.chars().count() <= 401));
        let Err(Failure::InvalidInput { fields }) = query.form.parse() else { panic!("it was taken") };
        assert!(
            fields.contains(&domain::FieldError { field: Field::Model, problem: domain::Problem::TooLong })
        );
        let fault = FormQuery::parse(&format!("faults[]={long}"));
        assert_eq!(fault.form.faults[0].chars().count(), Fault::LONGEST + 1);
    }

    #[test]
    fn no_fault_is_lost_by_what_is_kept() {
        let parsed = |query: &[(&'static str, &str)]| {
            let device = [
                ("device_type", "手机"),
                ("brand", "苹果"),
                ("model", "iPhone 14 Pro"),
                ("storage", "256GB"),
                ("condition", "九成新"),
            ];
            FormQuery::parse(&crate::parts::address::query(device.into_iter().chain(query.iter().copied())))
                .form
                .parse()
        };
        let refused = |problem| {
            Err(Failure::InvalidInput {
                fields: vec![domain::FieldError { field: Field::FunctionStatus, problem }],
            })
        };
        let fault = |number: usize| format!("第{number:02}处的转轴松了一点还有点响动不太对劲");
        let faults = |count| (0..count).map(fault).collect::<Vec<_>>();
        // As a text, as fields, and as both.
        assert_eq!(
            parsed(&[("function_status", &faults(20).join("、"))]).unwrap().function_status().faults().len(),
            20
        );
        assert_eq!(parsed(&[("function_status", &faults(30).join("、"))]), refused(domain::Problem::TooMany));
        assert_eq!(
            parsed(&[("function_status", &faults(300).join("、"))]),
            refused(domain::Problem::TooLong)
        );
        let far = format!("屏碎{}、进水", " ".repeat(5_000));
        assert_eq!(parsed(&[("function_status", &far)]), refused(domain::Problem::TooLong));
        let named = faults(21);
        let named: Vec<_> = named.iter().map(|fault| ("faults[]", fault.as_str())).collect();
        assert_eq!(parsed(&named), refused(domain::Problem::TooMany));
        // Ignored values do not count towards the limit.
        for idle in ["lens", "正常", "  "] {
            let mut more = vec![("faults[]", idle); 25];
            more.extend([("faults[]", "water"), ("function_status", "屏碎")]);
            let expected = parsed(&[("function_status", "屏碎"), ("faults[]", "water")]);
            let expected = if idle.trim().is_empty() { expected } else { refused(domain::Problem::TooMany) };
            assert_eq!(parsed(&more), expected, "{idle}");
        }
    }

    #[test]
    fn browsers_and_scripts_name_faults_alike() {
        for text in [
            "faults%5B%5D=water&faults%5B%5D=dead",
            "faults[]=water&faults[]=dead",
            "faults[0]=water&faults[1]=dead",
            "faults=water&faults=dead",
        ] {
            assert_eq!(FormQuery::parse(text).form.faults, ["water", "dead"], "{text}");
        }
    }
}
