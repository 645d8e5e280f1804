use std::time::Duration;

use app::form_query::{FormQuery, Named};
use app::functions::RequestId;
use app::pages::widget::{Search, Widget, draw_page};
use axum::extract::{Extension, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use desk::Desk;
use domain::{CatalogueItem, Category, Failure, QuoteForm, Term};
use futures::future::join_all;

use super::limits::Asker;
use super::pages::Visit;
use super::site::Site;

/// How long the form waits for the popular models, which nobody asked for.
const PATIENCE: Duration = Duration::from_millis(300);

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
    let visit = Visit::new(&site, &desk, &headers, &query.frame, id);
    if site.merchants().get(&query.frame.merchant).is_none() {
        return visit.refuse(Failure::NotFound, "/".to_owned());
    }
    // What only shows popular models asks next to never.
    let asks = query.named().is_some() || !query.keyword.trim().is_empty();
    let admitted = if asks { asker.admit(&query.frame.merchant) } else { Ok(()) };
    let chosen = match query.named() {
        Some(named) if admitted.is_ok() => choose(&desk, named, !query.pick.is_empty()).await,
        _ => None,
    };
    let form = query.settled_form();
    let (step, unanswered) = query.place();
    let mut failure = query.failure().or(admitted.clone().err()).or(unanswered);
    let nearest = failure == Some(Failure::ModelUnknown) && query.keyword.is_empty();
    let found = match (&chosen, query.keyword.trim()) {
        (Some(_), _) => None,
        (None, _) if admitted.is_err() => None,
        (None, _) if nearest => nearest_to(&desk, &form).await,
        (None, "") => popular(&desk, &form.device_type).await,
        (None, keyword) => match desk.search(keyword, Category::find(&form.device_type)).await {
            Ok(items) => Some(items.to_vec()),
            Err(told) => {
                failure = failure.or(Some(told.with_request_id(&visit.request_id)));
                None
            }
        },
    };
    let brands = popular_brands(&desk).await;
    let search = Search { keyword: query.keyword, found, nearest, brands };
    let mending = !query.mend.is_empty();
    let widget = Widget { frame: query.frame, form, step, mending, search, chosen, failure };
    let text = draw_page(&visit.setting, widget);
    visit.html(StatusCode::OK, text)
}

/// The model of that name with the storage and memory it comes in. One that the catalogue
/// does not tell is chosen as well if it was picked; then its storage is typed.
async fn choose(desk: &Desk, named: Named, picked: bool) -> Option<CatalogueItem> {
    let Named { category, brand, model } = named;
    let found = desk.search(&model, Some(category)).await.ok();
    let same = |item: &&CatalogueItem| {
        item.model.eq_ignore_ascii_case(&model) && item.brand.eq_ignore_ascii_case(&brand)
    };
    let known = found.and_then(|items| items.iter().find(same).cloned());
    let unknown = || CatalogueItem {
        device_type: category,
        brand: brand.clone(),
        model: model.clone(),
        storages: vec![],
        rams: vec![],
    };
    known.or_else(|| picked.then(unknown))
}

async fn popular(desk: &Desk, device_type: &str) -> Option<Vec<CatalogueItem>> {
    let search = desk.search("", Category::find(device_type));
    Some(tokio::time::timeout(PATIENCE, search).await.ok()?.ok()?.to_vec())
}

/// The brands of the popular models, each with the categories that it has some in.
async fn popular_brands(desk: &Desk) -> Vec<(String, Vec<Category>)> {
    let searches = Category::ALL.iter().map(|category| popular(desk, category.word()));
    let mut brands: Vec<(String, Vec<Category>)> = Vec::new();
    for item in join_all(searches).await.into_iter().flatten().flatten() {
        match brands.iter_mut().find(|(brand, _)| *brand == item.brand) {
            Some((_, categories)) if categories.contains(&item.device_type) => {}
            Some((_, categories)) => categories.push(item.device_type),
            None => brands.push((item.brand, vec![item.device_type])),
        }
    }
    brands
}

/// Models whose names come nearest to one that the partner does not know.
async fn nearest_to(desk: &Desk, form: &QuoteForm) -> Option<Vec<CatalogueItem>> {
    let mut found = None;
    for keyword in domain::shorter_names(&form.model) {
        let items = desk.search(keyword, Category::find(&form.device_type)).await.ok()?;
        found = Some(items.to_vec());
        if !items.is_empty() {
            break;
        }
    }
    found
}
