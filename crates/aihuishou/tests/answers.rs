//! What the client makes of each answer, from a partner that gives just that.

use std::collections::BTreeMap;
use std::time::Duration;

use aihuishou::{
    Account, AppSecret, Attempt, BadAnswer, CallError, CallErrorKind, Client, Devices, Healing, Inquiry,
    Parameters, Profile, SearchRequest, sign,
};
use domain::{Money, NotAccepted, PlainText, QuoteForm, QuoteRequest};
use serde_json::json;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const SECRET: &str = "hush-hush-hush";

fn request() -> QuoteRequest {
    let form = QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 14 Pro".into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    };
    form.parse().unwrap()
}

fn client(base: &str) -> Client {
    let account = Account::new("AHS2025TEST", AppSecret::new(SECRET).unwrap()).unwrap();
    Client::new(account, Profile::v2(base).unwrap()).unwrap()
}

fn attempt() -> Attempt {
    Attempt { at: "2025-12-30T06:00:00Z".parse().unwrap(), timeout: Duration::from_secs(5) }
}

async fn answered(answer: ResponseTemplate) -> Result<Inquiry, CallError> {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/api/v2/item_get_inquir"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let base = format!("{}/api/v2", server.uri());
    client(&base).inquire(&request(), attempt()).await.map(|reply| reply.value)
}

async fn refused(answer: ResponseTemplate) -> CallErrorKind {
    answered(answer).await.unwrap_err().kind
}

fn ok(data: serde_json::Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({ "code": 0, "msg": "success", "data": data }))
}

fn nested() -> serde_json::Value {
    json!({
        "device_info": { "device_id": "D-1", "spec": "256GB 深空黑", "quality_check": ["屏幕坏点", { "name": "指纹" }] },
        "price_info": {
            "base_price": 5000, "condition_discount": 0.9, "function_deduction": 0, "market_coefficient": 1.02,
            "final_price": 4500
        },
        "recycle_info": {
            "recycle_type": "上门/到店", "valid_time": "2025-12-31 14:00:00", "store_distance": 1.2,
            "door_time_window": "10:00-12:00"
        }
    })
}

#[tokio::test]
async fn what_is_sent_is_what_is_signed() {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(ok(nested())).mount(&server).await;
    client(&server.uri()).inquire(&request(), attempt()).await.unwrap();

    let sent = &server.received_requests().await.unwrap()[0];
    let mut fields: BTreeMap<String, String> = url::form_urlencoded::parse(&sent.body).into_owned().collect();
    let signature = fields.remove("sign").unwrap();
    assert_eq!(fields["timestamp"], "2025-12-30 14:00:00");
    assert_eq!(fields["model"], "iPhone 14 Pro");
    assert!(fields.values().all(|value| !value.is_empty()));
    assert!(!fields.contains_key("ram"));
    assert!(sign(&Parameters::new(fields), &AppSecret::new(SECRET).unwrap()).verify(&signature));
    assert!(!String::from_utf8_lossy(&sent.body).contains(SECRET));
}

#[tokio::test]
async fn nested_and_flat_answers_mean_the_same() {
    let mut flat = serde_json::Map::new();
    for group in ["device_info", "price_info", "recycle_info"] {
        flat.extend(nested()[group].as_object().unwrap().clone());
    }
    let nested = answered(ok(nested())).await.unwrap();
    assert_eq!(answered(ok(flat.into())).await.unwrap(), nested);
    assert_eq!(nested.price.final_price(), Money::from_fen(450_000));
    assert_eq!(nested.price.consistent(), Some(true));
    assert_eq!(nested.quality_check, ["屏幕坏点", "指纹"]);
    assert_eq!(nested.valid_until.unwrap().to_string(), "2025-12-31T14:00:00+08:00");
    assert_eq!(nested.recycle[0].store_distance_km.unwrap().to_string(), "1.2");
}

#[tokio::test]
async fn numbers_may_be_text_and_the_code_too() {
    let body =
        json!({ "code": "0", "data": { "price_info": { "final_price": "4500.00", "base_price": "5e3" } } });
    let inquiry = answered(ResponseTemplate::new(200).set_body_json(body)).await.unwrap();
    assert_eq!(inquiry.price.final_price(), Money::from_fen(450_000));
    assert_eq!(inquiry.price.base(), Some(Money::from_fen(500_000)));
    assert!(!inquiry.rounded);
}

