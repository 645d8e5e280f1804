//! The form in an address: how a page without JavaScript keeps what was typed, and how a
//! host fills the form in beforehand.

use domain::{Category, Failure, Fault, Field, FunctionStatus, PlainText, QuoteForm, Term, bounded};

use crate::parts::frame::FrameFields;
use crate::shopper::step::Step;

/// Characters kept of a text that is no field of the device: what the host said of its page, what
/// is picked.
const KEPT_CHARS: usize = 400;
/// Characters kept of a failure, which we wrote ourselves: room for an error in every field.
const KEPT_OF_A_FAILURE: usize = 2_000;
/// Faults kept: one more than a device may have.
const KEPT_FAULTS: usize = FunctionStatus::MOST + 1;

/// The longest body of a form, in bytes: 48 KiB. That is what a form has in which every field is full:
/// 3,862 characters, of up to 12 bytes percent-encoded, and the names of the fields. A longer one says
/// nothing that could be priced. It is also short enough to come back as an address (64 KiB).
pub const LONGEST: usize = 48 * 1024;

/// Bytes of a character of four in UTF-8, percent-encoded: `%F0%9F%93%B1`.
const ENCODED: usize = 12;
/// Characters of a form in which every field is full.
const FULL: usize = FunctionStatus::LONGEST // faults, as a text or one by one
    + 8 * PlainText::MAX_CHARS // the other fields of the device
    + PlainText::MAX_CHARS // the keyword
    + 3 * PlainText::MAX_CHARS + 2 // what is picked: category, brand and model
    + 6 * 80; // what the host says of its page
/// Bytes of the fields' names: 20 faults, and 20 others.
const NAMES: usize = FunctionStatus::MOST * "faults%5B%5D=&".len() + 20 * "purchase_channel=&".len();
const _: () = assert!(FULL * ENCODED + NAMES <= LONGEST, "a form with every field full is taken");

/// The query of `/widget/{merchant}`, and the body of a form's post.
// The macro of server functions requires `Serialize` and `Deserialize`; they are not used.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FormQuery {
    /// What is answered already.
    pub form: QuoteForm,
    /// The host's wishes.
    pub frame: FrameFields,
    /// What is searched for.
    pub keyword: String,
    /// The chosen search result, as `category/brand/model`.
    pub pick: String,
    /// Filled when another model shall be chosen.
    pub change: String,
    /// The step that is asked for, by its code.
    pub step: String,
    /// The step of an answer that is to be changed on its own, by its code.
    pub mend: String,
    /// The id of the quote that a new price is asked in place of.
    pub before: String,
    /// Why there was no price: a [`Failure`] as JSON.
    pub failure: String,
}

/// A device named but for its storage.
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
    /// The address of a form that is filled in like that.
    pub fn new(form: &QuoteForm, frame: &FrameFields) -> Self {
        Self { form: form.clone(), frame: frame.clone(), ..Self::default() }
    }

    /// Adds why there was no price.
    #[must_use]
    pub fn with_failure(mut self, failure: &Failure) -> Self {
        self.failure = serde_json::to_string(failure).unwrap_or_default();
        self
    }

    /// Leads to one answer, from which a narrow page goes straight to the review.
    #[must_use]
    pub fn mending(mut self, step: Step) -> Self {
        self.mend = step.code().to_owned();
        self
    }

    /// Reads a form, from an address or from a body. Names that it does not have are passed
    /// over; of one given twice the last counts, but faults add up.
    ///
    /// What is kept is bounded, since it is drawn and sent back: of a field one character more than
    /// it takes ([`Field::longest`]), of faults one more than a device may have. So
    /// [`QuoteForm::parse`] refuses what was cut by its field, and never prices what is left of it.
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
                // A fault of no name is none.
                if !value.trim().is_empty() && form.faults.len() < KEPT_FAULTS {
                    form.faults.push(bounded(value, Fault::LONGEST).into_owned());
                }
                return;
            }
            _ => return,
        };
        *place = bounded(value, longest).into_owned();
    }

    /// Why there was no price. A request id is repeated only if it can be one, since
    /// anybody can write an address.
    pub fn failure(&self) -> Option<Failure> {
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

    /// The step to show, and what is wrong with the answers before the step that was asked for. Where
    /// none was, the first step with an answer missing.
    pub fn place(&self) -> (Step, Option<Failure>) {
        let form = self.settled_form();
        let open = || Step::Review.reach(&form).0;
        let searching = [&self.keyword, &self.pick, &self.change].iter().any(|text| !text.is_empty());
        match (self.failure(), Step::find(&self.mend).or_else(|| Step::find(&self.step))) {
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

    /// The device that is picked or named, unless another shall be chosen.
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

    /// The form as it is to be drawn: with what was picked, and without what is to be
    /// chosen anew.
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

    /// The address `/widget/{merchant}?…` of this form.
    pub fn link(&self) -> String {
        let others = self.pairs().into_iter().filter(|(name, _)| *name != "merchant");
        format!(
            "/widget/{}?{}",
            crate::parts::address::in_path(&self.frame.merchant),
            crate::parts::address::query(others)
        )
    }

    /// The form as text.
    pub fn text(&self) -> String {
        crate::parts::address::query(self.pairs())
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
        assert_eq!(back.failure(), Some(Failure::ModelUnknown));
    }

    #[test]
    fn a_request_id_that_cannot_be_one_is_not_repeated() {
        let told = Failure::Internal { request_id: "call +1 555 0100".into() };
        let failure = reread(&filled().with_failure(&told)).failure();
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
        // What is left out of them is counted all the same.
        for idle in ["lens", "正常", "  "] {
            let mut more = vec![("faults[]", idle); 25];
            more.extend([("faults[]", "water"), ("function_status", "屏碎")]);
            let expected = parsed(&[("function_status", "屏碎"), ("faults[]", "water")]);
            let expected = if idle.trim().is_empty() { expected } else { refused(domain::Problem::TooMany) };
            assert_eq!(parsed(&more), expected, "{idle}");
        }
    }

    #[test]
    fn a_forged_failure_tells_of_no_more_fields_than_there_are() {
        let field = r#"{"field":"model","problem":"missing"}"#;
        let fields = vec![field; 30].join(",");
        let failure = format!(r#"{{"code":"invalid_input","fields":[{fields}]}}"#);
        let query = FormQuery { failure, ..filled() };
        let Some(Failure::InvalidInput { fields }) = query.failure() else { panic!("it is one") };
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
