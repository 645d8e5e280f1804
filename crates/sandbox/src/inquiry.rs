//! The inquiry of one device: from its parameters to a price or a refusal.

use aihuishou::wire::{DeviceInfo, InquiryData, PriceInfo, RecycleInfo};
use aihuishou::{Number, Parameters, timestamp};
use axum::http::StatusCode;
use domain::{Category, FunctionStatus, Grade, Term};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use crate::checks::{Refusal, refuse};
use crate::pricing::{Described, price, window};
use crate::special::{SLOW, Special};
use crate::{Sandbox, inspection};

/// Parameters without which an inquiry is refused.
pub(crate) const REQUIRED: [&str; 6] =
    ["device_type", "brand", "model", "storage", "condition", "function_status"];

/// The answer to an inquiry that is not refused.
pub(crate) enum Answer {
    Price(Box<InquiryData>),
    /// Broken JSON, or a device without a price where it is one of several.
    Garbled,
}

/// The price of one device.
///
/// # Errors
/// The refusal that the partner answers with: for a device that it does not have, for values out of their range.
pub(crate) async fn inquiry(
    sandbox: &Sandbox,
    given: &Parameters,
    now: Timestamp,
) -> Result<Answer, Refusal> {
    let text = |name| given.get(name).unwrap_or_default();
    sandbox.state.saw(
        REQUIRED.map(text).join("|")
            + "|"
            + text("ram")
            + "|"
            + text("repair_history")
            + "|"
            + text("purchase_channel"),
    );
    let special = Special::of_model(text("model"));
    match special {
        Some(Special::Unknown) => return refuse(StatusCode::NOT_FOUND, "机型不存在"),
        Some(Special::Quota) => return refuse(StatusCode::FORBIDDEN, "今日配额已用完"),
        Some(Special::Permission) => return refuse(StatusCode::FORBIDDEN, "无此接口权限，协议未签署"),
        Some(Special::Down) => return refuse(StatusCode::SERVICE_UNAVAILABLE, "服务暂不可用"),
        Some(Special::Garbled) => return Ok(Answer::Garbled),
        Some(Special::Slow) => tokio::time::sleep(SLOW).await,
        // These change the price below.
        Some(Special::Zero | Special::Expiring | Special::NoCoefficient | Special::Inconsistent) | None => {}
    }
    let Some(category) = Category::find(text("device_type")) else {
        return refuse(StatusCode::NOT_FOUND, "品类不存在");
    };
    // A special model is found by its name alone, with any brand and category.
    let known = sandbox
        .catalogue
        .models()
        .iter()
        .find(|model| model.item.model == text("model") && special.is_some());
    let Some(model) = known.or_else(|| sandbox.catalogue.find(category, text("brand"), text("model"))) else {
        return refuse(StatusCode::NOT_FOUND, "机型不存在");
    };
    let comes_in = |options: &[String], size: &str| options.iter().any(|option| option == size);
    let ram = text("ram");
    if special.is_none() && !comes_in(&model.item.storages, text("storage")) {
        return refuse(StatusCode::NOT_FOUND, "该机型没有此存储容量");
    }
    if category.requires_memory() && ram.is_empty() {
        return refuse(StatusCode::BAD_REQUEST, "缺少参数 ram");
    }
    if !ram.is_empty() && !model.item.rams.is_empty() && !comes_in(&model.item.rams, ram) {
        return refuse(StatusCode::NOT_FOUND, "该机型没有此内存");
    }
    if model.launched > domain::UTC8.to_datetime(now).date() {
        return refuse(StatusCode::INTERNAL_SERVER_ERROR, "机型尚未上市，不支持估价");
    }
    let Some(grade) = Grade::find(text("condition")) else {
        return refuse(
            StatusCode::INTERNAL_SERVER_ERROR,
            format!("condition 超出范围：{}", text("condition")),
        );
    };
    let Ok(status) = FunctionStatus::parse(text("function_status"), std::iter::empty()) else {
        return refuse(StatusCode::INTERNAL_SERVER_ERROR, "function_status 超出范围");
    };
    let described = Described {
        model,
        storage: text("storage"),
        grade,
        function_status: &status,
        repair_history: text("repair_history"),
        purchase_channel: text("purchase_channel"),
    };
    let window = window(now);
    let mut price = price(&described, window, sandbox.share);
    let mut holds = window + SignedDuration::from_hours(24);
    match special {
        Some(Special::Zero) => price = PriceInfo { final_price: Some(Number(Decimal::ZERO)), ..price },
        Some(Special::Expiring) => holds = now + SignedDuration::from_mins(30),
        Some(Special::NoCoefficient) => price.market_coefficient = None,
        Some(Special::Inconsistent) => {
            price.final_price = price.final_price.map(|price| Number(price.0 + Decimal::ONE_HUNDRED));
        }
        Some(
            Special::Unknown
            | Special::Quota
            | Special::Permission
            | Special::Down
            | Special::Slow
            | Special::Garbled,
        )
        | None => {}
    }
    Ok(Answer::Price(Box::new(InquiryData {
        device_info: Some(DeviceInfo {
            device_id: Some(device_id(text("brand"), text("model"))),
            model: Some(text("model").to_owned()),
            storage: Some(text("storage").to_owned()),
            condition: Some(grade.word().to_owned()),
            spec: Some([text("storage"), ram].join(" ").trim().to_owned()),
            quality_check: inspection::points(category).iter().map(|point| (*point).to_owned()).collect(),
        }),
        recycle_info: Some(recycling(&price, holds)),
        price_info: Some(price),
    })))
}

/// The ways to hand the device over, and until when the price is valid. The distance of the store is computed
/// from the price, so it differs between devices and stays the same for one.
fn recycling(price: &PriceInfo, holds: Timestamp) -> RecycleInfo {
    let metres =
        price.base_price.map_or(Decimal::ZERO, |base| (base.0 * Decimal::from(7)) % Decimal::from(5_800));
    RecycleInfo {
        recycle_type: Some("上门/到店/邮寄".to_owned()),
        valid_time: Some(timestamp(holds)),
        store_distance: Some(Number(((metres + Decimal::from(200)) / Decimal::ONE_THOUSAND).round_dp(1))),
        door_time_window: Some("10:00-12:00".to_owned()),
    }
}

fn device_id(brand: &str, model: &str) -> String {
    let hash =
        brand.bytes().chain(model.bytes()).fold(17_u32, |hash, byte| hash.wrapping_mul(31) ^ u32::from(byte));
    format!("SBX{hash:08X}")
}
