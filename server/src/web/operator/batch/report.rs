use std::io::{self, BufWriter, Write};
use std::path::Path as FilePath;

use app::words::batch_text;
use app::words::report::ReportWords;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::{Failure, Moment};
use futures::{StreamExt, stream};
use jiff::Timestamp;
use lists::{Format, Lists, write_report};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::sync::mpsc;

use super::found::find;
use crate::web::operator::visit::OperatorVisit;

/// How many bytes are sent at a time.
const PIECE: usize = 64 * 1024;

/// `GET /batch/{id}/report.xlsx`, `.csv` or `.jsonl`: the results of a list so far.
pub(in crate::web) async fn download(
    State(lists): State<Lists>,
    Path((id, file)): Path<(String, String)>,
    visit: OperatorVisit,
) -> Response {
    let format = Format::of(FilePath::new(&file)).filter(|_| file.starts_with("report."));
    let found = match format {
        Some(format) => find(&lists, &id).await.map(|batch| (format, batch)),
        _ => Err(Failure::NotFound),
    };
    let (format, batch) = match found {
        Ok(found) => found,
        Err(failure) => return visit.refuse(failure),
    };
    let (pieces, received) = mpsc::channel(4);
    let (words, records) = (ReportWords(visit.locale()), lists.records().clone());
    let made_at = Moment::new(Timestamp::now());
    tokio::spawn(async move {
        let out = BufWriter::with_capacity(PIECE, Pieces(pieces.clone()));
        if let Err(error) = write_report(words, records, batch.id, format, made_at, out).await {
            tracing::error!(batch = batch.id.0, %error, "a report is cut off");
            // An error tells the browser that the file is incomplete.
            let _ = pieces.send(Err(io::Error::other("the report is cut off"))).await;
        }
    });
    let pieces = stream::unfold(received, async |mut received| Some((received.recv().await?, received)));
    // The compression layer polls the stream once more after its end.
    let pieces = pieces.fuse();
    let name = FilePath::new(&batch.name).with_extension("").display().to_string();
    let name = attachment(&format!("{name}-{file}"), &file);
    let headers =
        [(header::CONTENT_TYPE, media_type(format).to_owned()), (header::CONTENT_DISPOSITION, name)];
    (headers, Body::from_stream(pieces)).into_response()
}

/// `GET /batch/template.xlsx`: an empty list to fill in.
pub(in crate::web) async fn template(visit: OperatorVisit) -> Response {
    let locale = visit.locale();
    match sheet::template(&batch_text::headings(locale), &[batch_text::example(locale)]) {
        Ok(file) => {
            let headers = [
                (header::CONTENT_TYPE, media_type(Format::Xlsx).to_owned()),
                (header::CONTENT_DISPOSITION, attachment("device-list.xlsx", "device-list.xlsx")),
            ];
            (headers, file).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "the template cannot be made");
            visit.refuse(Failure::Internal { request_id: String::new() })
        }
    }
}

/// What the file is, for browsers.
fn media_type(format: Format) -> &'static str {
    match format {
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Format::Csv => "text/csv; charset=utf-8",
        Format::JsonLines => "application/jsonl",
    }
}

/// The header with the name for a downloaded file: in all characters (RFC 8187), and in ASCII for old
/// programs.
fn attachment(name: &str, plain: &str) -> String {
    const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');
    let encoded = utf8_percent_encode(name, ENCODED);
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

/// A writer whose output is sent in pieces. If the receiver is closed, writing fails.
struct Pieces(mpsc::Sender<Result<Bytes, io::Error>>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let piece = Bytes::copy_from_slice(bytes);
        self.0.blocking_send(Ok(piece)).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
