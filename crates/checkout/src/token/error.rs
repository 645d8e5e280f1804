use jsonwebtoken::errors::ErrorKind;

/// Why a token is not accepted: a closed list. It contains no text of the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It does not have three parts of base64url, its header is not JSON or names an unknown algorithm, or it
    /// is longer than 8 KiB.
    #[error("this is not a token, or its algorithm is unknown")]
    Malformed,
    /// Its algorithm is not `EdDSA`.
    #[error("the token's algorithm is not EdDSA")]
    Algorithm,
    /// Its `typ` is not `tradein-offer+jwt`.
    #[error("the token's type is not tradein-offer+jwt")]
    Type,
    /// It requires extensions (`crit`), of which none is supported.
    #[error("the token demands an extension that is not supported")]
    Critical,
    /// Its `kid` is missing, or names no key of this server.
    #[error("the token's key is not known here")]
    UnknownKey,
    /// The signature was not made by that key.
    #[error("the token's signature is wrong")]
    Signature,
    /// Another server issued it.
    #[error("the token was issued by another server")]
    Issuer,
    /// It is for another merchant.
    #[error("the token is for another merchant")]
    Audience,
    /// The claims are not JSON, one is missing or has the wrong type, or their version is not 1.
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
    /// The reason behind an error of the library. The library's own texts are dropped, because they may quote
    /// the token.
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