#[tokio::test]
async fn more_than_two_decimals_are_rounded_half_even_and_told() {
    let inquiry = answered(ok(json!({ "final_price": 10.005 }))).await.unwrap();
    assert_eq!((inquiry.price.final_price(), inquiry.rounded), (Money::from_fen(1000), true));
}

#[tokio::test]
async fn what_is_missing_is_unknown() {
    let inquiry =
        answered(ok(json!({ "price_info": { "final_price": 1 }, "recycle_info": { "valid_time": "明天" } })))
            .await;
    let inquiry = inquiry.unwrap();
    assert_eq!((inquiry.device_id, inquiry.valid_until), (None, None));
    assert_eq!((inquiry.price.base(), inquiry.price.consistent()), (None, None));
    assert!(inquiry.recycle.is_empty() && inquiry.quality_check.is_empty());
}

#[tokio::test]
async fn a_group_that_cannot_be_read_costs_no_other() {
    let whole = answered(ok(nested())).await.unwrap();
    for odd in [json!("上门"), json!(["上门"]), json!(null), json!(7)] {
        let mut data = nested();
        data["recycle_info"] = odd.clone();
        let inquiry = answered(ok(data)).await.unwrap();
        assert_eq!(inquiry, Inquiry { recycle: Vec::new(), valid_until: None, ..whole.clone() }, "{odd}");
        let mut data = nested();
        data["device_info"] = odd.clone();
        assert_eq!(answered(ok(data)).await.unwrap().price, whole.price, "{odd}");
    }
}

#[tokio::test]
async fn a_price_that_is_missing_illegible_or_negative_is_never_a_price_of_0() {
    for price in [
        json!({}),
        json!({ "final_price": null }),
        json!({ "final_price": "面议" }),
        json!({ "final_price": -1 }),
    ] {
        assert_eq!(refused(ok(price)).await, CallErrorKind::BadAnswer(BadAnswer::NoPrice));
    }
}

#[tokio::test]
async fn answers_that_are_no_answers() {
    let words = ResponseTemplate::new(200).set_body_raw("维护中", "text/plain");
    let broken = ResponseTemplate::new(200).set_body_raw("{\"code\":0,", "application/json");
    let latin = ResponseTemplate::new(200)
        .set_body_raw(b"{\"code\":0,\"msg\":\"\xc4\xe3\"}".to_vec(), "application/json");
    let long = ResponseTemplate::new(200).set_body_bytes(vec![b' '; 1024 * 1024 + 1]);
    let squeezed =
        ResponseTemplate::new(200).insert_header("content-encoding", "gzip").set_body_bytes(vec![0; 64]);
    let elsewhere = ResponseTemplate::new(302).insert_header("location", "http://127.0.0.1:9/");
    let bare = ResponseTemplate::new(200).set_body_json(json!({ "data": {} }));
    for (answer, why) in [
        (words, BadAnswer::NotJson),
        (broken, BadAnswer::NotJson),
        (latin, BadAnswer::NotJson),
        (long, BadAnswer::TooLong),
        (squeezed, BadAnswer::Compressed),
        (elsewhere, BadAnswer::Redirect),
        (bare, BadAnswer::WrongShape),
    ] {
        assert_eq!(refused(answer).await, CallErrorKind::BadAnswer(why));
    }
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let say = |status, msg: &str| {
        ResponseTemplate::new(status).set_body_json(json!({ "code": status, "msg": msg }))
    };
    assert_eq!(refused(say(400, "参数缺失")).await, CallErrorKind::InvalidParameters("参数缺失".into()));
    assert_eq!(refused(say(401, "签名错误")).await, CallErrorKind::Unauthorized("签名错误".into()));
    assert_eq!(
        refused(say(403, "今日配额已用完")).await,
        CallErrorKind::QuotaExhausted("今日配额已用完".into())
    );
    assert_eq!(refused(say(403, "协议未签署")).await, CallErrorKind::PermissionDenied("协议未签署".into()));
    assert_eq!(refused(say(403, "???")).await, CallErrorKind::PermissionDenied("???".into()));
    assert_eq!(refused(say(404, "机型不存在")).await, CallErrorKind::ModelUnknown("机型不存在".into()));
    assert_eq!(
        refused(ResponseTemplate::new(404).set_body_string("Not Found")).await,
        CallErrorKind::WrongPath
    );
    assert_eq!(refused(say(500, "内部错误")).await, CallErrorKind::ServerFault("内部错误".into()));
    assert_eq!(
        refused(say(500, "成色超出范围：报废")).await,
        CallErrorKind::NotAccepted(NotAccepted::Scrapped)
    );
    assert_eq!(refused(ResponseTemplate::new(503)).await, CallErrorKind::Unavailable(503));
    let odd = ResponseTemplate::new(200).set_body_json(json!({ "code": 7, "msg": "忙" }));
    assert_eq!(refused(odd).await, CallErrorKind::Refused { code: "7".into(), message: "忙".into() });
}

