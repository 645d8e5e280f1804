//! Converts the partner's errors to the desk's refusals: the one place that does so.

use provider::{Credential, Refusal};

use crate::CallErrorKind;

impl From<CallErrorKind> for Refusal {
    /// This function cannot know whether there is another secret to try, so `another` is `false`.
    fn from(kind: CallErrorKind) -> Self {
        match kind {
            CallErrorKind::InvalidParameters(message) => Self::InvalidParameters(message),
            CallErrorKind::Unauthorized(message) => {
                Self::Unauthorized { credential: credential(&message), message, another: false }
            }
            CallErrorKind::QuotaExhausted(message) => Self::QuotaExhausted(message),
            CallErrorKind::PermissionDenied(message) => Self::PermissionDenied(message),
            CallErrorKind::ModelUnknown(message) => Self::ModelUnknown(message),
            CallErrorKind::WrongPath => Self::WrongAddress,
            CallErrorKind::NotAccepted(reason) => Self::NotAccepted(reason),
            CallErrorKind::ServerFault(message) => Self::ServerFault(message),
            CallErrorKind::Unavailable(status) => Self::Unavailable(format!("HTTP {status}")),
            CallErrorKind::Intermediary(status) => Self::Intermediary(status),
            CallErrorKind::TooManyRequests { retry_after } => Self::TooManyRequests { retry_after },
            CallErrorKind::Timeout => Self::Timeout,
            CallErrorKind::NoConnection(unreached) => Self::NoConnection(unreached),
            CallErrorKind::BrokenOff(chain) => Self::BrokenOff(chain),
            CallErrorKind::BadAnswer(bad) => Self::BadAnswer(bad),
            CallErrorKind::Refused { code, message } => Self::Other { code, message },
        }
    }
}

/// Which of three causes a 401 has, if the partner's words say so.
fn credential(message: &str) -> Credential {
    let says = |words: [&str; 2]| words.iter().any(|word| message.contains(word));
    if says(["白名单", "IP"]) {
        Credential::Address
    } else if says(["app_id", "应用"]) {
        Credential::Account
    } else if says(["签名", "sign"]) {
        Credential::Secret
    } else {
        Credential::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_401_say_what_was_not_accepted() {
        for (message, said) in [
            ("IP 不在白名单", Credential::Address),
            ("app_id 无效", Credential::Account),
            ("应用不存在", Credential::Account),
            ("签名错误", Credential::Secret),
            ("invalid sign", Credential::Secret),
            ("未授权", Credential::Unknown),
        ] {
            let refusal = Refusal::from(CallErrorKind::Unauthorized(message.to_owned()));
            let expected =
                Refusal::Unauthorized { credential: said, message: message.to_owned(), another: false };
            assert_eq!(refusal, expected);
        }
    }

    #[test]
    fn errors_that_carry_a_status_keep_it_in_the_desks_words() {
        let refusal = Refusal::from(CallErrorKind::Unavailable(503));
        assert_eq!(refusal.to_string(), "the partner is not available (HTTP 503)");
        assert_eq!(refusal.to_string(), CallErrorKind::Unavailable(503).to_string());
    }
}
