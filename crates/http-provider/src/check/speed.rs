//! How long answers take.

use std::time::Duration;

use domain::QuoteRequest;
use tokio::time::Instant;

use super::findings::{Cause, Detail, Finding, LONGEST, Times};
use super::trial::Trial;
use crate::asked;

impl Trial<'_> {
    /// Times calls, whatever is wrong in their answers, one after the other, on kept connections as a server has them.
    pub(super) async fn speed(&self, device: &QuoteRequest) -> Finding {
        let body = asked::quote(device, self.client.grades());
        let mut times = Vec::with_capacity(self.calls);
        for _ in 0..self.calls.max(1) {
            let began = Instant::now();
            match self.client.post("quote", body.clone(), self.attempt()).await {
                Ok(received) if received.status.is_success() => {}
                Ok(received) => {
                    return Finding::Wrong(Cause::Status { got: received.status.as_u16(), wanted: 200 });
                }
                Err(error) => return Finding::Wrong(Cause::NoAnswer(error.into())),
            }
            times.push(began.elapsed());
        }
        let times = of(times);
        if times.p95 > LONGEST {
            Finding::Wrong(Cause::Slow(times))
        } else {
            Finding::Well(Detail::Times(times))
        }
    }
}

/// Median and 95th percentile, by nearest rank.
fn of(mut times: Vec<Duration>) -> Times {
    times.sort_unstable();
    let calls = times.len();
    let rank = |percent: usize| times[(calls * percent).div_ceil(100).clamp(1, calls) - 1];
    Times { calls, p50: rank(50), p95: rank(95) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_by_nearest_rank() {
        let of = |times: &[u64]| {
            let Times { p50, p95, .. } = of(times.iter().map(|ms| Duration::from_millis(*ms)).collect());
            (p50.as_millis(), p95.as_millis())
        };
        assert_eq!(of(&[7]), (7, 7));
        assert_eq!(of(&[4, 1, 3, 2]), (2, 4));
        assert_eq!(of(&(1..=20).collect::<Vec<_>>()), (10, 19));
    }
}
