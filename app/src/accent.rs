//! The shop's own colour.

use csscolorparser::Color;

/// A colour that text stands on: the shop's, with black or white for the text, whichever
/// can be read better.
#[derive(Clone, Debug, PartialEq)]
pub struct Accent(Color);

impl Accent {
    /// Reads a CSS colour, such as `#0a7`, `teal` or `rgb(0 120 80)`; `None` for anything
    /// else and for colours that one can see through.
    pub fn parse(text: &str) -> Option<Self> {
        let colour = csscolorparser::parse(text.trim()).ok()?;
        (colour.a >= 1.0).then_some(Self(colour))
    }

    /// The style sheet that sets it.
    pub fn style(&self) -> String {
        let text = if self.contrast_with(1.0) >= self.contrast_with(0.0) { "#fff" } else { "#000" };
        format!(":root{{--accent:{};--on-accent:{text}}}", self.0.to_css_hex())
    }

    /// The contrast ratio of WCAG 2.2 with a grey of that relative luminance. The better
    /// one of black and white is always above 4.5.
    fn contrast_with(&self, luminance: f32) -> f32 {
        let [red, green, blue, _] = self.0.to_linear_rgba();
        let own = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        (own.max(luminance) + 0.05) / (own.min(luminance) + 0.05)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_on_the_colour_can_be_read() {
        let style = |text| Accent::parse(text).map(|accent| accent.style());
        assert_eq!(style("#0a7").as_deref(), Some(":root{--accent:#00aa77;--on-accent:#000}"));
        assert_eq!(style("navy").as_deref(), Some(":root{--accent:#000080;--on-accent:#fff}"));
        for odd in ["", "red;}body{display:none", "rgba(0,0,0,.5)", "url(x)"] {
            assert_eq!(style(odd), None, "{odd}");
        }
    }
}
