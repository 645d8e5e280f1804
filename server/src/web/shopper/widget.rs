use app::shopper::foreign::{self, Foreign};
use app::shopper::form_page::{Search, Widget, draw_page};
use app::shopper::form_place::Named;
use app::shopper::form_query::FormQuery;
use app::shopper::keyword::{self, is_searchable};
use axum::body::Bytes;
use axum::extract::{Extension, Path, RawQuery, State};
use axum::http::header::{self, HeaderMap, HeaderName};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use desk::{Desks, Selected};
use domain::{CatalogueItem, Category, Failure, Term};

use super::models::{find_model, known_model, known_nearest, known_popular, model_by_name};
use crate::merchants::{Merchant, Origin, PageOrigin};
use crate::web::edge::headers::{Life, RESOURCE, text};
use crate::web::edge::limits::Asker;
use crate::web::edge::refused::status;
use crate::web::edge::request_id::RequestId;
use crate::web::site::Site;
use crate::web::visit::Visit;

/// `GET /widget/{merchant}`: the form, drawn from what is known. Any site can make a browser open an address,
/// so this never asks the partner.
pub(in crate::web) async fn show(
    State(site): State<Site>,
    State(desks): State<Desks>,
    Extension(id): Extension<RequestId>,
    Path(merchant): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let mut query = FormQuery::parse(&query.unwrap_or_default());
    query.frame.merchant = merchant;
    let visit = Visit::of_shop(&site, desks.first(), &headers, &query.frame, id);
    let Some(merchant) = site.merchants().get(&query.frame.merchant) else {
        return visit.refuse(Failure::NotFound, "/".to_owned());
    };
    if is_part_of_another_page(&headers) {
        return visit.refuse(Failure::NotAllowed, "/".to_owned());
    }
    if let Some(page) = foreign_page(&headers, &merchant, &site) {
        return show_who_to_allow(visit, &merchant, &page);
    }
    let desks = merchant.desks(&desks);
    // An address with answers in it belongs to one person.
    let empty = FormQuery { frame: query.frame.clone(), ..FormQuery::default() } == query;
    let named = query.named().filter(|named| merchant.takes(named.category));
    let known = match &named {
        Some(named) => known_model(&desks, named).await,
        None => None,
    };
    // A picked model counts as chosen even if its sizes are unknown.
    let picked = named.clone().filter(|_| !query.pick.is_empty());
    let chosen = known.or_else(|| picked.map(model_by_name));
    let form = query.settled_form();
    let (step, unanswered) = query.place();
    let failure = query.parsed_failure().or(unanswered);
    let search = match chosen {
        Some(_) => Search::default(),
        None => known_search(&desks, &merchant, &query, named, failure.as_ref()).await,
    };
    let life = if empty && failure.is_none() { Life::Short } else { Life::Personal };
    let mending = !query.mend.is_empty();
    let widget = Widget { frame: query.frame, form, step, mending, search, chosen, failure };
    let text = draw_page(&visit.setting, widget);
    visit.lasting(life, StatusCode::OK, text).answer(&headers)
}

/// The content of the search field and its list while no model is chosen.
async fn known_search(
    desks: &Selected,
    merchant: &Merchant,
    query: &FormQuery,
    named: Option<Named>,
    failure: Option<&Failure>,
) -> Search {
    let wanted = wanted(query, merchant);
    let mut search = Search {
        keyword: query.keyword.clone(),
        popular: known_popular(desks, merchant).await,
        nearest: failure == Some(&Failure::ModelUnknown) && query.keyword.is_empty(),
        ..Search::default()
    };
    if search.nearest {
        search.found = known_nearest(desks, &query.settled_form().model, wanted).await;
    } else {
        let unknown = |named: Named| async move {
            let known = desks.known_search(&named.model, Some(named.category)).await;
            (known.is_none() && is_searchable(&named.model)).then_some(named.model)
        };
        if let Some(named) = named.filter(|_| search.keyword.trim().is_empty() && failure.is_none())
            && let Some(model) = unknown(named).await
        {
            (search.keyword, search.from_form) = (model, true);
        }
        search.found = desks.known_search(&search.keyword, wanted).await.map(|items| items.to_vec());
        if search.found.is_none() && search.keyword.trim().is_empty() {
            let of_its_kind =
                |item: &&CatalogueItem| wanted.is_none_or(|category| item.device_type == category);
            let popular: Vec<_> = search.popular.iter().filter(of_its_kind).cloned().collect();
            search.found = Some(popular).filter(|popular| !popular.is_empty());
        }
    }
    if let Some(items) = &mut search.found {
        items.retain(|item| merchant.takes(item.device_type));
    }
    search
}

