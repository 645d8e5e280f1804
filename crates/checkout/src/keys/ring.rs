use domain::Moment;

use super::{PublicKey, SigningKey};

/// The keys of a server: the one that signs now, the next one, and earlier ones.
///
/// The next key is published long before it signs, so that shops that cache the keys know it by then. Of a
/// retired key only the public half is kept: it can verify tokens, but not sign any.
#[derive(Clone, Debug)]
pub struct KeyRing {
    current: SigningKey,
    from: Option<Moment>,
    next: Option<SigningKey>,
    retired: Vec<Retired>,
}

/// A key that no longer signs. It is published until the last token that it signed has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retired {
    /// The key.
    pub key: PublicKey,
    /// The end of the last token that it signed.
    pub until: Moment,
}

/// There is no next key, so none was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no next key that shops could know; prepare one first")]
pub struct NothingPrepared;

impl KeyRing {
    /// A ring of one key, which signs from `from` on; `None` if that time is not known.
    pub fn new(current: SigningKey, from: Option<Moment>) -> Self {
        Self { current, from, next: None, retired: Vec::new() }
    }

    /// A ring of a current and a next key, each made from 32 random bytes, at `now`.
    pub fn generate(current: [u8; 32], next: [u8; 32], now: Moment) -> Self {
        Self::new(SigningKey::from_seed(current), Some(now)).with_next(SigningKey::from_seed(next))
    }

    /// This ring with another next key.
    #[must_use]
    pub fn with_next(self, next: SigningKey) -> Self {
        Self { next: Some(next), ..self }
    }

    /// This ring with a next key that is made from `seed`, 32 random bytes, if it has none, such as one that `openssl`
    /// made. That key is published from `now` on, which is then when the current key is first known to sign.
    #[must_use]
    pub fn prepared(self, seed: [u8; 32], now: Moment) -> Self {
        if self.next.is_some() {
            return self;
        }
        Self { next: Some(SigningKey::from_seed(seed)), from: Some(now), ..self }
    }

    /// This ring with one more retired key.
    #[must_use]
    pub(super) fn with_retired(mut self, retired: Retired) -> Self {
        self.retired.push(retired);
        self
    }

    /// The ring after a rotation at `now`: the next key becomes the current one, and the current key is
    /// retired. It stays published until `last_end`, the end of the last token that it signed. A new next key
    /// is made from `seed`, 32 random bytes. Retired keys whose tokens have all ended are removed.
    ///
    /// # Errors
    /// [`NothingPrepared`].
    pub fn rotated(self, last_end: Moment, seed: [u8; 32], now: Moment) -> Result<Self, NothingPrepared> {
        let current = self.next.ok_or(NothingPrepared)?;
        let mut retired = self.retired;
        retired.insert(0, Retired { key: self.current.public().clone(), until: last_end });
        retired.retain(|it| it.is_needed(now));
        Ok(Self { current, from: Some(now), next: Some(SigningKey::from_seed(seed)), retired })
    }

    /// The key that signs.
    pub fn current(&self) -> &SigningKey {
        &self.current
    }

    /// When the current key began to sign; `None` if that is not known.
    pub fn from(&self) -> Option<Moment> {
        self.from
    }

    /// The key that signs after the next rotation.
    pub fn next(&self) -> Option<&SigningKey> {
        self.next.as_ref()
    }

    /// The retired keys, the latest first.
    pub fn retired(&self) -> &[Retired] {
        &self.retired
    }

    /// The keys that a shop may need at `now`: the next one, the current one, and retired ones with tokens
    /// that have not ended.
    pub fn published(&self, now: Moment) -> impl Iterator<Item = &PublicKey> {
        let next = self.next.as_ref().map(SigningKey::public);
        let retired = self.retired.iter().filter(move |it| it.is_needed(now)).map(|it| &it.key);
        next.into_iter().chain([self.current.public()]).chain(retired)
    }
}

impl Retired {
    /// Whether a token that it signed may still be valid at `now`, by a clock that is up to
    /// [`LEEWAY`](crate::LEEWAY) behind.
    fn is_needed(&self, now: Moment) -> bool {
        now.since(self.until) <= crate::LEEWAY
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{samples, sign, verify};

    const ISSUER: &str = "https://trade.example";

    #[test]
    fn a_token_is_verified_until_its_end_however_often_keys_are_rotated() {
        let offer = samples::offer();
        let mut ring = KeyRing::generate([1; 32], [2; 32], samples::moment(0));
        let token = sign(&offer, ISSUER, ring.current(), samples::moment(0));
        for (seed, at) in [(3, 10), (4, 20), (5, 86_399)] {
            let last_end = offer.expires_at();
            ring = ring.rotated(last_end, [seed; 32], samples::moment(at)).unwrap();
            let now = samples::moment(at);
            assert!(verify(token.expose(), ring.published(now), ISSUER, "demo", now).is_ok());
        }
        assert_eq!(ring.published(samples::moment(86_430)).count(), 5, "a clock may be 30 s behind");
        assert_eq!(ring.published(samples::moment(86_431)).count(), 2, "next and current");
        let ring = ring.rotated(samples::moment(90_000), [6; 32], samples::moment(86_431)).unwrap();
        assert_eq!(ring.retired().len(), 1);
    }

    #[test]
    fn a_key_is_published_before_it_signs() {
        let ring = KeyRing::generate([1; 32], [2; 32], samples::moment(0));
        let next = ring.next().unwrap().public().clone();
        assert!(ring.published(samples::moment(0)).any(|key| *key == next));
        let ring = ring.rotated(samples::moment(5), [3; 32], samples::moment(1)).unwrap();
        assert_eq!(*ring.current().public(), next);
        assert_eq!(ring.from(), Some(samples::moment(1)));
    }

    #[test]
    fn a_ring_without_a_next_key_is_not_rotated_before_one_is_prepared() {
        let ring = KeyRing::new(SigningKey::from_seed([1; 32]), None);
        let now = samples::moment(0);
        assert_eq!(ring.clone().rotated(now, [2; 32], now).unwrap_err(), NothingPrepared);
        let ring = ring.prepared([2; 32], now);
        assert_eq!((ring.from(), ring.published(now).count()), (Some(now), 2));
        let next = ring.next().unwrap().public().clone();
        let ring = ring.prepared([3; 32], samples::moment(1));
        assert_eq!(*ring.rotated(now, [4; 32], now).unwrap().current().public(), next);
    }
}
