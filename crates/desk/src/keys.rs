//! The account's secret and, during a rotation, the one that follows it.

use std::sync::{Arc, Mutex, PoisonError};

use aihuishou::Client;

/// The clients of one account: with the secret in use, and with the next.
pub(crate) struct Keys(Mutex<Inner>);

struct Inner {
    current: Arc<Client>,
    next: Option<Arc<Client>>,
    /// Whether the two changed places, since only the second works.
    swapped: bool,
}

impl Keys {
    pub(crate) fn new(current: Client, next: Option<Client>) -> Self {
        Self(Mutex::new(Inner { current: Arc::new(current), next: next.map(Arc::new), swapped: false }))
    }

    /// Takes secrets that were read anew.
    pub(crate) fn replace(&self, current: Client, next: Option<Client>) {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *keys = Inner { current: Arc::new(current), next: next.map(Arc::new), swapped: false };
    }

    /// Whether the second secret is the one in use.
    pub(crate) fn second_in_use(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).swapped
    }

    /// The client with the secret in use.
    pub(crate) fn current(&self) -> Arc<Client> {
        Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner).current)
    }

    /// The client to try when `refused` was: with the other secret, if there is one.
    pub(crate) fn other_than(&self, refused: &Arc<Client>) -> Option<Arc<Client>> {
        let keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Meanwhile somebody may have found that the other one works.
        if Arc::ptr_eq(&keys.current, refused) { keys.next.clone() } else { Some(Arc::clone(&keys.current)) }
    }

    /// Notes that `working` was taken: from now on it is the one in use.
    pub(crate) fn works(&self, working: &Arc<Client>) {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.next.as_ref().is_some_and(|next| Arc::ptr_eq(next, working)) {
            let before = std::mem::replace(&mut keys.current, Arc::clone(working));
            keys.next = Some(before);
            keys.swapped = !keys.swapped;
            tracing::warn!(
                "the partner refuses the secret and takes the next one: make it AHS_APP_SECRET, and unset AHS_APP_SECRET_NEXT"
            );
        }
    }
}