/// The category to search in: the chosen one, or the only one that the shop accepts.
fn wanted(query: &FormQuery, merchant: &Merchant) -> Option<Category> {
    Category::find(&query.settled_form().device_type).or(match *merchant.categories {
        [only] => Some(only),
        _ => None,
    })
}

/// `POST /widget/{merchant}`: asks the partner what the pressed button needs, within the visitor's limit, and
/// redirects the browser to the form's own address, which is drawn from what is known then. So Back, reload
/// and links work, and none of them asks again.
pub(in crate::web) async fn ask(
    State(site): State<Site>,
    State(desks): State<Desks>,
    Extension(id): Extension<RequestId>,
    Path(merchant): Path<String>,
    asker: Asker,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut query = FormQuery::parse(&String::from_utf8_lossy(&body));
    query.frame.merchant = merchant;
    let visit = Visit::of_shop(&site, desks.first(), &headers, &query.frame, id);
    let Some(merchant) = site.merchants().get(&query.frame.merchant) else {
        return visit.refuse(Failure::NotFound, "/".to_owned());
    };
    if let Err(failure) = find_out(&merchant.desks(&desks), &merchant, &query, &asker).await {
        query = query.with_failure(&failure.with_request_id(&visit.request_id));
    }
    let mut response = Redirect::to(&query.link()).into_response();
    // A frame in a page under COEP loads this answer.
    response.headers_mut().insert(RESOURCE, HeaderValue::from_static("cross-origin"));
    response
}

/// Asks for the picked model, else by the keyword, else for the typed model, else for popular models. A
/// button that only leads to another step asks nothing.
async fn find_out(
    desks: &Selected,
    merchant: &Merchant,
    query: &FormQuery,
    asker: &Asker,
) -> Result<(), Failure> {
    if [&query.step, &query.mend, &query.change].iter().any(|text| !text.is_empty()) {
        return Ok(());
    }
    let keyword = query.keyword.trim();
    let named = query.named().filter(|_| keyword.is_empty() || !query.pick.is_empty());
    if named.is_none() {
        keyword::check(keyword)?;
    }
    asker.admit(&merchant.id).await?;
    match named {
        Some(named) if merchant.takes(named.category) => find_model(desks, &named).await,
        Some(_) => {}
        None => {
            drop(desks.search(keyword, wanted(query, merchant)).await?);
        }
    }
    Ok(())
}

/// Whether another site's page requests this as a picture, a script or the like, and not as a page or a
/// frame. Browsers say so, and none of our own pages makes such a request.
fn is_part_of_another_page(headers: &HeaderMap) -> bool {
    let told = |name| text(headers, HeaderName::from_static(name));
    let foreign = matches!(&*told("sec-fetch-site"), "cross-site" | "same-site");
    foreign && !matches!(&*told("sec-fetch-mode"), "navigate" | "")
}

/// The page around the frame, if it is neither the merchant's nor ours. If the browser does not name it, the
/// form is sent, and the browser's policy decides whether it is shown.
fn foreign_page(headers: &HeaderMap, merchant: &Merchant, site: &Site) -> Option<PageOrigin> {
    let framed = text(headers, HeaderName::from_static("sec-fetch-dest")) == "iframe";
    let page = PageOrigin::of(&text(headers, header::REFERER)).filter(|_| framed)?;
    let known = merchant.admits(&page) || site.is_ours(&page, headers);
    (!known).then_some(page)
}

/// Shows the developer of a shop's page why the form does not appear there. Only that page may frame this
/// notice, which has no function.
fn show_who_to_allow(visit: Visit, merchant: &Merchant, page: &PageOrigin) -> Response {
    let line = Origin::parse(page.as_str()).map(|origin| {
        let all = merchant.origins.iter().chain([&origin]);
        let quoted: Vec<String> = all.map(|origin| format!("\"{}\"", origin.as_str())).collect();
        format!("origins = [{}]", quoted.join(", "))
    });
    let notice = Foreign { origin: page.as_str().to_owned(), merchant: merchant.id.clone(), line };
    let text = foreign::draw_page(&visit.setting, &notice);
    visit.lifeless(page, status(&Failure::NotAllowed), text)
}
