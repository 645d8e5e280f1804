//! Up to fifty devices in one call, for accounts that may.

use std::sync::atomic::Ordering;

use aihuishou::{CallErrorKind, Devices, Profile};
use futures::{StreamExt, stream};

use super::run::Run;
use super::store::OpenDevice;
use crate::ask_error::AskError;
use crate::gate::PLACES;
use crate::outcome;
use crate::purpose::Purpose;

/// Devices of the first call.
const FIRST: usize = 5;

impl Run<'_> {
    /// Quotes devices call by call, but for those whose price is known.
    pub(super) async fn quote_together(&self, open: Vec<OpenDevice>) {
        let mut unknown = Vec::with_capacity(open.len());
        for device in open {
            if self.is_stopped() {
                return;
            }
            match self.inner.known_for_batch(&device.request, self.since).await {
                Some(answer) => self.judge(device.device, answer, false).await,
                None => unknown.push(device),
            }
        }
        // Whether the account may is found out with few: what is refused may have cost as much as
        // what is answered.
        if !self.proven.load(Ordering::Relaxed) {
            let others = unknown.split_off(unknown.len().min(FIRST));
            self.quote_some(std::mem::replace(&mut unknown, others)).await;
            if !self.together.load(Ordering::Relaxed) {
                return;
            }
        }
        let calls = stream::iter(unknown).chunks(Profile::MOST_DEVICES);
        calls.for_each_concurrent(PLACES, |devices| self.quote_some(devices)).await;
    }

    async fn quote_some(&self, mut some: Vec<OpenDevice>) {
        // All batches share the places.
        let Ok(_place) = self.inner.batch_places.acquire().await else { return };
        if self.is_stopped() || self.round().halt.is_some() {
            return;
        }
        // Of fewer calls than devices, all are made use of; without any, asking tells until when.
        let left = self.inner.left_for(Purpose::Batch).max(1);
        if some.len() > left as usize {
            some.truncate(left as usize);
            self.round().at_once = true;
        }
        let (numbers, requests): (Vec<_>, Vec<_>) =
            some.into_iter().map(|OpenDevice { device, request }| (device, request)).unzip();
        let Ok(devices) = Devices::new(requests) else { return };
        match self.inner.prices_together(&devices).await {
            Ok(answers) => {
                self.proven.store(true, Ordering::Relaxed);
                for (device, answer) in numbers.into_iter().zip(answers) {
                    self.judge(device, answer, true).await;
                }
            }
            // Others took some of the calls meanwhile.
            Err(AskError::QuotaUsedUp) if self.inner.left_for(Purpose::Batch) > 0 => {
                self.round().at_once = true;
            }
            Err(AskError::Call(kind)) if means_one_by_one(&kind) => {
                tracing::warn!(cause = %kind, "devices are asked for one by one: several in a call are refused");
                self.together.store(false, Ordering::Relaxed);
                self.round().at_once = true;
            }
            Err(error) => {
                let failure = outcome::failure(&error, self.inner.now());
                tracing::warn!(cause = %error, "a call for several devices failed");
                for device in numbers {
                    self.judge(device, Err(failure.clone()), error.was_asked()).await;
                }
            }
        }
    }
}

/// Whether it is the call that does not work, of which nobody knows if it is as we make it,
/// and not what is asked for.
fn means_one_by_one(kind: &CallErrorKind) -> bool {
    matches!(
        kind,
        CallErrorKind::PermissionDenied(_)
            | CallErrorKind::WrongPath
            | CallErrorKind::ModelUnknown(_)
            | CallErrorKind::InvalidParameters(_)
            | CallErrorKind::BadAnswer(_)
    )
}
