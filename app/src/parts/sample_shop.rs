//! A shop's product page with the widget in it, as a sample for marketers.

use domain::Money;
use leptos::prelude::*;

use crate::parts::address::in_path;
use crate::parts::frame::FrameFields;
use crate::parts::icon::icon;
use crate::parts::state::State;
use crate::words::{Locale, language, td_string};

/// The price of the sample product.
pub(crate) const PRICE: Money = Money::from_fen(799_900);

/// The looks of the sample page, and the settings of its widget.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) merchant: String,
    pub(crate) locale: Locale,
    pub(crate) theme: &'static str,
    pub(crate) accent: String,
    /// The price of the page's product; `None` for a page without one.
    pub(crate) price: Option<Money>,
    /// The product's name.
    pub(crate) name: Option<String>,
    /// How wide the page is: `auto`, `phone` or `tablet`.
    pub(crate) width: &'static str,
    /// How the shop's page looks: `plain`, `serif` or `night`.
    pub(crate) look: &'static str,
    /// The state to show; `None` for the widget at work.
    pub(crate) state: Option<State>,
}

impl Sample {
    /// The working widget of `merchant` in a page with the default looks.
    pub(crate) fn new(merchant: &str, locale: Locale, theme: &'static str) -> Self {
        Self {
            merchant: merchant.to_owned(),
            locale,
            theme,
            accent: String::new(),
            price: Some(PRICE),
            name: Some(td_string!(locale, studio.product).to_owned()),
            width: "auto",
            look: "plain",
            state: None,
        }
    }

    /// The attributes of the element, by name, without empty ones.
    pub(crate) fn attributes(&self) -> Vec<(&'static str, String)> {
        let theme = Some(self.theme).filter(|theme| *theme != "auto");
        [
            ("merchant", Some(self.merchant.clone())),
            ("locale", Some(language::tag(self.locale).to_owned())),
            ("theme", theme.map(str::to_owned)),
            ("accent", Some(self.accent.clone()).filter(|accent| !accent.is_empty())),
            ("product-price", self.price.map(|price| price.fen().to_string())),
            ("product-name", self.name.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    fn attribute(&self, name: &str) -> Option<String> {
        self.attributes().into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    fn frame(&self) -> FrameFields {
        let said = |name| self.attribute(name).unwrap_or_default();
        FrameFields {
            merchant: String::new(),
            locale: said("locale"),
            theme: said("theme"),
            accent: said("accent"),
            product_price: said("product-price"),
            product_name: said("product-name"),
        }
    }
}

/// Draws the page. Without JavaScript, the frame is there at once, with a fixed height.
pub(crate) fn product_page(sample: &Sample) -> impl IntoView + use<> {
    let locale = sample.locale;
    let name = sample.name.clone().unwrap_or_else(|| td_string!(locale, studio.product).to_owned());
    let price = sample.price.map(|price| price.to_string());
    let placed = match sample.state {
        Some(state) => state_frame(sample, state).into_any(),
        None => widget(sample).into_any(),
    };
    view! {
        <article class="shop" lang=language::tag(locale) data-width=sample.width data-look=sample.look>
            <header class="shop-bar">{icon("icon", "bag")} {td_string!(locale, studio.shop)}</header>
            <div class="shop-product">
                <div class="shop-picture">{icon("shop-phone", "product")}</div>
                <div class="shop-facts">
                    <h2>{name}</h2>
                    <p class="hint">{td_string!(locale, studio.product_hint)}</p>
                    <p class="shop-price">{price}</p>
                    <p><span class="shop-buy">{td_string!(locale, studio.buy)}</span></p>
                </div>
            </div>
            <section class="shop-tradein">
                <h3>{td_string!(locale, studio.tradein)}</h3>
                {placed}
            </section>
        </article>
        <script type="module" src="/embed/v1.js"></script>
    }
}

fn widget(sample: &Sample) -> impl IntoView + use<> {
    let plain = sample.frame().link(&format!("/widget/{}", in_path(&sample.merchant)));
    view! {
        <trade-in-widget
            merchant=sample.attribute("merchant")
            locale=sample.attribute("locale")
            theme=sample.attribute("theme")
            accent=sample.attribute("accent")
            product-price=sample.attribute("product-price")
            product-name=sample.attribute("product-name")
            loading="eager"
        >
            <noscript>
                <iframe class="plain-frame" src=plain title=td_string!(sample.locale, brand_line)></iframe>
            </noscript>
        </trade-in-widget>
    }
}

fn state_frame(sample: &Sample, state: State) -> impl IntoView + use<> {
    let frame = FrameFields { merchant: sample.merchant.clone(), ..sample.frame() };
    let address = frame.link(&format!("/preview/state/{}", state.code()));
    view! { <iframe class="plain-frame state-frame" src=address title=state.name(sample.locale)></iframe> }
}
