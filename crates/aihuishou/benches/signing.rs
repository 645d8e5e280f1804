//! The time for canonical string and signature, compared with the bare HMAC-SHA256 over the same bytes in the
//! same run.

use std::hint::black_box;
use std::time::{Duration, Instant};

use aihuishou::{AppSecret, Parameters, sign};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const SECRET: &str = "test_secret_please_rotate";
const BUDGET: f64 = 2.0;
const ROUNDS: usize = 41;
const CALLS: u32 = 2_000;

fn main() {
    let parameters = Parameters::new([
        ("app_id", "AHS2025TEST"),
        ("timestamp", "2025-12-30 14:00:00"),
        ("version", "v2"),
        ("device_type", "手机"),
        ("brand", "苹果"),
        ("model", "iPhone 14 Pro"),
        ("storage", "256GB"),
        ("condition", "九成新"),
        ("function_status", "正常"),
        ("repair_history", "无"),
    ]);
    let secret = AppSecret::new(SECRET).expect("not empty");
    let text = parameters.canonical(&secret).masked().replace("***", SECRET);

    let ours = || sign(black_box(&parameters), black_box(&secret)).to_string().len();
    let bare = || {
        let mut mac = Hmac::<Sha256>::new_from_slice(black_box(SECRET.as_bytes())).expect("any length");
        mac.update(black_box(text.as_bytes()));
        usize::from(mac.finalize().into_bytes()[0])
    };
    // In turns, so that a slow moment of the machine affects both.
    let mut ratios: Vec<f64> =
        (0..ROUNDS).map(|_| time(&ours).as_secs_f64() / time(&bare).as_secs_f64()).collect();
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios[ROUNDS / 2];
    println!("signing: {:?} a call", time(&ours) / CALLS);
    println!("ratio signing/hmac = {ratio:.2} (budget {BUDGET:.1})");
    assert!(ratio <= BUDGET, "signing costs {ratio:.2} × the bare HMAC");
}

fn time(call: &impl Fn() -> usize) -> Duration {
    let start = Instant::now();
    for _ in 0..CALLS {
        black_box(call());
    }
    start.elapsed()
}
