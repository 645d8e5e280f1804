//! What holds for any text and any device.

use domain::{Category, Failure, FaultKind, FunctionStatus, QuoteForm, Term};
use proptest::prelude::*;

use crate::forms::phone;

proptest! {
    #[test]
    fn any_text_parses_or_names_its_field_and_never_panics(
        texts in proptest::collection::vec(any::<String>(), 10)
    ) {
        let form = QuoteForm {
            device_type: texts[0].clone(),
            brand: texts[1].clone(),
            model: texts[2].clone(),
            storage: texts[3].clone(),
            ram: texts[4].clone(),
            condition: texts[5].clone(),
            function_status: texts[6].clone(),
            faults: vec![texts[7].clone()],
            repair_history: texts[8].clone(),
            purchase_channel: texts[9].clone(),
        };
        if let Err(Failure::InvalidInput { fields }) = form.parse() {
            prop_assert!(!fields.is_empty());
        }
    }

    #[test]
    fn a_device_comes_back_from_its_own_form(
        brand in "[a-zA-Z\u{4e00}-\u{4eff} ]{1,20}", faults in proptest::sample::subsequence(FaultKind::ALL.to_vec(), 0..5)
    ) {
        prop_assume!(!brand.trim().is_empty());
        let possible = faults.iter().filter(|fault| fault.applies_to(Category::Phone));
        let named: Vec<String> = possible.map(|fault| fault.code().to_owned()).collect();
        let status = if named.is_empty() { FunctionStatus::NORMAL } else { FunctionStatus::FAULTY };
        let form = QuoteForm { brand, faults: named, function_status: status.into(), ..phone() };
        // A brand such as "vx aa" is the name of a person, and is left out.
        let request = form.parse();
        prop_assume!(request.is_ok());
        let request = request.unwrap();
        let device = domain::Device::new(&request, None, None);
        prop_assert_eq!(device.to_form().parse().unwrap(), request);
    }
}