#[tokio::test]
async fn slowing_down_takes_seconds_or_a_date() {
    // A date is measured by the answer's own clock, and not by ours, which is half an hour off.
    for (told, seconds) in [("7", 7), ("Tue, 30 Dec 2025 06:30:30 GMT", 30)] {
        let answer = ResponseTemplate::new(429)
            .insert_header("retry-after", told)
            .insert_header("date", "Tue, 30 Dec 2025 06:30:00 GMT");
        let kind = refused(answer).await;
        assert_eq!(kind.healing(), Healing::After(Duration::from_secs(seconds)), "{told}");
    }
}

#[tokio::test]
async fn an_echoed_secret_or_signature_stays_out_of_the_error() {
    let server = MockServer::start().await;
    let echo = |request: &wiremock::Request| {
        let body = String::from_utf8_lossy(&request.body).into_owned();
        ResponseTemplate::new(401).set_body_json(json!({ "code": 401, "msg": format!("{SECRET}\n{body}") }))
    };
    Mock::given(method("POST")).respond_with(echo).mount(&server).await;
    let error = client(&server.uri()).inquire(&request(), attempt()).await.unwrap_err();
    let printed = format!("{error} {error:?}");
    assert!(!printed.contains(SECRET), "{printed}");
    let sent = &server.received_requests().await.unwrap()[0];
    let signature =
        url::form_urlencoded::parse(&sent.body).find(|(name, _)| name == "sign").unwrap().1.into_owned();
    assert!(!printed.contains(&signature), "{printed}");
    assert!(!printed.contains('\n'));
}

#[tokio::test]
async fn a_partner_that_stalls_or_is_not_there() {
    let stalls = ok(nested()).set_delay(Duration::from_secs(60));
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(stalls).mount(&server).await;
    let hasty = Attempt { timeout: Duration::from_millis(50), ..attempt() };
    let error = client(&server.uri()).inquire(&request(), hasty).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Timeout);

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = client(&nobody).inquire(&request(), attempt()).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Connect);
}

#[tokio::test]
async fn the_partners_clock_is_learnt_from_its_own_word_of_this_moment() {
    let time_told = async |answer: ResponseTemplate| {
        let server = MockServer::start().await;
        let answer = answer.insert_header("date", "Tue, 30 Dec 2025 06:04:00 GMT");
        Mock::given(method("POST")).respond_with(answer).mount(&server).await;
        match client(&server.uri()).inquire(&request(), attempt()).await {
            Ok(reply) => reply.partner_time,
            Err(error) => error.partner_time,
        }
    };
    let told = Some("2025-12-30T06:04:00Z".parse().unwrap());
    assert_eq!(time_told(ok(nested())).await, told);
    let refusal = json!({ "code": 400, "msg": "timestamp" });
    assert_eq!(time_told(ResponseTemplate::new(400).set_body_json(refusal)).await, told);
    let html = ResponseTemplate::new(503).set_body_raw("<html></html>", "text/html");
    assert_eq!(time_told(html).await, None, "a gateway's clock is its own");
    assert_eq!(time_told(ok(nested()).insert_header("age", "240")).await, None, "made four minutes ago");
}

