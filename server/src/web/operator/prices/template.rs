//! Price lists to fill in.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::Failure;
use pricelist::Template;

use crate::web::operator::visit::OperatorVisit;

/// `GET /ops/prices/template.xlsx`: one price, and the sheet of discounts.
pub(in crate::web::operator) async fn one_price(visit: OperatorVisit) -> Response {
    workbook(visit, Template::OnePrice, "attachment; filename=\"price-list.xlsx\"")
}

/// `GET /ops/prices/template-by-grade.xlsx`: a column for each grade.
pub(in crate::web::operator) async fn by_grade(visit: OperatorVisit) -> Response {
    workbook(visit, Template::ByGrade, "attachment; filename=\"price-list-by-grade.xlsx\"")
}

fn workbook(visit: OperatorVisit, template: Template, name: &'static str) -> Response {
    match template.workbook() {
        Ok(file) => {
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], file).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "the template of a price list cannot be made");
            visit.refuse(Failure::Internal { request_id: String::new() })
        }
    }
}
