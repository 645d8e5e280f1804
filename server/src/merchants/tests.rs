use serde::Deserialize;

use domain::Category;

use super::*;

#[derive(Deserialize)]
struct File {
    merchants: Vec<MerchantSection>,
}

fn read(text: &str) -> Result<Merchants, InvalidKey> {
    Merchants::parse(toml::from_str::<File>(text).unwrap().merchants)
}

#[test]
fn the_sample_can_be_used_with_all_that_it_shows() {
    let sample = include_str!("../../../tradein.sample.toml");
    let merchants = &sample[sample.find("[[merchants]]").unwrap()..];
    let is_key = |line: &str| line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '));
    let shown: Vec<&str> = merchants
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|rest| is_key(rest)).unwrap_or(line))
        .collect();
    let shop = read(&shown.join("\n")).unwrap().get("sample-shop").unwrap();
    assert_eq!((shop.origins.len(), shop.top_ups.len()), (2, 2));
    assert!(shop.locale.is_some() && shop.theme.is_some() && shop.accent.is_some() && shop.logo.is_some());
    assert_eq!(*shop.categories, [Category::Phone, Category::Tablet]);
}

#[test]
fn a_key_that_cannot_be_used_is_named_with_what_it_takes() {
    for (key, line, takes) in [
        ("id", "id = \"Corner Shop\"", "lower-case"),
        ("origins", "origins = [\"http://shop.example\"]", "https://shop.example"),
        ("locale", "locale = \"fr\"", "zh-CN or en"),
        ("theme", "theme = \"black\"", "auto, light or dark"),
        ("accent", "accent = \"rgba(0,0,0,.5)\"", "#0a7"),
        ("logo", "logo = \"http://shop.example/logo.png\"", "https://"),
        ("categories", "categories = [\"toaster\"]", "phone (手机)"),
        ("categories", "categories = []", "phone (手机)"),
        ("top_ups.percent", "[[merchants.top_ups]]\npercent = 0", "above 0"),
        ("top_ups", "[[merchants.top_ups]]\nproduct = \"x\"", "either fixed"),
    ] {
        let id = if key == "id" { "" } else { "id = \"corner\"\n" };
        let invalid = read(&format!("[[merchants]]\n{id}name = \"Corner\"\n{line}")).unwrap_err();
        let named = invalid.key.starts_with(&format!("merchants.{key} of "));
        assert!(named && invalid.takes.contains(takes), "{invalid:?}");
    }
    let twice = "[[merchants]]\nid = \"corner\"\nname = \"a\"\n[[merchants]]\nid = \"corner\"\nname = \"b\"";
    assert!(read(twice).unwrap_err().takes.contains("no other merchant"));
    let misspelt = toml::from_str::<File>("[[merchants]]\nid = \"a\"\nname = \"a\"\ntopups = []");
    assert!(misspelt.is_err_and(|error| error.to_string().contains("topups")));
}
