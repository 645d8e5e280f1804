//! How a form's post is read: by the same reader as the form in an address.

use http::Method;
use server_fn::ContentType;
use server_fn::codec::{Encoding, FromReq, IntoReq};
use server_fn::error::FromServerFnError;
use server_fn::request::{ClientReq, Req};

use crate::form_query::FormQuery;
use crate::functions::AskQuote;

/// `application/x-www-form-urlencoded`, as browsers and scripts send it. The framework's
/// own reading of it would buffer every field to find out which struct it belongs to.
pub struct FormText;

impl ContentType for FormText {
    const CONTENT_TYPE: &'static str = "application/x-www-form-urlencoded";
}

impl Encoding for FormText {
    const METHOD: Method = Method::POST;
}

impl<E, Request> FromReq<FormText, Request, E> for AskQuote
where
    E: FromServerFnError,
    Request: Req<E> + Send + 'static,
{
    async fn from_req(request: Request) -> Result<Self, E> {
        Ok(Self { asked: FormQuery::parse(&request.try_into_string().await?) })
    }
}

impl<E, Request> IntoReq<FormText, Request, E> for AskQuote
where
    E: FromServerFnError,
    Request: ClientReq<E>,
{
    fn into_req(self, path: &str, accepts: &str) -> Result<Request, E> {
        Request::try_new_post(path, FormText::CONTENT_TYPE, accepts, self.asked.text())
    }
}
