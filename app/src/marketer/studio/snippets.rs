//! The lines for a shop's page, for each way in which shops are built. The end-to-end tests try each way as a
//! page of `docs/examples`.

use super::page::Studio;
use crate::parts::sample_shop::Sample;

/// The lines for a page of plain HTML, and for page builders.
pub(super) fn html(studio: &Studio, sample: &Sample) -> String {
    format!(
        "<script type=\"module\" src=\"{}/embed/v1.js\"></script>\n{}",
        studio.host,
        element(sample, "<trade-in-widget", "></trade-in-widget>")
    )
}

/// The same with a loader that never changes, for pages that use `integrity`.
pub(super) fn pinned(studio: &Studio, sample: &Sample) -> String {
    let (host, loader) = (&studio.host, &studio.loader);
    format!(
        "<script type=\"module\" src=\"{host}{}\" integrity=\"{}\" crossorigin></script>\n{}",
        loader.path,
        loader.integrity,
        element(sample, "<trade-in-widget", "></trade-in-widget>")
    )
}

/// For React 19.
pub(super) fn react(studio: &Studio, sample: &Sample) -> String {
    let element = element(sample, "<trade-in-widget", " {...{ \"ontradein:accept\": onAccept }} />");
    format!("{}{element}", loader_comment(&studio.host))
}

/// For Vue 3, whose compiler needs the element's name (`isCustomElement`).
pub(super) fn vue(studio: &Studio, sample: &Sample) -> String {
    let element = element(sample, "<trade-in-widget", " @tradein:accept=\"onAccept\" />");
    format!("{}{element}", loader_comment(&studio.host))
}

/// For tag managers: custom HTML that puts the widget into the element with the id `trade-in`.
pub(super) fn tag_manager(studio: &Studio, sample: &Sample) -> String {
    let set = |(name, value): (&str, String)| {
        format!("  widget.setAttribute(\"{name}\", {});\n", in_script(&value))
    };
    let attributes: String = sample.attributes().into_iter().map(set).collect();
    format!(
        "<script>\n(function () {{\n  var place = document.getElementById(\"trade-in\");\n  \
         if (!place || place.firstChild) return;\n  var script = document.createElement(\"script\");\n  \
         script.type = \"module\";\n  script.src = {};\n  document.head.appendChild(script);\n  \
         var widget = document.createElement(\"trade-in-widget\");\n{attributes}  place.appendChild(widget);\n}})();\n\
         </script>",
        in_script(&format!("{}/embed/v1.js", studio.host))
    )
}

/// For articles: the line that says what a device was lately worth. The device is a sample.
pub(super) fn value(studio: &Studio, sample: &Sample) -> String {
    format!(
        "<script type=\"module\" src=\"{}/embed/value.js\"></script>\n<trade-in-value merchant=\"{}\" type=\"phone\" \
         brand=\"Apple\" model=\"iPhone 13\" storage=\"128GB\">&nbsp;</trade-in-value>",
        studio.host,
        escaped(&sample.merchant)
    )
}

fn loader_comment(host: &str) -> String {
    format!("<!-- index.html --> <script type=\"module\" src=\"{host}/embed/v1.js\"></script>\n\n")
}

fn element(sample: &Sample, start: &str, end: &str) -> String {
    let said = |(name, value): (&str, String)| format!(" {name}=\"{}\"", escaped(&value));
    let attributes: String = sample.attributes().into_iter().map(said).collect();
    format!("{start}{attributes}{end}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// A text as a string in a script. Any `<` is escaped, because `</script` would end the script.
fn in_script(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marketer::studio::page::Loader;
    use crate::words::Locale;

    #[test]
    fn whatever_is_typed_stays_a_text_of_the_snippet() {
        let mut sample = Sample::new("demo", Locale::en, "auto");
        sample.accent = "\"></trade-in-widget><script>alert(1)</script>".into();
        let loader = Loader { path: "/embed/v1.0.js".into(), integrity: "sha384-x".into() };
        let studio = Studio { host: "https://tradein.example".into(), loader, ..Studio::default() };
        for snippet in [html(&studio, &sample), react(&studio, &sample), vue(&studio, &sample)] {
            assert!(!snippet.contains("<script>alert"), "{snippet}");
        }
        let other = Sample::new("\"><script>alert(1)</script>", Locale::en, "auto");
        assert!(!value(&studio, &other).contains("<script>alert"), "{}", value(&studio, &other));
        assert_eq!(tag_manager(&studio, &sample).matches("<script>").count(), 1);
        assert!(pinned(&studio, &sample).contains("/embed/v1.0.js\" integrity=\"sha384-x\" crossorigin"));
    }
}
