//! The shop's own colour.

use csscolorparser::Color;

/// The shop's colour as a background, with the text colour, black or white, that is easier to read on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Accent(Color);

/// The least contrast of lines and marks with their background.
const LINE_CONTRAST: f32 = 3.0;
/// Relative luminances: of white, of black, and of the dark theme's background (`--ground`).
const WHITE: f32 = 1.0;
const BLACK: f32 = 0.0;
const DARK_GROUND: f32 = 0.0092;

impl Accent {
    /// Reads a CSS colour, such as `#0a7`, `teal` or `rgb(0 120 80)`; `None` for anything else and for
    /// transparent colours.
    pub fn parse(text: &str) -> Option<Self> {
        let colour = csscolorparser::parse(text.trim()).ok()?;
        (colour.a >= 1.0).then_some(Self(colour))
    }

    /// The colour as `#rrggbb`.
    pub fn hex(&self) -> String {
        self.0.to_css_hex().to_string()
    }

    /// The style sheet that sets it.
    pub fn style(&self) -> String {
        let text = if self.contrast_with(WHITE) >= self.contrast_with(BLACK) { "#fff" } else { "#000" };
        let (on_light, on_dark) = (self.mark_on(WHITE), self.mark_on(DARK_GROUND));
        format!(
            ":root{{--accent:{};--on-accent:{text};--mark:light-dark({on_light},{on_dark})}}",
            self.0.to_css_hex()
        )
    }

    /// Whether lines in this colour are hard to see on the light background, and on the dark one. If so,
    /// another shade is used there.
    pub fn faint(&self) -> (bool, bool) {
        (self.contrast_with(WHITE) < LINE_CONTRAST, self.contrast_with(DARK_GROUND) < LINE_CONTRAST)
    }

    /// The contrast ratio of WCAG 2.2 with a grey of that relative luminance. The higher of the ratios with
    /// black and white is always above 4.5.
    pub fn contrast_with(&self, luminance: f32) -> f32 {
        let [red, green, blue, _] = self.0.to_linear_rgba();
        let own = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        (own.max(luminance) + 0.05) / (own.min(luminance) + 0.05)
    }

    /// The colour for lines on a background of that luminance: the shop's colour, moved towards black or
    /// white until lines can be seen (WCAG 2.2, 1.4.11).
    fn mark_on(&self, ground: f32) -> String {
        let away = if ground > 0.5 { [0.0; 3] } else { [1.0; 3] };
        let end = Color::new(away[0], away[1], away[2], 1.0);
        let moved = (0..=20_u8).map(|step| Self(self.0.interpolate_oklab(&end, f32::from(step) / 20.0)));
        let seen = moved.into_iter().find(|colour| colour.contrast_with(ground) >= LINE_CONTRAST);
        seen.map_or(end, |colour| colour.0).to_css_hex().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_on_the_colour_can_be_read() {
        let style = |text| Accent::parse(text).map(|accent| accent.style()).unwrap_or_default();
        assert!(style("#0a7").starts_with(":root{--accent:#00aa77;--on-accent:#000;"));
        assert!(style("navy").starts_with(":root{--accent:#000080;--on-accent:#fff;"));
        for odd in ["", "red;}body{display:none", "rgba(0,0,0,.5)", "url(x)"] {
            assert_eq!(Accent::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn lines_are_seen_on_both_grounds_whatever_the_colour() {
        for text in ["#fff", "#000", "#ff0", "#ffd700", "navy", "#808080", "#0a7", "#e11"] {
            let accent = Accent::parse(text).unwrap();
            for ground in [WHITE, DARK_GROUND] {
                let mark = Accent::parse(&accent.mark_on(ground)).unwrap();
                assert!(mark.contrast_with(ground) >= LINE_CONTRAST - 0.05, "{text} on {ground}");
            }
        }
        let strong = Accent::parse("#0a6b52").unwrap();
        assert_eq!(strong.mark_on(WHITE), "#0a6b52", "a colour that is seen stays as it is");
    }
}
