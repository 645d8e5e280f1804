use app::frame::FrameFields;
use app::functions::RequestId;
use app::pages::ops::{Overview, draw_by_https, draw_page, draw_sign_in};
use app::{Locale, words};
use axum::Form;
use axum::extract::{FromRef, FromRequestParts, Query, State};
use axum::http::StatusCode;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::SignedCookieJar;
use desk::Desk;
use domain::{Failure, Moment};
use serde::Deserialize;

use super::headers::{Life, text};
use super::limits::Asker;
use super::operator::{Access, Operator};
use super::refused::{Refused, status};
use super::site::Site;
use super::visit::Visit;
use crate::batches::Batches;
use crate::merchants::PageOrigin;

/// An operator's visit, in the language that they chose.
pub(super) struct OperatorVisit {
    pub(super) visit: Visit,
    frame: FrameFields,
}

impl OperatorVisit {
    /// The language.
    pub(super) fn locale(&self) -> Locale {
        self.visit.setting.locale
    }

    /// The address of another of the operator's pages, in the same language.
    pub(super) fn link(&self, path: &str) -> String {
        self.frame.link(path)
    }

    /// The page of a failure.
    pub(super) fn refuse(self, failure: Failure) -> Response {
        let way_out = self.frame.link("/batch");
        self.visit.refuse(failure, way_out)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for OperatorVisit
where
    Site: FromRef<S>,
    Desk: FromRef<S>,
{
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let Query(asked) = Query::<FrameFields>::try_from_uri(&parts.uri).unwrap_or_default();
        // Of what a host could wish, an operator chooses the language.
        let frame = FrameFields { locale: asked.locale, ..FrameFields::default() };
        let id = parts.extensions.get::<RequestId>().cloned().unwrap_or_default();
        let (site, desk) = (Site::from_ref(state), Desk::from_ref(state));
        Ok(Self { visit: Visit::new(&site, &desk, &parts.headers, &frame, id), frame })
    }
}

/// Where to go after signing in.
#[derive(Deserialize)]
pub(super) struct Way {
    #[serde(default)]
    way: String,
    /// The same, after signing in from a page under http that may not keep the session.
    by_http: Option<String>,
}

/// `GET /ops`; `?way=` names another page to sign in for.
pub(super) async fn show(
    State(site): State<Site>,
    State(desk): State<Desk>,
    State(batches): State<Batches>,
    access: Access,
    Query(Way { way, by_http }): Query<Way>,
    OperatorVisit { visit, frame }: OperatorVisit,
) -> Response {
    if let (Some(way), Some(home)) = (by_http, https_home(&site)) {
        let way = one_of_ours(&way);
        return match access.is_operator() {
            true => Redirect::to(&frame.link(way)).into_response(),
            false => lead_to_https(visit, way, &home),
        };
    }
    if !access.is_operator() {
        return ask_to_sign_in(visit, one_of_ours(&way), Failure::NotAllowed, None);
    }
    let today = desk.today().await.ok();
    let mistake = site.mistake().map(|mistake| mistake.to_string());
    let (now, refused_lists) = (Moment::new(desk.now()), batches.refused());
    let visitors_alike = site.proxies().make_visitors_alike();
    let overview = Overview { state: desk.state(), today, now, mistake, refused_lists, visitors_alike };
    let text = draw_page(&visit.setting, &overview);
    unstored(visit, StatusCode::OK, text)
}

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct SignIn {
    #[serde(default)]
    token: String,
    /// Where to go then.
    #[serde(default)]
    way: String,
}

/// One of the operator's pages, whatever was sent.
fn one_of_ours(way: &str) -> &str {
    let plain = way.chars().all(|letter| letter.is_ascii_alphanumeric() || "/-.".contains(letter));
    if plain && (way.starts_with("/batch") || way == "/preview") { way } else { "/ops" }
}

/// Where this server is reached by https, where that is set.
fn https_home(site: &Site) -> Option<String> {
    site.public_url().filter(|_| site.is_https())
}

/// The address by https where the session is kept, and the page, where a request comes from a page
/// under http and so its browser may drop the session.
pub(super) struct ByHttp(Option<(String, PageOrigin)>);

impl<S: Send + Sync> FromRequestParts<S> for ByHttp
where
    Site: FromRef<S>,
{
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let page = PageOrigin::of(&text(&parts.headers, header::ORIGIN));
        let page = page.filter(|page| page.scheme() == "http");
        Ok(Self(https_home(&Site::from_ref(state)).zip(page)))
    }
}

/// Tells a browser that came by http, and so keeps no session, where to sign in instead.
fn lead_to_https(visit: Visit, way: &str, home: &str) -> Response {
    let (text, problem) =
        (draw_by_https(&visit.setting, way, home), words::sign_in_by_https(visit.setting.locale, home));
    let page = unstored(visit, status(&Failure::NotAllowed), text);
    Refused::from(Failure::NotAllowed).saying(problem).told_by(page)
}

/// `POST /ops`: signs in. Where the session goes over https only, a page under http is told so,
/// whatever token it sent: its browser would drop the session, and show the form again. On this
/// machine most browsers keep it all the same, so there it is tried, and told if it failed.
pub(super) async fn sign_in(
    State(desk): State<Desk>,
    State(operator): State<Operator>,
    OperatorVisit { visit, frame }: OperatorVisit,
    asker: Asker,
    ByHttp(by_http): ByHttp,
    jar: SignedCookieJar,
    Form(form): Form<SignIn>,
) -> Response {
    let way = one_of_ours(&form.way);
    if let Some((home, page)) = &by_http
        && !page.is_loopback()
    {
        return lead_to_https(visit, way, home);
    }
    match operator.knows(&form.token, asker.household()) {
        Ok(true) => {
            let next = match by_http {
                Some(_) => frame.link_with("/ops", ("by_http", way)),
                None => frame.link(way),
            };
            (operator.begin(jar, desk.now()), Redirect::to(&next)).into_response()
        }
        Ok(false) => {
            let problem = words::wrong_token(visit.setting.locale).to_owned();
            ask_to_sign_in(visit, way, Failure::NotAllowed, Some(problem))
        }
        Err(wait) => {
            let seconds = wait.as_secs() + 1;
            let problem = words::too_many_tokens(visit.setting.locale, seconds);
            let early = Failure::RateLimited { retry_after_seconds: seconds };
            ask_to_sign_in(visit, way, early, Some(problem))
        }
    }
}

/// `POST /ops/leave`: signs out.
pub(super) async fn sign_out(
    State(operator): State<Operator>,
    OperatorVisit { frame, .. }: OperatorVisit,
    jar: SignedCookieJar,
) -> Response {
    (operator.end(jar), Redirect::to(&frame.link("/ops"))).into_response()
}

/// The form that leads on to the page at `way`, with `problem` where signing in failed.
pub(super) fn ask_to_sign_in(visit: Visit, way: &str, failure: Failure, problem: Option<String>) -> Response {
    let text = draw_sign_in(&visit.setting, way, problem.as_deref());
    let page = unstored(visit, status(&failure), text);
    let refused = Refused::from(failure);
    match problem {
        Some(problem) => refused.saying(problem),
        None => refused,
    }
    .told_by(page)
}

/// Nobody finds it in the browser after signing out.
fn unstored(visit: Visit, status: StatusCode, text: String) -> Response {
    visit.lasting(Life::Personal, status, text).into_response()
}
