use super::*;

fn rule(text: &str) -> Result<TopUp, InvalidKey> {
    TopUp::parse(toml::from_str(text).unwrap())
}

fn quote(kind: &str, fen: i64) -> Quote {
    let json = serde_json::json!({
        "id": "0123456789abcdefghijAB", "sandbox": true, "source": "partner",
        "device": {
            "device_id": null, "device_type": kind, "brand": "苹果", "model": "iPhone 14 Pro", "storage": "256GB",
            "ram": null, "spec": null, "condition": "九成新", "condition_score": "9.0", "function_status": "正常",
            "repair_history": null, "purchase_channel": null
        },
        "price": {
            "currency": "CNY", "base": null, "condition_discount": null, "function_deduction": null,
            "market_coefficient": null, "market_coefficient_estimated": false, "final": fen, "consistent": null
        },
        "recycle": [], "quality_check": [],
        "quoted_at": "2026-06-01T14:00:00+08:00", "valid_until": null
    });
    serde_json::from_value(json).unwrap()
}

/// What the rule gives in fen, for a phone of 4,500 yuan in June 2026.
fn gives(text: &str, product: Option<&str>) -> Option<i64> {
    let product = product.map(|name| Product { price: Money::YUAN, name: Some(name.to_owned()) });
    let today = "2026-06-18".parse().unwrap();
    rule(text).unwrap().amount(&quote("手机", 450_000), product.as_ref(), today).map(Money::fen)
}

#[test]
fn a_rule_gives_an_amount_or_a_share_up_to_its_most() {
    for (text, fen) in [
        ("fixed = 20000", 20_000),
        ("percent = 5", 22_500),
        ("percent = 7.5", 33_750),
        ("percent = \"0.333\"", 1_498),
        ("percent = 100", 450_000),
        ("percent = 5\nat_most = 10000", 10_000),
        ("percent = 5\nat_most = 90000", 22_500),
        ("fixed = 20000\nat_most = 15000", 15_000),
    ] {
        assert_eq!(gives(text, None), Some(fen), "{text}");
    }
}

#[test]
fn it_fits_only_what_its_filters_let_through() {
    for (filter, product, fits) in [
        ("product = \"iphone 17\"", Some("Apple iPhone 17 Pro"), true),
        ("product = \"IPHONE 17\"", Some("Apple iPhone 17 Pro"), true),
        ("product = \"iphone 17\"", Some("Apple iPhone 16"), false),
        ("product = \"iphone 17\"", None, false),
        ("category = \"phone\"", None, true),
        ("category = \"手机\"", None, true),
        ("category = \"camera\"", None, false),
        ("from = 2026-06-18", None, true),
        ("from = 2026-06-19", None, false),
        ("until = \"2026-06-18\"", None, true),
        ("until = \"2026-06-17\"", None, false),
        ("from = 2026-06-01\nuntil = 2026-06-30\ncategory = \"phone\"", None, true),
    ] {
        assert_eq!(
            gives(&format!("fixed = 1\n{filter}"), product),
            fits.then_some(1),
            "{filter} {product:?}"
        );
    }
}

#[test]
fn nothing_is_added_to_nothing() {
    let today = "2026-06-18".parse().unwrap();
    assert_eq!(rule("fixed = 20000").unwrap().amount(&quote("手机", 0), None, today), None);
    // Less than half a fen.
    assert_eq!(rule("percent = 0.01").unwrap().amount(&quote("手机", 40), None, today), None);
}

#[test]
fn a_rule_that_cannot_be_used_is_named_by_its_key() {
    for (text, key, takes) in [
        ("", "", "either fixed"),
        ("fixed = 1\npercent = 1", "", "either fixed"),
        ("fixed = 0", "fixed", "1 at least"),
        ("fixed = -5", "fixed", "1 at least"),
        ("percent = 0", "percent", "above 0"),
        ("percent = 100.5", "percent", "100 at most"),
        ("percent = \"five\"", "percent", "above 0"),
        ("percent = true", "percent", "above 0"),
        ("percent = nan", "percent", "above 0"),
        ("fixed = 1\nat_most = 0", "at_most", "1 at least"),
        ("fixed = 1\nproduct = \" \"", "product", "name"),
        ("fixed = 1\ncategory = \"toaster\"", "category", "phone (手机)"),
        ("fixed = 1\nfrom = \"18.6.2026\"", "from", "2026-06-18"),
        ("fixed = 1\nfrom = 2026-06-18T00:00:00", "from", "2026-06-18"),
        ("fixed = 1\nuntil = 20260618", "until", "2026-06-18"),
        ("fixed = 1\nfrom = 2026-06-18\nuntil = 2026-06-17", "until", "not before from"),
    ] {
        let invalid = rule(text).unwrap_err();
        assert_eq!(invalid.key, key, "{text}");
        assert!(invalid.takes.contains(takes), "{text}: {}", invalid.takes);
    }
}
