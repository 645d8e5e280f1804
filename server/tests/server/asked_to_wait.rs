//! A partner that asks to be called again later, by a date of its own clock.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp, fmt::rfc2822::DateTimePrinter};

use crate::house::{client, phone};
use crate::process::Process;

#[tokio::test]
async fn a_date_to_call_again_is_measured_by_the_answers_own_date() {
    for off in [SignedDuration::from_hours(-1), SignedDuration::from_hours(1)] {
        let calls = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&calls);
        let partner = Router::new().fallback(async move || {
            noted.lock().unwrap().push(Instant::now());
            let date = |ahead| {
                let time = Timestamp::now() + off + SignedDuration::from_secs(ahead);
                DateTimePrinter::new().timestamp_to_rfc9110_string(&time).unwrap()
            };
            let headers = [("date", date(0)), ("retry-after", date(2))];
            (StatusCode::TOO_MANY_REQUESTS, headers, r#"{"code":429,"msg":"later"}"#)
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/api/v2", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, partner).await.unwrap() });

        let account = [("AHS_APP_ID", "AHS2025TEST"), ("AHS_APP_SECRET", "hush"), ("AHS_API_URL", &url)];
        let server = Process::start(&account).await;
        let asked = client().post(format!("{}/api/fn/quote", server.base)).form(&phone(&[]));
        assert!(asked.send().await.unwrap().status().is_server_error());
        let times = calls.lock().unwrap().clone();
        assert_eq!(times.len(), 2, "it is called once more");
        let waited = times[1] - times[0];
        assert!(
            (Duration::from_millis(1_900)..Duration::from_secs(5)).contains(&waited),
            "{off}: {waited:?}"
        );
        server.signal("TERM").await;
        server.ended().await;
    }
}
