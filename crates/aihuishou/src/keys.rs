//! The account's secret and, during a rotation, the next one.

use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};

use crate::Client;

/// The clients of one account, with the first and with the second secret.
pub(crate) struct Keys {
    first: Arc<Client>,
    second: Option<Arc<Client>>,
    state: Mutex<State>,
}

/// What the partner's answers showed about the secrets.
#[derive(Default)]
struct State {
    /// Whether calls are signed with the second secret.
    second_in_use: bool,
    /// Whether the partner has accepted the second secret since then.
    second_works: bool,
    /// Whether the partner refused the first and the second since it last accepted one.
    refused: [bool; 2],
}

impl Keys {
    pub(crate) fn new(first: Client, second: Option<Client>) -> Self {
        Self { first: Arc::new(first), second: second.map(Arc::new), state: Mutex::default() }
    }

    /// The client with the secret in use.
    pub(crate) fn current(&self) -> Arc<Client> {
        let second = self.second.as_ref().filter(|_| self.state().second_in_use);
        Arc::clone(second.unwrap_or(&self.first))
    }

    /// Notes that the partner refused the secret of `client`. Returns whether there is another that it has
    /// not refused. From now on every call is signed with that one, so that waiting calls are not refused one
    /// by one.
    pub(crate) fn refused(&self, client: &Arc<Client>) -> bool {
        let mut state = self.state();
        let is_second = self.is_second(client);
        state.refused[usize::from(is_second)] = true;
        // Unless an earlier call has already changed it.
        if self.second.is_some() && state.second_in_use == is_second {
            state.second_in_use = !is_second;
        }
        self.second.is_some() && state.refused != [true; 2]
    }

    /// Notes that the partner accepted the secret of `client`.
    pub(crate) fn taken(&self, client: &Arc<Client>) {
        let mut state = self.state();
        state.refused = [false; 2];
        let is_second = self.is_second(client);
        // The answer to a call that was signed before the change is ignored.
        if is_second != state.second_in_use || state.second_works == is_second {
            return;
        }
        state.second_works = is_second;
        if is_second {
            tracing::warn!(
                "the partner refuses the secret and takes the next one: make it AHS_APP_SECRET, and unset AHS_APP_SECRET_NEXT"
            );
        } else {
            tracing::warn!("the partner refuses the next secret and takes the first one again");
        }
    }

    /// Whether the partner accepts the second secret.
    pub(crate) fn second_works(&self) -> bool {
        self.state().second_works
    }

    fn is_second(&self, client: &Arc<Client>) -> bool {
        self.second.as_ref().is_some_and(|second| Arc::ptr_eq(second, client))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Account, AppSecret, Profile};

    fn client(secret: &str) -> Client {
        let account = Account::new("A", AppSecret::new(secret).unwrap()).unwrap();
        Client::new(account, Profile::v2("http://127.0.0.1:9").unwrap()).unwrap()
    }

    #[test]
    fn a_refused_secret_is_followed_by_the_next_until_both_were_refused() {
        let keys = Keys::new(client("old"), Some(client("new")));
        let first = keys.current();
        assert!(keys.refused(&first));
        assert!(keys.refused(&first), "a call that was under way changes nothing");
        let second = keys.current();
        assert!(!Arc::ptr_eq(&first, &second));
        assert!(!keys.refused(&second), "both were refused");
        assert!(Arc::ptr_eq(&keys.current(), &first), "the first may work again");
        keys.taken(&first);
        assert!(keys.refused(&first) && Arc::ptr_eq(&keys.current(), &second));
    }

    #[test]
    fn the_second_works_once_it_was_taken_while_in_use() {
        let keys = Keys::new(client("old"), Some(client("new")));
        let first = keys.current();
        keys.refused(&first);
        let second = keys.current();
        keys.taken(&first);
        assert!(!keys.second_works(), "that call was signed before the change");
        keys.taken(&second);
        assert!(keys.second_works());
    }

    #[test]
    fn a_secret_without_a_next_one_stays_in_use() {
        let keys = Keys::new(client("only"), None);
        let only = keys.current();
        assert!(!keys.refused(&only));
        assert!(Arc::ptr_eq(&keys.current(), &only));
    }
}