#[tokio::test]
async fn only_the_partners_own_shape_is_its_word() {
    let json = |status, body: serde_json::Value| ResponseTemplate::new(status).set_body_json(body);
    let html = |status| ResponseTemplate::new(status).set_body_raw("<html>blocked</html>", "text/html");
    let gateway = json!({ "status": 404, "error": "Not Found", "path": "/api/v2/item_get_inquir" });
    for (answer, kind) in [
        (json(404, gateway), CallErrorKind::WrongPath),
        (html(404), CallErrorKind::WrongPath),
        (html(403), CallErrorKind::Intermediary(403)),
        (json(401, json!({ "message": "no key" })), CallErrorKind::Intermediary(401)),
        (ResponseTemplate::new(401), CallErrorKind::Intermediary(401)),
        (html(500), CallErrorKind::Intermediary(500)),
        (html(503), CallErrorKind::Unavailable(503)),
        (html(200), CallErrorKind::Intermediary(200)),
        (json(200, json!({ "error": "login_required" })), CallErrorKind::Intermediary(200)),
        (json(200, json!(["sign in"])), CallErrorKind::Intermediary(200)),
        (json(200, json!({ "data": {} })), CallErrorKind::BadAnswer(BadAnswer::WrongShape)),
    ] {
        assert_eq!(refused(answer).await, kind);
    }
}

#[tokio::test]
async fn a_code_in_an_answer_that_succeeded_means_what_the_status_would() {
    let say = |code: serde_json::Value, msg: &str| {
        ResponseTemplate::new(200).set_body_json(json!({ "code": code, "msg": msg, "data": null }))
    };
    for (answer, kind) in [
        (say(json!(401), "签名错误"), CallErrorKind::Unauthorized("签名错误".into())),
        (say(json!("404"), "型号未收录"), CallErrorKind::ModelUnknown("型号未收录".into())),
        (say(json!(403), "今日配额已用尽"), CallErrorKind::QuotaExhausted("今日配额已用尽".into())),
        (say(json!(10_086), "调用次数超限"), CallErrorKind::QuotaExhausted("调用次数超限".into())),
        (say(json!(403), "协议未签署"), CallErrorKind::PermissionDenied("协议未签署".into())),
        (say(json!(500), "报废"), CallErrorKind::NotAccepted(NotAccepted::Scrapped)),
        (say(json!(503), "忙"), CallErrorKind::Unavailable(503)),
        (say(json!(429), "慢"), CallErrorKind::TooManyRequests { retry_after: None }),
        (say(json!(-1), "odd"), CallErrorKind::Refused { code: "-1".into(), message: "odd".into() }),
    ] {
        assert_eq!(refused(answer).await, kind);
    }
}

#[tokio::test]
async fn a_text_that_says_the_quota_is_used_up_is_heeded_with_any_code() {
    let say = |status, code: u16, msg: &str| {
        ResponseTemplate::new(status).set_body_json(json!({ "code": code, "msg": msg, "data": null }))
    };
    for code in [400, 403, 429, 500, 10_086] {
        let kind = refused(say(200, code, "今日配额已用尽")).await;
        assert_eq!(kind, CallErrorKind::QuotaExhausted("今日配额已用尽".into()), "{code}");
    }
    assert_eq!(refused(say(429, 429, "今日配额已用尽")).await.name(), "quota_exhausted");
    for (code, msg, name) in [
        (1001, "参数长度超限", "refused"),
        (400, "参数长度超限", "invalid_parameters"),
        (429, "请求次数超限，请稍后再试", "too_many_requests"),
    ] {
        assert_eq!(refused(say(200, code, msg)).await.name(), name, "{code}");
    }
}

#[tokio::test]
async fn a_compressed_body_is_not_read_and_its_status_counts() {
    let squeezed = |status, coding: &str| {
        ResponseTemplate::new(status).insert_header("content-encoding", coding).set_body_bytes(vec![31, 139])
    };
    for (status, name) in [
        (401, "unauthorized"),
        (403, "permission_denied"),
        (404, "wrong_path"),
        (500, "server_fault"),
        (503, "unavailable"),
        (200, "bad_answer"),
    ] {
        assert_eq!(refused(squeezed(status, "gzip")).await.name(), name, "{status}");
    }
    assert_eq!(refused(squeezed(401, "identity, BR")).await.name(), "unauthorized");
    for harmless in ["identity", "", "Identity", "utf-8", "none", "identity, UTF-8"] {
        assert!(
            answered(ok(nested()).insert_header("content-encoding", harmless)).await.is_ok(),
            "{harmless}"
        );
    }
}

