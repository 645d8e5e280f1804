use secrecy::{ExposeSecret, SecretString};

/// The app secret. It is wiped from memory when dropped, and its `Debug` shows nothing.
#[derive(Clone, Debug)]
pub struct AppSecret(SecretString);

/// An empty app id or app secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is empty")]
pub struct EmptyCredential(&'static str);

impl AppSecret {
    /// Takes the secret without white space around it, because files end with a line break.
    ///
    /// # Errors
    /// [`EmptyCredential`] when nothing is left.
    pub fn new(secret: &str) -> Result<Self, EmptyCredential> {
        match secret.trim() {
            "" => Err(EmptyCredential("the app secret")),
            secret => Ok(Self(SecretString::from(secret))),
        }
    }

    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// An application on the partner's open platform.
#[derive(Clone, Debug)]
pub struct Account {
    app_id: String,
    secret: AppSecret,
}

impl Account {
    /// An account with that id and secret.
    ///
    /// # Errors
    /// [`EmptyCredential`] when the id is empty.
    pub fn new(app_id: &str, secret: AppSecret) -> Result<Self, EmptyCredential> {
        match app_id.trim() {
            "" => Err(EmptyCredential("the app id")),
            app_id => Ok(Self { app_id: app_id.to_owned(), secret }),
        }
    }

    /// The application's id, such as `AHS2025XXXX`.
    pub fn app_id(&self) -> &str {
        &self.app_id
    }

    /// The application's secret.
    pub fn secret(&self) -> &AppSecret {
        &self.secret
    }
}
