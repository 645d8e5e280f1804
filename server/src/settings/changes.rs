use secrecy::ExposeSecret;

use super::{PartnerSettings, Settings};

impl Settings {
    /// The sections of these settings that differ from `running` ones and take effect at the
    /// next start only. Merchants and secrets do not wait for it.
    pub fn wait_for_a_start(&self, running: &Self) -> Vec<&'static str> {
        let token = |settings: &Self| settings.operator.token.clone();
        let same_token = match (token(self), token(running)) {
            (Some(one), Some(other)) => one.expose_secret() == other.expose_secret(),
            (one, other) => one.is_none() && other.is_none(),
        };
        let sections = [
            ("site", self.site != running.site),
            ("partner", partner(&self.partner) != partner(&running.partner)),
            ("records", self.records != running.records),
            ("limits", self.limits != running.limits),
            ("operator", !same_token),
            ("logs", self.logs != running.logs),
        ];
        sections.into_iter().filter(|(_, changed)| *changed).map(|(name, _)| name).collect()
    }
}

/// What stays as it was while the server runs: all but secrets.
fn partner(settings: &PartnerSettings) -> impl PartialEq + use<'_> {
    let PartnerSettings {
        account,
        next: _,
        profile,
        way,
        daily_quota,
        shopper_reserve,
        search_share,
        deadline,
        native_batch,
    } = settings;
    (account.is_some(), (profile, way), daily_quota, shopper_reserve, search_share, deadline, native_batch)
}
