//! All checks, one after the other.

use super::findings::{Check, Finding, Line, Why};
use super::trial::Trial;

impl Trial<'_> {
    /// Makes all checks, one call after the other.
    pub async fn run(&self) -> Vec<Line> {
        let mut lines = Vec::with_capacity(Check::ALL.len());
        let (description, many) = self.description().await;
        lines.push(Line { check: Check::Description, finding: description });
        let (search, found) = self.search().await;
        lines.push(Line { check: Check::Search, finding: search });
        match self.device.clone().or(found) {
            Some(device) => {
                lines.extend(self.prices(&device).await);
                lines.push(Line { check: Check::Many, finding: self.many(&device, many).await });
                lines.extend(self.refusals(&device).await);
                lines.push(Line { check: Check::Speed, finding: self.speed(&device).await });
            }
            None => lines.extend(
                Check::ALL
                    .into_iter()
                    .skip(2)
                    .map(|check| Line { check, finding: Finding::NotTried(Why::NoPrice) }),
            ),
        }
        lines
    }
}
