use jiff::SignedDuration;

/// The result of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The endpoint answered with this HTTP status.
    Status(u16),
    /// The endpoint did not answer in time.
    TimedOut,
    /// The endpoint could not be reached, or its address is forbidden.
    Unreachable,
}

/// What follows a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The endpoint has accepted the event.
    Delivered,
    /// The event is sent again, this long after the failed try.
    Again(SignedDuration),
    /// All tries have failed. The event is kept, and a person can have it sent again.
    GivenUp,
    /// The endpoint answered that it is gone for good (410). Nothing more is sent to it.
    SwitchedOff,
}

/// How long each try waits after the one before it, in seconds; about 75.6 hours together.
const WAITS: [i64; 10] =
    [0, 5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600];

/// The number of tries for an event.
pub const TRIES: usize = WAITS.len();

/// The shortest wait after an answer, or a timeout, that shows an overloaded endpoint.
const OVERLOADED: SignedDuration = SignedDuration::from_secs(60);

/// What follows the try number `tries` (from 1), which ended with `answer`.
///
/// `random` varies the wait by up to 20 % in either direction, so that events that failed together are not
/// tried again together. Only 2xx is a success. A redirect (3xx) is a failure and is never followed.
pub fn after_try(tries: usize, answer: Answer, random: u32) -> Next {
    match answer {
        Answer::Status(200..=299) => return Next::Delivered,
        Answer::Status(410) => return Next::SwitchedOff,
        Answer::Status(_) | Answer::TimedOut | Answer::Unreachable => {}
    }
    let Some(seconds) = WAITS.get(tries) else { return Next::GivenUp };
    let wait = varied(*seconds, random);
    let overloaded = matches!(answer, Answer::Status(429) | Answer::TimedOut);
    Next::Again(if overloaded { wait.max(OVERLOADED) } else { wait })
}

/// `seconds` times 0.8 to 1.2.
fn varied(seconds: i64, random: u32) -> SignedDuration {
    let permille = 800 + i64::from(random % 401);
    SignedDuration::from_millis(seconds * permille)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAILED: Answer = Answer::Status(500);
    /// The random number with which the wait is not varied.
    const EXACT: u32 = 200;

    #[test]
    fn ten_tries_spread_over_three_days_and_then_it_is_given_up() {
        let hours: Vec<_> = (1..=TRIES).map(|tries| after_try(tries, FAILED, EXACT)).collect();
        let again = |seconds| Next::Again(SignedDuration::from_secs(seconds));
        let expected = [
            again(5),
            again(300),
            again(1800),
            again(7200),
            again(18_000),
            again(36_000),
            again(50_400),
            again(72_000),
            again(86_400),
            Next::GivenUp,
        ];
        assert_eq!(hours, expected);
    }

    #[test]
    fn a_wait_varies_by_a_fifth_at_most() {
        for random in (0..10_000).chain([u32::MAX]) {
            let Next::Again(wait) = after_try(4, FAILED, random) else { panic!("4 tries are not all") };
            assert!((5760..=8640).contains(&wait.as_secs()), "{wait}");
        }
        assert_eq!(after_try(4, FAILED, 0), Next::Again(SignedDuration::from_secs(5760)));
        assert_eq!(after_try(4, FAILED, 400), Next::Again(SignedDuration::from_secs(8640)));
    }

    #[test]
    fn an_overloaded_endpoint_has_a_minute_at_least() {
        for answer in [Answer::Status(429), Answer::TimedOut] {
            assert_eq!(after_try(1, answer, 0), Next::Again(SignedDuration::from_secs(60)));
            assert_eq!(after_try(2, answer, EXACT), Next::Again(SignedDuration::from_secs(300)));
        }
        assert_eq!(after_try(1, Answer::Unreachable, EXACT), Next::Again(SignedDuration::from_secs(5)));
    }

    #[test]
    fn only_2xx_succeeds_and_410_switches_the_endpoint_off() {
        for status in 100..=599 {
            let expected = match status {
                200..=299 => Next::Delivered,
                410 => Next::SwitchedOff,
                _ => Next::GivenUp,
            };
            assert_eq!(after_try(TRIES, Answer::Status(status), EXACT), expected, "{status}");
        }
    }
}
