//! The quote as JSON, with every name. Merchants' pages rely on these names.

use domain::{
    Device, Distance, Moment, Money, Price, PriceParts, ProviderName, Quote, QuoteForm, QuoteId, Ratio,
    RecycleOption, Source,
};

#[test]
fn a_quote_has_the_names_and_shapes_of_the_contract() {
    let form = QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 14 Pro".into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    };
    let parts = PriceParts {
        base: Some(Money::from_fen(500_000)),
        condition_discount: Some(Ratio::new("0.9".parse().unwrap())),
        function_deduction: Some(Money::ZERO),
        market_coefficient: Some(Ratio::new("1.02".parse().unwrap())),
        final_price: Money::from_fen(450_000),
    };
    let quoted_at = Moment::from_utc8(jiff::civil::datetime(2025, 12, 30, 14, 0, 0, 0)).unwrap();
    let quote = Quote {
        id: QuoteId::from_random(7),
        sandbox: true,
        source: Source::Partner,
        provider: ProviderName::parse("aihuishou").unwrap(),
        device: Device::new(&form.parse().unwrap(), Some("D1".into()), None),
        price: Price::new(parts),
        recycle: RecycleOption::list("到店", Distance::from_km("1.2".parse().unwrap()), None),
        quality_check: vec!["屏幕坏点".into()],
        quoted_at,
        valid_until: None,
    };

    let json = serde_json::to_value(&quote).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "id": quote.id.as_str(), "sandbox": true, "source": "partner", "provider": "aihuishou",
            "device": {
                "device_id": "D1", "device_type": "手机", "brand": "苹果", "model": "iPhone 14 Pro",
                "storage": "256GB", "ram": null, "spec": null, "condition": "九成新", "condition_score": "9.0",
                "function_status": "正常", "repair_history": null, "purchase_channel": null
            },
            "price": {
                "currency": "CNY", "base": 500_000, "condition_discount": "0.90", "function_deduction": 0,
                "market_coefficient": "1.02", "market_coefficient_estimated": false, "final": 450_000,
                "consistent": true
            },
            "recycle": [{
                "type": "store", "label": "到店", "store_distance_km": "1.2", "door_time_window": null,
                "recommended": true
            }],
            "quality_check": ["屏幕坏点"],
            "quoted_at": "2025-12-30T14:00:00+08:00", "valid_until": null
        })
    );
    assert_eq!(serde_json::from_value::<Quote>(json).unwrap(), quote);
}
