//! The account's secret and, during a rotation, the one that follows it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aihuishou::Client;

/// The clients of one account: with the first secret, and with the second.
pub(crate) struct Keys(Mutex<Inner>);

struct Inner {
    first: Arc<Client>,
    second: Option<Arc<Client>>,
    /// Whether the second is the one to ask with.
    second_in_use: bool,
    /// Whether the partner has taken it since.
    second_works: bool,
}

impl Inner {
    fn new(first: Client, second: Option<Client>) -> Self {
        let (first, second) = (Arc::new(first), second.map(Arc::new));
        Self { first, second, second_in_use: false, second_works: false }
    }

    fn current(&self) -> &Arc<Client> {
        self.second.as_ref().filter(|_| self.second_in_use).unwrap_or(&self.first)
    }
}

impl Keys {
    pub(crate) fn new(first: Client, second: Option<Client>) -> Self {
        Self(Mutex::new(Inner::new(first, second)))
    }

    /// Takes secrets that were read anew.
    pub(crate) fn replace(&self, first: Client, second: Option<Client>) {
        *self.keys() = Inner::new(first, second);
    }

    /// The client with the secret in use.
    pub(crate) fn current(&self) -> Arc<Client> {
        Arc::clone(self.keys().current())
    }

    /// Notes that the partner refused the secret of `refused`: whether there is another to
    /// ask with. From now on everybody does, so that those who wait for a place are not
    /// refused one by one.
    pub(crate) fn refused(&self, refused: &Arc<Client>) -> bool {
        let mut keys = self.keys();
        if keys.second.is_none() {
            return false;
        }
        // Unless somebody else has noticed before.
        if Arc::ptr_eq(keys.current(), refused) {
            keys.second_in_use = !keys.second_in_use;
        }
        true
    }

    /// Notes that the partner took the secret of `taken`.
    pub(crate) fn taken(&self, taken: &Arc<Client>) {
        let mut keys = self.keys();
        // An answer to what was asked before the change says nothing.
        if !Arc::ptr_eq(keys.current(), taken) || keys.second_works == keys.second_in_use {
            return;
        }
        keys.second_works = keys.second_in_use;
        if keys.second_works {
            tracing::warn!(
                "the partner refuses the secret and takes the next one: make it AHS_APP_SECRET, and unset AHS_APP_SECRET_NEXT"
            );
        } else {
            tracing::warn!("the partner refuses the next secret and takes the first one again");
        }
    }

    /// Whether the second secret is the one that the partner takes.
    pub(crate) fn second_works(&self) -> bool {
        self.keys().second_works
    }

    fn keys(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
