//! The partner's answer: the first two bytes are its status, the rest its body. What is
//! read as a price has steps that add up to it.

#![no_main]

use aihuishou::Inquiry;
use domain::Money;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|answer: &[u8]| {
    let Some((status, body)) = answer.split_first_chunk::<2>() else { return };
    let Ok(inquiry) = Inquiry::from_answer(u16::from_be_bytes(*status), body) else { return };
    let price = &inquiry.price;
    assert!(price.final_price() >= Money::ZERO);
    let steps = price.steps();
    let Some((last, before)) = steps.split_last() else { panic!("no step") };
    assert_eq!(last.amount, price.final_price());
    let sum: i128 = before.iter().map(|step| i128::from(step.amount.fen())).sum();
    assert!(before.is_empty() || sum == i128::from(last.amount.fen()), "{steps:?} do not add up");
});
