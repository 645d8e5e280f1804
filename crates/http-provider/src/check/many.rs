//! Several devices in one call.

use domain::QuoteRequest;
use provider::Refusal;
use serde_json::Value;

use super::answers::{cause, faultless, finding, json};
use super::device::unknown_model;
use super::findings::{Cause, Detail, Finding, Why};
use super::trial::Trial;
use crate::shape::{Wanted, item_faults};
use crate::{Code, Fault, asked};

impl Trial<'_> {
    /// Several devices in one call, among them one that the service does not know.
    pub(super) async fn many(&self, device: &QuoteRequest, many: Option<usize>) -> Finding {
        let Some(many) = many else { return Finding::NotTried(Why::NotOffered) };
        let mut devices = vec![device.clone(), unknown_model(device), device.clone()];
        devices.truncate(many);
        let body = asked::quotes(&devices, self.client.grades());
        let answer = match self.client.post("quotes", body, self.attempt()).await {
            Ok(received) => json(&received),
            Err(error) => Err(Cause::NoAnswer(error.into())),
        };
        finding(answer.and_then(|answer| self.each_in_order(&answer, &devices)).map(|()| Detail::None))
    }

    fn each_in_order(&self, answer: &Value, devices: &[QuoteRequest]) -> Result<(), Cause> {
        let Some(items) = answer["items"].as_array() else {
            return Err(Cause::Shape(vec![Fault { path: "items".into(), wanted: Wanted::Array }]));
        };
        if items.len() != devices.len() {
            return Err(Cause::Items { got: items.len(), wanted: devices.len() });
        }
        for (place, (item, device)) in items.iter().zip(devices).enumerate() {
            let faults = item_faults(item).into_iter();
            faultless(
                faults
                    .map(|fault| Fault { path: format!("items[{place}].{}", fault.path), ..fault })
                    .collect(),
            )?;
            let said = serde_json::from_value(item.clone()).map_err(|_| Cause::NotJson)?;
            let is_unknown = place == 1;
            let wrong = match self.client.judged(said, device) {
                Ok(_) if !is_unknown => continue,
                Err(Refusal::ModelUnknown(_)) if is_unknown => continue,
                Ok(_) => Cause::Code { got: None, wanted: Code::ModelUnknown },
                Err(refusal) => cause(refusal, item),
            };
            return Err(wrong.about(format!("items[{place}]")));
        }
        Ok(())
    }
}
