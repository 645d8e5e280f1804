//! The server function that searches for models.

use domain::{CatalogueItem, Category, Failure, Term};
use leptos::prelude::*;
use server_fn::codec::Json;

use super::call::{Asking, admit};
use super::refuse::refuse;
use crate::parts::failure_report::FailureReport;
use crate::parts::frame::FrameFields;
use crate::shopper::keyword;

/// Finds models with their storage and memory: `POST /api/fn/search`. An empty keyword returns the popular
/// models of the category. A keyword that is too short to search for ([`crate::shopper::keyword`]) is
/// `invalid_input`.
///
/// # Errors
/// Any of the closed list, with its HTTP status.
#[allow(unreachable_pub, reason = "the macro writes an inner copy with the same visibility")]
#[server(name = AskSearch, prefix = "/api/fn", endpoint = "search", output = Json)]
pub async fn search(
    /// A model's name or a part of it.
    #[server(default)]
    keyword: String,
    /// A category's word or code; empty: any.
    #[server(default)]
    device_type: String,
    /// The language of a failure's words.
    #[server(default)]
    locale: String,
    /// The merchant whose form it is.
    #[server(default)]
    merchant: String,
) -> Result<Vec<CatalogueItem>, FailureReport> {
    let frame = FrameFields { locale, merchant, ..FrameFields::default() };
    find(&keyword, &device_type, &frame.merchant).await.map_err(|failure| refuse(&frame, failure))
}

async fn find(keyword: &str, device_type: &str, merchant: &str) -> Result<Vec<CatalogueItem>, Failure> {
    let Asking { desks, categories } = admit(merchant).await?;
    keyword::check(keyword)?;
    let items = desks.search(keyword, Category::find(device_type)).await?;
    Ok(items.iter().filter(|item| categories.contains(&item.device_type)).cloned().collect())
}
