use app::form_query::FormQuery;
use app::functions::RequestId;
use app::pages;
use app::pages::foreign::Foreign;
use app::pages::widget::{Search, Widget, draw_page};
use axum::extract::{Extension, Path, RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderName};
use axum::response::Response;
use desk::Desk;
use domain::{Category, Failure, Term};

use super::headers::Life;
use super::limits::Asker;
use super::models::{choose, nearest_to, popular, popular_brands};
use super::pages::{Visit, status, text};
use super::site::Site;
use crate::merchants::{Merchant, Origin, PageOrigin};

/// `GET /widget/{merchant}`
pub(super) async fn show(
    State(site): State<Site>,
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    Path(merchant): Path<String>,
    RawQuery(query): RawQuery,
    asker: Asker,
    headers: HeaderMap,
) -> Response {
    let mut query = FormQuery::parse(&query.unwrap_or_default());
    query.frame.merchant = merchant;
    let visit = Visit::of_shop(&site, &desk, &headers, &query.frame, id);
    let Some(merchant) = site.merchants().get(&query.frame.merchant) else {
        return visit.refuse(Failure::NotFound, "/".to_owned());
    };
    if let Some(page) = foreign_page(&headers, &merchant, &site) {
        return show_who_to_allow(visit, &merchant, &page);
    }
    // An address with answers in it is one person's.
    let empty = FormQuery { frame: query.frame.clone(), ..FormQuery::default() } == query;
    // What only shows popular models asks next to never.
    let unknown = query.failure() == Some(Failure::ModelUnknown);
    let asks = query.named().is_some() || !query.keyword.trim().is_empty() || unknown;
    let admitted = if asks { asker.admit(&query.frame.merchant) } else { Ok(()) };
    let chosen = match query.named() {
        Some(named) if admitted.is_ok() && merchant.takes(named.category) => {
            choose(&desk, named, !query.pick.is_empty()).await
        }
        _ => None,
    };
    let form = query.settled_form();
    let wanted = Category::find(&form.device_type).or(match *merchant.categories {
        [only] => Some(only),
        _ => None,
    });
    let (step, unanswered) = query.place();
    let mut failure = query.failure().or(admitted.clone().err()).or(unanswered);
    let nearest = failure == Some(Failure::ModelUnknown) && query.keyword.is_empty();
    let mut found = match (&chosen, query.keyword.trim()) {
        (Some(_), _) => None,
        (None, _) if admitted.is_err() => None,
        (None, _) if nearest => nearest_to(&desk, &form.model, wanted, || asker.admit(&merchant.id)).await,
        (None, "") => popular(&desk, wanted).await,
        (None, keyword) => match desk.search(keyword, wanted).await {
            Ok(items) => Some(items.to_vec()),
            Err(told) => {
                failure = failure.or(Some(told.with_request_id(&visit.request_id)));
                None
            }
        },
    };
    if let Some(items) = &mut found {
        items.retain(|item| merchant.takes(item.device_type));
    }
    let life = match (&found, &failure) {
        (Some(_), None) if empty => Life::Short,
        _ => Life::Personal,
    };
    let brands = if chosen.is_none() { popular_brands(&desk, &merchant).await } else { Vec::new() };
    let search = Search { keyword: query.keyword, found, nearest, brands };
    let mending = !query.mend.is_empty();
    let widget = Widget { frame: query.frame, form, step, mending, search, chosen, failure };
    let text = draw_page(&visit.setting, widget);
    visit.lasting(life, StatusCode::OK, text).answer(&headers)
}

/// The page around the frame, where that is neither the merchant's nor ours. A browser that
/// does not tell it asks for the form as all do, and shows it only where its policy lets it.
fn foreign_page(headers: &HeaderMap, merchant: &Merchant, site: &Site) -> Option<PageOrigin> {
    let framed = text(headers, HeaderName::from_static("sec-fetch-dest")) == "iframe";
    let page = PageOrigin::of(&text(headers, header::REFERER)).filter(|_| framed)?;
    let known = merchant.admits(&page) || site.is_ours(&page, &text(headers, header::HOST));
    (!known).then_some(page)
}

/// Tells the developer of a shop's page why the form does not show there. That page alone
/// may frame the notice, which has no function.
fn show_who_to_allow(visit: Visit, merchant: &Merchant, page: &PageOrigin) -> Response {
    let line = Origin::parse(page.as_str()).map(|origin| {
        let all = merchant.origins.iter().chain([&origin]);
        let quoted: Vec<String> = all.map(|origin| format!("\"{}\"", origin.as_str())).collect();
        format!("origins = [{}]", quoted.join(", "))
    });
    let notice = Foreign { origin: page.as_str().to_owned(), merchant: merchant.id.clone(), line };
    let text = pages::foreign::draw_page(&visit.setting, &notice);
    visit.lifeless(page, status(&Failure::NotAllowed), text)
}
