//! Finds the changed settings that take effect only at the next start of the server.

use super::Settings;
use crate::providers::ProviderSettings;

impl Settings {
    /// The sections of these settings that differ from `running` ones and take effect at the next start only.
    /// Merchants and the partner's secrets take effect at once.
    pub fn wait_for_a_start(&self, running: &Self) -> Vec<&'static str> {
        // All fields are named here, so that a new section is not forgotten.
        let Self { site, partner, providers, records, fleet, offers, limits, operator, logs, merchants: _ } =
            self;
        let sections = [
            ("site", *site == running.site),
            ("partner", partner.is_same_but_secrets(&running.partner)),
            ("providers", same_providers(providers, &running.providers)),
            ("records", *records == running.records),
            ("fleet", *fleet == running.fleet),
            ("offers", *offers == running.offers),
            ("limits", *limits == running.limits),
            ("operator", operator.is_same(&running.operator)),
            ("logs", *logs == running.logs),
        ];
        sections.into_iter().filter(|(_, same)| !same).map(|(name, _)| name).collect()
    }
}

fn same_providers(one: &[ProviderSettings], other: &[ProviderSettings]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.is_same_but_secrets(other))
}
