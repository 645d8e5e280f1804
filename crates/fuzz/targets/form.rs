//! A form as it was posted. What is a request of it holds nothing that could pass for
//! another parameter, and the form survives being written and read again.

#![no_main]

use app::shopper::form_query::FormQuery;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let query = FormQuery::parse(text);
    let again = FormQuery::parse(&query.text());
    assert_eq!((&again.form, &again.frame, &again.keyword), (&query.form, &query.frame, &query.keyword));
    let _ = (query.parsed_failure(), query.named(), query.settled_form());
    let Ok(request) = query.form.parse() else { return };
    let status = request.function_status().to_string();
    let texts = [request.brand(), request.model(), request.storage(), request.ram().unwrap_or("6GB"), &status];
    for text in texts {
        assert!(!text.is_empty() && !text.contains(['&', '=']) && !text.contains(char::is_control), "{text:?}");
    }
});
