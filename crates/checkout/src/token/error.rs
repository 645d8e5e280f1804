use jsonwebtoken::errors::ErrorKind;

/// Why a token is not accepted: a closed list, without any text of the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It has not the shape of a token: three parts, header and claims in JSON.
    #[error("this is not a token, or its algorithm is unknown")]
    Malformed,
    /// Its algorithm is not `EdDSA`.
    #[error("the token's algorithm is not EdDSA")]
    Algorithm,
    /// Its `typ` is not `tradein-offer+jwt`.
    #[error("the token's type is not tradein-offer+jwt")]
    Type,
    /// It demands extensions (`crit`), and none is supported.
    #[error("the token demands an extension that is not supported")]
    Critical,
    /// Its `kid` names no key of this server, or none at all.
    #[error("the token's key is not known here")]
    UnknownKey,
    /// The signature is not that key's.
    #[error("the token's signature is wrong")]
    Signature,
    /// Another server issued it.
    #[error("the token was issued by another server")]
    Issuer,
    /// It is for another merchant.
    #[error("the token is for another merchant")]
    Audience,
    /// A claim is missing or has the wrong type, or the claims' version is not 1.
    #[error("a claim of the token is missing or unreadable")]
    Claims,
    /// Its end has passed.
    #[error("the token has expired")]
    Expired,
    /// It is not valid yet.
    #[error("the token is not valid yet")]
    NotYetValid,
}

impl TokenError {
    /// The reason behind an error of the library. Its own texts are dropped: they may quote the token.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the library's list is open")]
    pub(super) fn of_library(error: &jsonwebtoken::errors::Error) -> Self {
        match error.kind() {
            ErrorKind::InvalidSignature => Self::Signature,
            ErrorKind::InvalidAlgorithm => Self::Algorithm,
            ErrorKind::InvalidIssuer => Self::Issuer,
            ErrorKind::InvalidAudience => Self::Audience,
            ErrorKind::MissingRequiredClaim(_) | ErrorKind::InvalidClaimFormat(_) | ErrorKind::Json(_) => {
                Self::Claims
            }
            _ => Self::Malformed,
        }
    }
}
