//! The page of the API.

use crate::house::House;

#[tokio::test]
async fn the_reference_shows_each_call_in_both_languages_and_loads_no_script() {
    let house = House::open().await;
    let home = house.page("/?locale=en").await;
    assert!(home.contains("href=\"/docs/api?locale=en\""));
    for (locale, title) in [("en", "API for shops"), ("zh-CN", "面向商家后端的 API")] {
        let page = house.page(&format!("/docs/api?locale={locale}")).await;
        assert!(page.contains(title) && !page.contains("<script"), "{locale}");
        for part in [
            "POST /quotes",
            "GET /offers/{id}",
            "POST /offers/{id}/redeem",
            "GET /openapi.json",
            "id=\"amount_mismatch\"",
            "href=\"#already_redeemed\"",
            "Authorization: Bearer tik_test_demo",
            "Idempotency-Key",
            "product_price",
        ] {
            assert!(page.contains(part), "{locale} lacks {part}");
        }
        assert!(page.contains(&format!("{}/api/v1/offers", house.base)), "the server's own address");
    }
}
