//! The bodies of requests.

use domain::{PurchaseChannel, QuoteRequest, RepairHistory};
use provider::{GradeWords, SearchRequest};
use serde::Serialize;

/// A device, in the words of the Quote. What was not given is `null`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Asked<'a> {
    device_type: domain::Category,
    brand: &'a str,
    model: &'a str,
    storage: &'a str,
    ram: Option<&'a str>,
    condition: &'a str,
    function_status: String,
    repair_history: Option<&'a str>,
    purchase_channel: Option<&'a str>,
}

impl<'a> Asked<'a> {
    fn of(request: &'a QuoteRequest, words: Option<&'a GradeWords>) -> Self {
        let own = words.and_then(|words| words.word(request.grade()));
        Self {
            device_type: request.category(),
            brand: request.brand(),
            model: request.model(),
            storage: request.storage(),
            ram: request.ram(),
            condition: own.unwrap_or_else(|| domain::Term::word(request.grade())),
            function_status: request.function_status().to_string(),
            repair_history: request.repair_history().map(RepairHistory::word),
            purchase_channel: request.purchase_channel().map(PurchaseChannel::word),
        }
    }
}

/// The body of `POST {url}/quote`.
pub(crate) fn quote(request: &QuoteRequest, words: Option<&GradeWords>) -> Vec<u8> {
    #[derive(Serialize)]
    struct Body<'a> {
        device: Asked<'a>,
    }
    json(&Body { device: Asked::of(request, words) })
}

/// The body of `POST {url}/quotes`.
pub(crate) fn quotes(requests: &[QuoteRequest], words: Option<&GradeWords>) -> Vec<u8> {
    #[derive(Serialize)]
    struct Body<'a> {
        devices: Vec<Asked<'a>>,
    }
    json(&Body { devices: requests.iter().map(|request| Asked::of(request, words)).collect() })
}

/// The body of `POST {url}/search`. The contract has no field for the brand, so it is a word of the keyword.
pub(crate) fn search(request: &SearchRequest) -> Vec<u8> {
    #[derive(Serialize)]
    struct Body {
        keyword: String,
        device_type: Option<domain::Category>,
    }
    let words = [&request.brand, &request.keyword].into_iter().flatten();
    let words: Vec<_> = words.map(domain::PlainText::as_str).collect();
    json(&Body { keyword: words.join(" "), device_type: request.device_type })
}

fn json(body: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(body).expect("texts are JSON")
}
