//! What a search finds.

use aihuishou::SearchRequest;
use domain::PlainText;
use serde_json::json;
use wiremock::matchers::path;
use wiremock::{Mock, MockServer};

use crate::house::{attempt, client, ok};

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
