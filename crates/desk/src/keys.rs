//! The account's secret and, during a rotation, the one that follows it.

use std::sync::Arc;

use aihuishou::Client;
use parking_lot::{Mutex, MutexGuard};

/// The clients of one account: with the first secret, and with the second.
pub(crate) struct Keys(Mutex<Inner>);

struct Inner {
    first: Arc<Client>,
    second: Option<Arc<Client>>,
    /// Whether the second is the one to ask with.
    second_in_use: bool,
    /// Whether the partner has taken it since.
    second_works: bool,
    /// Whether the partner refused the first and the second since it last took one.
    refused: [bool; 2],
}

impl Inner {
    fn new(first: Client, second: Option<Client>) -> Self {
        let (first, second) = (Arc::new(first), second.map(Arc::new));
        Self { first, second, second_in_use: false, second_works: false, refused: [false; 2] }
    }

    fn current(&self) -> &Arc<Client> {
        self.second.as_ref().filter(|_| self.second_in_use).unwrap_or(&self.first)
    }

    /// Whether it is the first or the second; `None` for a client of before a change.
    fn place(&self, client: &Arc<Client>) -> Option<usize> {
        let is = |other: &Arc<Client>| Arc::ptr_eq(other, client);
        if is(&self.first) { Some(0) } else { self.second.as_ref().filter(|it| is(it)).map(|_| 1) }
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

    /// The app id of the client in use.
    pub(crate) fn app_id(&self) -> Arc<str> {
        self.keys().current().account().app_id().into()
    }

    /// Notes that the partner refused the secret of `refused`: whether there is another to
    /// ask with, be it of a rotation or newer. From now on every call does, so that those that
    /// wait for a place are not refused one by one.
    pub(crate) fn refused(&self, refused: &Arc<Client>) -> bool {
        let mut keys = self.keys();
        let Some(place) = keys.place(refused) else { return true };
        keys.refused[place] = true;
        if keys.second.is_none() {
            return false;
        }
        // Unless somebody else has noticed before.
        if Arc::ptr_eq(keys.current(), refused) {
            keys.second_in_use = !keys.second_in_use;
        }
        true
    }

    /// Whether the partner refused every secret there is.
    pub(crate) fn all_refused(&self) -> bool {
        let keys = self.keys();
        keys.refused[0] && (keys.second.is_none() || keys.refused[1])
    }

    /// Whether `client` is one of those to ask with, and not of before a change.
    pub(crate) fn knows(&self, client: &Arc<Client>) -> bool {
        self.keys().place(client).is_some()
    }

    /// Notes that the partner took the secret of `taken`.
    pub(crate) fn taken(&self, taken: &Arc<Client>) {
        let mut keys = self.keys();
        if keys.place(taken).is_some() {
            keys.refused = [false; 2];
        }
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
        self.0.lock()
    }
}
