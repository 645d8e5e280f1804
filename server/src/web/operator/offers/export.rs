//! `/ops/offers/export.csv` and `.jsonl`: the selected offers as a file, read page by page.

use std::io;
use std::sync::Arc;

use app::operator::offers::OffersQuery;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use checkout::{Checkout, Kept, OfferView};
use futures::stream;

use super::selection;
use crate::web::operator::visit::OperatorVisit;

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Csv,
    JsonLines,
}

/// The columns of the table, named as in an offer's JSON.
const COLUMNS: [&str; 16] = [
    "id",
    "code",
    "merchant",
    "state",
    "order_id",
    "amount",
    "price",
    "top_up",
    "brand",
    "model",
    "storage",
    "product",
    "accepted_at",
    "redeemed_at",
    "expires_at",
    "sandbox",
];

/// `GET /ops/offers/export.csv`
pub(in crate::web::operator) async fn export_csv(
    State(checkout): State<Arc<Checkout>>,
    Query(asked): Query<OffersQuery>,
    _: OperatorVisit,
) -> Response {
    let about = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"offers.csv\""),
    ];
    (about, Body::from_stream(pages(checkout, asked, Format::Csv))).into_response()
}

/// `GET /ops/offers/export.jsonl`
pub(in crate::web::operator) async fn export_json_lines(
    State(checkout): State<Arc<Checkout>>,
    Query(asked): Query<OffersQuery>,
    _: OperatorVisit,
) -> Response {
    let about = [
        (header::CONTENT_TYPE, "application/jsonl"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"offers.jsonl\""),
    ];
    (about, Body::from_stream(pages(checkout, asked, Format::JsonLines))).into_response()
}

/// The file in pieces, one for each page of offers. An error ends it, so that a browser knows that it is cut off.
fn pages(
    checkout: Arc<Checkout>,
    asked: OffersQuery,
    format: Format,
) -> impl futures::Stream<Item = io::Result<String>> {
    // Whether it is the first page, and the cursor; `None` after the last page.
    stream::try_unfold(Some((true, None::<String>)), move |state| {
        let (checkout, asked) = (Arc::clone(&checkout), asked.clone());
        async move {
            let Some((is_first, after)) = state else { return Ok(None) };
            let mut text = match format {
                // Excel recognises the encoding by the byte order mark.
                Format::Csv if is_first => format!("\u{feff}{}", line(COLUMNS.map(str::to_owned))?),
                Format::Csv | Format::JsonLines => String::new(),
            };
            let page = checkout.list(selection(&asked, after.as_deref(), Checkout::LONGEST_PAGE)).await;
            let page = page.map_err(|error| {
                tracing::error!(%error, "a file of offers is cut off");
                io::Error::other("the file is cut off")
            })?;
            for kept in &page.items {
                text += &match format {
                    Format::Csv => line(row(kept))?,
                    Format::JsonLines => json(kept)? + "\n",
                };
            }
            Ok(Some((text, page.next.map(|next| (false, Some(next))))))
        }
    })
}

fn json(kept: &Kept) -> io::Result<String> {
    Ok(serde_json::to_string(&OfferView::without_token(&kept.offer, &kept.standing))?)
}

fn row(kept: &Kept) -> [String; 16] {
    let Kept { offer, standing } = kept;
    let (credit, device, state) = (offer.credit(), &offer.quote().device, &standing.state);
    [
        offer.id().to_string(),
        offer.code().to_string(),
        offer.merchant().to_owned(),
        state.code().to_owned(),
        state.order_id().map(ToString::to_string).unwrap_or_default(),
        credit.amount().amount.fen().to_string(),
        credit.price().fen().to_string(),
        credit.top_up().fen().to_string(),
        device.brand.clone(),
        device.model.clone(),
        device.storage.clone(),
        offer.product().map(|product| product.name.clone()).unwrap_or_default(),
        offer.accepted_at().to_string(),
        state.redeemed_at().map(|at| at.to_string()).unwrap_or_default(),
        offer.expires_at().to_string(),
        offer.sandbox().to_string(),
    ]
}

/// A line of CSV. A text that a spreadsheet would take for a formula begins with an apostrophe.
fn line<const N: usize>(cells: [String; N]) -> io::Result<String> {
    let mut line = csv::Writer::from_writer(Vec::new());
    line.write_record(cells.map(sheet::harmless))?;
    let line = line.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    Ok(String::from_utf8_lossy(&line).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula_and_never_two() {
        let cells = ["=1+1", "a,b", "say \"hi\"", "4700"].map(str::to_owned);
        assert_eq!(line(cells).unwrap(), "'=1+1,\"a,b\",\"say \"\"hi\"\"\",4700\n");
    }
}
