//! Signing in and out.

use std::convert::Infallible;

use app::operator::sign_in::{draw_by_https, draw_sign_in, sign_in_by_https, too_many_tokens, wrong_token};
use axum::Form;
use axum::extract::{FromRef, FromRequestParts, Query, State};
use axum::http::StatusCode;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::SignedCookieJar;
use desk::Desk;
use domain::Failure;
use serde::Deserialize;

use super::auth::OperatorAuth;
use super::guest::Guest;
use crate::merchants::PageOrigin;
use crate::web::edge::headers::{Life, text};
use crate::web::edge::limits::Asker;
use crate::web::edge::refused::{Refused, status};
use crate::web::site::Site;
use crate::web::visit::Visit;

/// The address of the operator's first page, which is the form's own.
const FIRST_PAGE: &str = "/ops";

/// What the query of `/ops` says.
#[derive(Deserialize)]
pub(super) struct Way {
    /// The path of the page to open after signing in.
    #[serde(default)]
    pub(super) way: String,
    /// The same, after signing in from a page under http. Its browser may not have kept the session.
    pub(super) by_http: Option<String>,
}

/// The answer to a request that needs the operator and is not theirs: the form, which leads on to the page that
/// was asked for. Nothing of a body is read.
pub(super) async fn ask_instead<S: Send + Sync>(parts: &mut Parts, state: &S) -> Response
where
    Site: FromRef<S>,
    Desk: FromRef<S>,
{
    let Ok(Guest { visit, .. }) = Guest::from_request_parts(parts, state).await;
    let path = parts.uri.path();
    if path != FIRST_PAGE {
        let is_page = parts.method.is_safe();
        return ask(visit, if is_page { path } else { "/batch" }, Failure::NotAllowed, None);
    }
    match Query::<Way>::try_from_uri(&parts.uri) {
        Ok(Query(Way { way, by_http })) => match by_http.zip(https_home(&Site::from_ref(state))) {
            Some((way, home)) => lead_to_https(visit, one_of_ours(&way), &home),
            None => ask(visit, one_of_ours(&way), Failure::NotAllowed, None),
        },
        Err(invalid) => invalid.into_response(),
    }
}

/// The form, which leads on to the page at `way`, with `problem` where signing in failed.
pub(in crate::web) fn ask(visit: Visit, way: &str, failure: Failure, problem: Option<String>) -> Response {
    let text = draw_sign_in(&visit.setting, way, problem.as_deref());
    let page = unstored(visit, status(&failure), text);
    let refused = Refused::from(failure);
    match problem {
        Some(problem) => refused.saying(problem),
        None => refused,
    }
    .told_by(page)
}

/// `way` where it is the path of a page of this server, else the first page.
pub(super) fn one_of_ours(way: &str) -> &str {
    let plain = way.chars().all(|letter| letter.is_ascii_alphanumeric() || "/-.".contains(letter));
    // Two slashes at the beginning would name another server.
    if plain && way.starts_with('/') && !way.starts_with("//") { way } else { FIRST_PAGE }
}

/// The https address of this server, where one is set.
pub(super) fn https_home(site: &Site) -> Option<String> {
    site.public_url().filter(|_| site.is_https())
}

/// The https address where the session is kept, and the page that the request comes from, where that page is
/// under http. Its browser may drop the session.
pub(super) struct ByHttp(Option<(String, PageOrigin)>);

impl<S: Send + Sync> FromRequestParts<S> for ByHttp
where
    Site: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let page = PageOrigin::of(&text(&parts.headers, header::ORIGIN));
        let page = page.filter(|page| page.scheme() == "http");
        Ok(Self(https_home(&Site::from_ref(state)).zip(page)))
    }
}

/// The page that leads to the https address, for a browser that came by http and so keeps no session.
fn lead_to_https(visit: Visit, way: &str, home: &str) -> Response {
    let (text, problem) =
        (draw_by_https(&visit.setting, way, home), sign_in_by_https(visit.setting.locale, home));
    let page = unstored(visit, status(&Failure::NotAllowed), text);
    Refused::from(Failure::NotAllowed).saying(problem).told_by(page)
}

/// The fields of the form.
#[derive(Deserialize)]
pub(super) struct SignIn {
    #[serde(default)]
    token: String,
    /// The path of the page to open then.
    #[serde(default)]
    way: String,
}

/// `POST /ops`: signs in.
///
/// If the server is reached by https, a browser that comes by http drops the session's cookie, and would see the
/// form again. So a page under http leads to the https address, whatever the token is. The exception is this
/// machine: most browsers keep the cookie there, so signing in is tried, and the next page says where it failed.
pub(super) async fn sign_in(
    State(desk): State<Desk>,
    State(auth): State<OperatorAuth>,
    Guest { visit, frame }: Guest,
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
    match auth.is_token(&form.token, asker.household()) {
        Ok(true) => {
            let next = match by_http {
                Some(_) => frame.link_with(FIRST_PAGE, ("by_http", way)),
                None => frame.link(way),
            };
            (auth.begin(jar, desk.now()), Redirect::to(&next)).into_response()
        }
        Ok(false) => {
            let problem = wrong_token(visit.setting.locale).to_owned();
            ask(visit, way, Failure::NotAllowed, Some(problem))
        }
        Err(early) => {
            let problem = too_many_tokens(visit.setting.locale, early.wait_seconds);
            ask(visit, way, early.into(), Some(problem))
        }
    }
}

/// `POST /ops/leave`: signs out.
pub(super) async fn sign_out(
    State(auth): State<OperatorAuth>,
    Guest { frame, .. }: Guest,
    jar: SignedCookieJar,
) -> Response {
    (auth.end(jar), Redirect::to(&frame.link(FIRST_PAGE))).into_response()
}

/// A page that browsers do not keep, so that it is gone after signing out.
fn unstored(visit: Visit, status: StatusCode, text: String) -> Response {
    visit.lasting(Life::Personal, status, text).into_response()
}

#[cfg(test)]
mod tests {
    use super::one_of_ours;

    #[test]
    fn signing_in_leads_to_a_page_of_this_server_only() {
        for way in ["/batch", "/batch/12", "/preview", "/ops", "/batch/template.xlsx"] {
            assert_eq!(one_of_ours(way), way);
        }
        for way in ["", "batch", "//evil.example", "https://evil.example", "/\\evil.example", "/batch?a=b"] {
            assert_eq!(one_of_ours(way), "/ops", "{way}");
        }
    }
}
