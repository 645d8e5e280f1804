//! The parts of a page that wake in the browser.
//!
//! The server draws the whole form, and it works as it is. An island takes no data along:
//! what it needs stands in the page, where the shopper sees and changes it. So nothing
//! typed before it woke is lost, and the wasm carries neither the form's markup nor a
//! second parser. Awake, [`Estimator`] listens to the form; [`Chosen`] and [`Results`]
//! show what it finds.

mod ask;
mod chosen;
mod estimator;
mod page;
mod results;
mod search;
mod state;
mod walk;

pub use chosen::Chosen;
pub use estimator::Estimator;
pub use results::Results;

#[cfg(feature = "ssr")]
pub(crate) use chosen::{Answer, chosen_device};
#[cfg(test)]
pub(crate) use page::WISHES;
#[cfg(feature = "ssr")]
pub(crate) use results::result_list;
#[cfg(feature = "ssr")]
pub(crate) use state::Asking;

/// What the form's islands draw themselves, in the order of the page: elements by name, texts
/// as `#`, comments as `!`; what the page puts into them stands apart. The browser's half finds
/// its places by that order, so `public/islands.js` compares it with the page before it wakes
/// them: a translator or a proxy may have changed it on the way.
#[cfg(feature = "ssr")]
pub(crate) const SHAPE: &str = "form(p(!)!leptos-children()div(button(#)p(#))) p(!)div(leptos-children())! !";

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use std::sync::Arc;

    use super::SHAPE;
    use crate::Locale;
    use crate::document::{Assets, Setting, Shop};
    use crate::pages::widget::{Widget, draw_page};

    /// What the islands of a page drew themselves, by the rules of [`SHAPE`].
    fn shape(page: &str) -> String {
        let mut shapes = Vec::new();
        // What stands open, outermost first: names of elements, and which island they are in.
        let mut open: Vec<(&str, Option<usize>)> = Vec::new();
        let mut rest = page;
        while let Some(start) = rest.find('<') {
            let island = open.last().and_then(|(_, island)| *island);
            if start > 0
                && let Some(island) = island
            {
                let shape: &mut String = &mut shapes[island];
                shape.push('#');
            }
            let end = start + rest[start..].find('>').unwrap();
            let tag = &rest[start + 1..end];
            rest = &rest[end + 1..];
            let name = tag.split(' ').next().unwrap();
            if tag.starts_with('!') {
                island.iter().for_each(|island| shapes[*island].push('!'));
            } else if name.starts_with('/') {
                let (_, island) = open.pop().unwrap();
                let drawn = !matches!(name, "/leptos-island" | "/leptos-children");
                island.iter().filter(|_| drawn).for_each(|island| shapes[*island].push(')'));
            } else if name == "leptos-island" {
                shapes.push(String::new());
                open.push((name, Some(shapes.len() - 1)));
            } else if name == "leptos-children" {
                island.iter().for_each(|island| shapes[*island].push_str("leptos-children()"));
                open.push((name, None));
            } else if !matches!(name, "meta" | "link" | "input" | "img") {
                island.iter().for_each(|island| shapes[*island].push_str(&format!("{name}(")));
                open.push((name, island));
            }
        }
        shapes.join(" ")
    }

    #[test]
    fn the_islands_draw_what_the_browser_expects() {
        let assets = Assets { style: String::new(), glue: String::new(), wasm: String::new() };
        let setting = Setting {
            locale: Locale::en,
            theme: "auto",
            accent: None,
            sandbox: true,
            origins: String::new(),
            still: false,
            shop: Shop::default(),
            assets: Arc::new(assets),
        };
        assert_eq!(shape(&draw_page(&setting, Widget::default())), SHAPE);
    }
}
