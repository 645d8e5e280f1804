use app::frame::FrameFields;
use app::functions::RequestId;
use app::pages::ops::{Overview, draw_page, draw_sign_in};
use app::{Locale, words};
use axum::Form;
use axum::extract::{FromRef, FromRequestParts, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::SignedCookieJar;
use desk::Desk;
use domain::{Failure, Moment};
use serde::Deserialize;

use super::headers::Life;
use super::limits::Asker;
use super::operator::{Access, Operator};
use super::pages::{Visit, status};
use super::refused::Refused;
use super::site::Site;
use crate::batches::Batches;

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
}

/// `GET /ops`; `?way=` names another page to sign in for.
pub(super) async fn show(
    State(site): State<Site>,
    State(desk): State<Desk>,
    State(batches): State<Batches>,
    access: Access,
    Query(Way { way }): Query<Way>,
    OperatorVisit { visit, .. }: OperatorVisit,
) -> Response {
    if !access.is_operator() {
        return ask_to_sign_in(visit, one_of_ours(&way), Failure::NotAllowed, None);
    }
    let today = desk.today().await.ok();
    let mistake = site.mistake().map(|mistake| mistake.to_string());
    let (now, refused_lists) = (Moment::new(desk.now()), batches.refused());
    let overview = Overview { state: desk.state(), today, now, mistake, refused_lists };
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

/// `POST /ops`: signs in.
pub(super) async fn sign_in(
    State(desk): State<Desk>,
    State(operator): State<Operator>,
    OperatorVisit { visit, frame }: OperatorVisit,
    asker: Asker,
    jar: SignedCookieJar,
    Form(form): Form<SignIn>,
) -> Response {
    let way = one_of_ours(&form.way);
    match operator.knows(&form.token, asker.household()) {
        Ok(true) => (operator.begin(jar, desk.now()), Redirect::to(&frame.link(way))).into_response(),
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
