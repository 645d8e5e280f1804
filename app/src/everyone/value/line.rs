//! How the lines of several buyers differ: in colour, in their dashes and in the marks of their days, so that they can be
//! told apart without colours too.

use leptos::prelude::*;

/// The dashes, by the place of the buyer. The first line has none.
const DASHES: [&str; 4] = ["", "9 5", "2 4", "14 4 2 4"];

/// The look of a buyer's line, by the place of the buyer among those that are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look(usize);

impl Look {
    pub(super) fn of(place: usize) -> Self {
        Self(place)
    }

    /// The class that gives the colour. The fifth buyer has the colour of the first, and so on.
    pub(super) fn class(self) -> String {
        format!("buyer-{}", self.0 % DASHES.len())
    }

    /// The dashes; `None` for a line without.
    pub(super) fn dashes(self) -> Option<&'static str> {
        // Lines of one colour have different dashes.
        let dashes = DASHES[(self.0 + self.0 / DASHES.len()) % DASHES.len()];
        (!dashes.is_empty()).then_some(dashes)
    }

    /// The mark of a day: a disc, a square, a triangle or a diamond.
    pub(super) fn mark(self, x: f64, y: f64, title: Option<String>) -> AnyView {
        let title = title.map(|title| view! { <title>{title}</title> });
        let shape = match self.0 % DASHES.len() {
            0 => {
                let (x, y) = (format!("{x:.1}"), format!("{y:.1}"));
                return view! { <circle cx=x cy=y r="5">{title}</circle> }.into_any();
            }
            1 => format!("M{:.1} {:.1}h9v9h-9z", x - 4.5, y - 4.5),
            2 => format!("M{x:.1} {:.1}l6 11h-12z", y - 7.0),
            _ => format!("M{x:.1} {:.1}l6 6l-6 6l-6-6z", y - 6.0),
        };
        view! { <path d=shape>{title}</path> }.into_any()
    }

    /// The line and its mark as a key beside the buyer's name.
    pub(super) fn key(self) -> impl IntoView {
        view! {
            <svg width="36" height="14" viewBox="0 0 36 14" aria-hidden="true">
                <polyline points="0,7 36,7" stroke-dasharray=self.dashes()></polyline>
                {self.mark(18.0, 7.0, None)}
            </svg>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_of_sixteen_buyers_look_the_same() {
        let looks: Vec<_> =
            (0..16).map(|place| (Look::of(place).class(), Look::of(place).dashes())).collect();
        for (place, look) in looks.iter().enumerate() {
            assert!(!looks[..place].contains(look), "{place}: {look:?}");
        }
        assert_eq!(looks[0], ("buyer-0".to_owned(), None), "a buyer alone has a plain line");
    }

    #[test]
    fn buyers_of_different_colours_have_different_marks() {
        let mark = |place| Look::of(place).mark(10.0, 10.0, None).to_html();
        let marks: std::collections::HashSet<_> = (0..4).map(mark).collect();
        assert_eq!(marks.len(), 4);
    }
}
