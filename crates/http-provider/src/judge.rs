//! Whether an answer is a price for the device that was asked about, and which.

use domain::{Distance, Label, LabelledStep, Moment, Money, Price, PriceParts, QuoteRequest, RecycleOption};
use jiff::Timestamp;
use outgoing::quiet;
use provider::{Answer, BadAnswer, Refusal, above_base, may_be_public, same_device};
use rust_decimal::Decimal;

use crate::Code;
use crate::wire::{PriceInfo, QuoteAnswer, Recycle, StepInfo};

/// The only currency of the contract.
pub(crate) const CURRENCY: &str = "CNY";

/// The price in an answer to `request`.
///
/// # Errors
/// The buyer's refusal, or why the answer cannot be used: no device or price in it, no readable final price of
/// at least 0, another currency, a price over 1.5 times the base (decision 23 of the partner's protocol), another
/// device (decision 22).
pub fn judge(answer: QuoteAnswer, request: &QuoteRequest) -> Result<Answer, Refusal> {
    if let Some(code) = answer.code {
        let message = quiet(&answer.detail.unwrap_or_default(), &[]);
        return Err(match Code::parse(&code) {
            Some(code) => code.refusal(message),
            None => Refusal::Other { code: quiet(&code, &[]), message },
        });
    }
    let (Some(device), Some(price)) = (answer.device, answer.price) else {
        return Err(Refusal::BadAnswer(BadAnswer::WrongShape));
    };
    let Some(model) = device.model else { return Err(Refusal::BadAnswer(BadAnswer::WrongShape)) };
    let price = read_price(&price).map_err(Refusal::BadAnswer)?;
    let named = provider::Named {
        model: Some(&model),
        storage: device.storage.as_deref(),
        condition: device.condition.as_deref(),
    };
    same_device(request, named).map_err(Refusal::BadAnswer)?;
    let valid_until = answer.valid_until.and_then(|text| text.parse::<Timestamp>().ok());
    Ok(Answer {
        valid_until: valid_until.map(Moment::new),
        recycle: ways(&answer.recycle),
        quality_check: answer.quality_check,
        public_model: may_be_public(request, device.storage.as_deref()).then(|| model.clone()),
        model: Some(model),
        storage: device.storage,
        grade: device.condition,
        ..Answer::new(price)
    })
}

fn read_price(price: &PriceInfo) -> Result<Price, BadAnswer> {
    let fen = |fen: Option<i64>| fen.filter(|fen| *fen >= 0).map(Money::from_fen);
    if price.currency.as_deref() != Some(CURRENCY) {
        return Err(BadAnswer::WrongCurrency);
    }
    let final_price = fen(price.final_price).ok_or(BadAnswer::NoPrice)?;
    let base = fen(price.base);
    if above_base(final_price, base) {
        return Err(BadAnswer::AboveBase);
    }
    let parts = PriceParts {
        base,
        condition_discount: None,
        function_deduction: None,
        market_coefficient: None,
        final_price,
    };
    Ok(Price::new(parts).with_steps(steps(price)))
}

/// The buyer's steps; none if the text of one cannot be shown.
fn steps(price: &PriceInfo) -> Vec<LabelledStep> {
    let step = |StepInfo { label, amount }: &StepInfo| {
        let label = Label::parse(&label.chinese, &label.english).ok()?;
        Some(LabelledStep { label, amount: Money::from_fen(*amount) })
    };
    price.steps.iter().map(step).collect::<Option<_>>().unwrap_or_default()
}

/// The ways to hand the device over, best first. Ways that the product does not know are left out.
fn ways(recycle: &[Recycle]) -> Vec<RecycleOption> {
    let labels: Vec<&str> = recycle.iter().filter_map(|way| label(&way.kind)).collect();
    let distance = recycle.iter().filter(|way| way.kind == "store").find_map(|way| {
        let km: Decimal = way.store_distance_km.as_ref()?.to_string().parse().ok()?;
        Distance::from_km(km)
    });
    let window = recycle.iter().find_map(|way| way.door_time_window.as_deref());
    RecycleOption::list(&labels.join("/"), distance, window)
}

/// The trade's word for a way; `None` for one that is not in the contract.
pub(crate) fn label(kind: &str) -> Option<&'static str> {
    match kind {
        "store" => Some("到店"),
        "pickup" => Some("上门"),
        "mail" => Some("邮寄"),
        _ => None,
    }
}
