//! Diagnoses a provider beside the partner by one trial call.

use desk::AskError;
use domain::{Price, ProviderName};
use provider::Refusal;

use super::Check;

/// How to find out more about a buyer.
const MEND: &str = "Try its service with `tradein provider check URL`, or its list with `tradein pricelist check FILE`; \
    docs/providers.md says what each refusal means.";

/// The result of a trial call. A provider that does not know the trial's model, or does not take it, works.
pub(crate) fn check(name: ProviderName, answer: &Result<Price, AskError>) -> Check {
    let name = name.to_string();
    match answer {
        Ok(price) => Check::well(name, format!("{} for the trial's phone", price.final_price())),
        Err(AskError::Call(Refusal::ModelUnknown(_))) => Check::well(name, "does not know the trial's phone"),
        Err(AskError::Call(Refusal::NotAccepted(_))) => Check::well(name, "does not take the trial's phone"),
        Err(error) => Check::wrong(name, error.to_string(), MEND),
    }
}

#[cfg(test)]
mod tests {
    use domain::NotAccepted;

    use super::*;
    use crate::diagnosis::Finding;

    #[test]
    fn a_buyer_that_does_not_know_the_phone_works_and_one_that_is_down_does_not() {
        let name = || ProviderName::parse("third").unwrap();
        let refused = |refusal| check(name(), &Err(AskError::Call(refusal))).finding;
        assert!(matches!(refused(Refusal::NotAccepted(NotAccepted::Unspecified)), Finding::Well(_)));
        assert!(matches!(refused(Refusal::Timeout), Finding::Wrong { .. }));
    }
}