#[tokio::test]
async fn an_answer_for_another_device_is_no_price() {
    let named = |device: serde_json::Value| {
        let mut data = nested();
        data["device_info"] = device;
        ok(data)
    };
    for (device, bad) in [
        (json!({ "model": "iPhone 14" }), BadAnswer::AnotherModel),
        (json!({ "model": "iPhone 14 Pro", "storage": "128GB" }), BadAnswer::AnotherStorage),
        (json!({ "model": "iPhone 14 Pro", "condition": "七成新" }), BadAnswer::AnotherGrade),
    ] {
        assert_eq!(refused(named(device)).await, CallErrorKind::BadAnswer(bad));
    }
    let same = json!({ "model": "IPHONE14 Pro 国行", "storage": "256G", "condition": "9成新" });
    assert!(answered(named(same)).await.is_ok());
    let mut dear = nested();
    dear["price_info"]["final_price"] = json!(7_500.01);
    assert_eq!(refused(ok(dear.clone())).await, CallErrorKind::BadAnswer(BadAnswer::AboveBase));
    dear["price_info"]["final_price"] = json!(7_500);
    assert_eq!(answered(ok(dear)).await.unwrap().price.consistent(), Some(false), "told, and it stands");
}

#[tokio::test]
async fn a_search_leaves_out_what_cannot_be_quoted() {
    let server = MockServer::start().await;
    let items = json!({ "items": [
        { "device_type": "手机", "brand": "苹果", "model": "iPhone 14", "storages": ["128GB"], "rams": [] },
        { "device_type": "冰箱", "brand": "x", "model": "y" },
        { "device_type": "手机", "brand": "苹果" },
        "iPhone 15",
        null
    ] });
    Mock::given(path("/item_search")).respond_with(ok(items)).mount(&server).await;
    let search = SearchRequest { keyword: PlainText::parse("iphone").ok(), ..SearchRequest::default() };
    let found = client(&server.uri()).search(&search, attempt()).await.unwrap().value;
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].model.as_str(), found[0].storages.as_slice()),
        ("iPhone 14", ["128GB".to_owned()].as_slice())
    );
}

async fn answered_together(
    answer: ResponseTemplate,
    devices: usize,
) -> Result<Vec<Result<Inquiry, CallErrorKind>>, CallError> {
    let server = MockServer::start().await;
    let call = Mock::given(method("POST")).and(path("/api/v2/item_batch_inquir"));
    call.respond_with(answer).mount(&server).await;
    let devices = Devices::new(vec![request(); devices]).unwrap();
    let base = format!("{}/api/v2", server.uri());
    client(&base).inquire_together(&devices, attempt()).await.map(|reply| reply.value)
}

#[tokio::test]
async fn several_devices_are_answered_one_by_one_in_their_order() {
    let price = |yuan: &str| json!({ "price_info": { "final_price": yuan } });
    let items = json!([
        { "code": 0, "data": price("4500") },
        { "code": 404, "msg": "机型不存在" },
        { "code": "0", "data": { "final_price": 12.5 } },
        { "code": 403, "msg": format!("无此接口权限 {SECRET}") },
        { "code": 0, "data": price("about 300") },
        { "code": 5007, "msg": "odd" },
        "nonsense",
    ]);
    for data in [items.clone(), json!({ "items": items })] {
        let answers = answered_together(ok(data), 7).await.unwrap();
        let prices: Vec<_> = answers
            .iter()
            .map(|it| it.as_ref().map(|it| it.price.final_price()).map_err(CallErrorKind::name))
            .collect();
        let expected = [
            Ok(Money::from_fen(450_000)),
            Err("model_unknown"),
            Ok(Money::from_fen(1_250)),
            Err("permission_denied"),
            Err("bad_answer"),
            Err("refused"),
            Err("bad_answer"),
        ];
        assert_eq!(prices, expected);
        assert!(!format!("{answers:?}").contains(SECRET));
    }
}

