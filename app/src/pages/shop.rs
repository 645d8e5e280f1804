use domain::Money;
use leptos::prelude::*;

use crate::i18n::td_string;
use crate::icon::icon;
use crate::{Locale, language};

/// What the sample product costs.
pub(super) const PRICE: Money = Money::from_fen(799_900);

/// How the widget stands in the sample page.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    pub(super) merchant: String,
    pub(super) locale: Locale,
    pub(super) theme: &'static str,
    pub(super) accent: String,
}

/// A shop's product page with the widget in it. Without JavaScript the frame stands there
/// at once, at a fixed height.
pub(super) fn product_page(sample: &Sample) -> impl IntoView + use<> {
    let Sample { merchant, locale, theme, accent } = sample.clone();
    let name = td_string!(locale, studio.product);
    let tag = language::tag(locale);
    let frame = crate::frame::FrameFields {
        locale: tag.into(),
        theme: theme.into(),
        accent: accent.clone(),
        product_price: PRICE.fen().to_string(),
        product_name: name.into(),
        ..Default::default()
    };
    let plain = frame.link(&format!("/widget/{}", crate::frame::in_path(&merchant)));
    view! {
        <article class="shop" lang=tag>
            <header class="shop-bar">{icon("icon", "bag")} {td_string!(locale, studio.shop)}</header>
            <div class="shop-product">
                <div class="shop-picture">{icon("shop-phone", "product")}</div>
                <div class="shop-facts">
                    <h2>{name}</h2>
                    <p class="hint">{td_string!(locale, studio.product_hint)}</p>
                    <p class="shop-price">{PRICE.to_string()}</p>
                    <p><span class="shop-buy">{td_string!(locale, studio.buy)}</span></p>
                </div>
            </div>
            <section class="shop-tradein">
                <h3>{td_string!(locale, studio.tradein)}</h3>
                <trade-in-widget
                    merchant=merchant
                    locale=tag
                    theme=theme
                    accent=(!accent.is_empty()).then_some(accent)
                    product-price=PRICE.fen().to_string()
                    product-name=name
                    loading="eager"
                >
                    <noscript>
                        <iframe class="plain-frame" src=plain title=td_string!(locale, brand_line)></iframe>
                    </noscript>
                </trade-in-widget>
            </section>
        </article>
        <script type="module" src="/embed/v1.js"></script>
    }
}

/// The two lines for a shop's page.
pub(super) fn snippet(host: &str, sample: &Sample) -> String {
    let Sample { merchant, locale, theme, accent } = sample;
    let accent = if accent.is_empty() { String::new() } else { format!(" accent=\"{}\"", escaped(accent)) };
    let name = td_string!(*locale, studio.product);
    format!(
        "<script type=\"module\" src=\"{host}/embed/v1.js\"></script>\n\
         <trade-in-widget merchant=\"{}\" locale=\"{}\" theme=\"{theme}\"{accent} product-price=\"{}\" product-name=\"{name}\"></trade-in-widget>",
        escaped(merchant),
        language::tag(*locale),
        PRICE.fen()
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