#[tokio::test]
async fn no_price_gets_to_another_device() {
    let item = json!({ "code": 0, "data": { "final_price": 1 } });
    for data in [json!([item, item]), json!([item, item, item, item]), json!({ "items": item }), json!(3)] {
        let refused = answered_together(ok(data), 3).await.unwrap_err().kind;
        assert_eq!(refused, CallErrorKind::BadAnswer(BadAnswer::WrongShape));
    }
    let denied = ResponseTemplate::new(403).set_body_json(json!({ "code": 403, "msg": "无此接口权限" }));
    assert_eq!(answered_together(denied, 3).await.unwrap_err().kind.name(), "permission_denied");
}

#[tokio::test]
async fn answers_that_number_themselves_stand_in_that_order() {
    let numbered = |indices: &[serde_json::Value]| {
        let item = |index| json!({ "index": index, "code": 0, "data": { "final_price": 1 } });
        json!({ "items": indices.iter().map(item).collect::<Vec<_>>() })
    };
    let null = json!(null);
    for good in [
        [json!(0), json!(1), json!(2)],
        [json!("1"), json!("2"), json!("3")],
        [null.clone(), null.clone(), null.clone()],
    ] {
        assert_eq!(answered_together(ok(numbered(&good)), 3).await.unwrap().len(), 3, "{good:?}");
    }
    for bad in [
        [json!(1), json!(0), json!(2)],
        [json!(0), json!(0), json!(1)],
        [json!(2), json!(3), json!(4)],
        [json!(0), json!(1), json!("the third")],
        [json!(0), json!(1), null.clone()],
    ] {
        let refused = answered_together(ok(numbered(&bad)), 3).await.unwrap_err().kind;
        assert_eq!(refused, CallErrorKind::BadAnswer(BadAnswer::WrongShape), "{bad:?}");
    }
}

#[tokio::test]
async fn several_devices_are_sent_as_they_are_signed_without_what_is_empty() {
    let server = MockServer::start().await;
    let item = json!({ "code": 0, "data": { "final_price": 1 } });
    Mock::given(method("POST")).respond_with(ok(json!([item, item]))).mount(&server).await;
    let laptop = QuoteForm {
        device_type: "笔记本".into(),
        brand: "联想".into(),
        model: "ThinkPad X1 \"Carbon\"".into(),
        storage: "512GB".into(),
        ram: "16GB".into(),
        condition: "八成新".into(),
        function_status: "电池老化".into(),
        ..QuoteForm::default()
    };
    let devices = Devices::new(vec![request(), laptop.parse().unwrap()]).unwrap();
    client(&server.uri()).inquire_together(&devices, attempt()).await.unwrap();

    let sent = &server.received_requests().await.unwrap()[0];
    let mut fields: BTreeMap<String, String> = url::form_urlencoded::parse(&sent.body).into_owned().collect();
    let signature = fields.remove("sign").unwrap();
    assert_eq!(fields.keys().collect::<Vec<_>>(), ["app_id", "devices", "timestamp", "version"]);
    assert!(fields["devices"].contains("苹果"), "nothing is escaped: {}", fields["devices"]);
    let expected = json!([
        {
            "device_type": "手机", "brand": "苹果", "model": "iPhone 14 Pro", "storage": "256GB",
            "condition": "九成新", "function_status": "正常"
        },
        {
            "device_type": "笔记本", "brand": "联想", "model": "ThinkPad X1 \"Carbon\"", "storage": "512GB",
            "ram": "16GB", "condition": "八成新", "function_status": "电池老化(健康度低于80%)"
        }
    ]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&fields["devices"]).unwrap(), expected);
    assert!(sign(&Parameters::new(fields), &AppSecret::new(SECRET).unwrap()).verify(&signature));
}

#[test]
fn one_call_takes_one_to_fifty_devices() {
    for (devices, may) in [(0, false), (1, true), (50, true), (51, false)] {
        assert_eq!(Devices::new(vec![request(); devices]).is_ok(), may, "{devices}");
    }
}
