//! The models that the sandbox has prices for, read from `catalogue.txt`.

use domain::{CatalogueItem, Category, Term};
use jiff::civil::Date;

/// All models that the sandbox has prices for.
#[derive(Debug)]
pub struct Catalogue(Vec<Model>);

/// One model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// Category, brand, name, and the storage and memory that it is sold with.
    pub item: CatalogueItem,
    /// The first day of the month of its launch.
    pub launched: Date,
    /// What the smallest storage cost at launch, in yuan.
    pub launch_yuan: u32,
}

/// Why a line of `catalogue.txt` cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the catalogue: {why}")]
pub struct CatalogueError {
    line: usize,
    why: &'static str,
}

impl Catalogue {
    /// The catalogue that comes with the sandbox.
    ///
    /// # Errors
    /// The first line that cannot be read.
    pub fn built_in() -> Result<Self, CatalogueError> {
        Self::parse(include_str!("../catalogue.txt"))
    }

    fn parse(text: &str) -> Result<Self, CatalogueError> {
        let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
        let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let models = lines.map(|(line, text)| model(text).map_err(|why| CatalogueError { line, why }));
        models.collect::<Result<_, _>>().map(Self)
    }

    /// All models, in the catalogue's order.
    pub fn models(&self) -> &[Model] {
        &self.0
    }

    /// The model of exactly that name.
    pub fn find(&self, device_type: Category, brand: &str, model: &str) -> Option<&Model> {
        self.0.iter().find(|known| {
            known.item.device_type == device_type && known.item.brand == brand && known.item.model == model
        })
    }
}

fn model(line: &str) -> Result<Model, &'static str> {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let [device_type, brand, name, month, price, storages, rams] = cells[..] else {
        return Err("takes seven columns");
    };
    let words = |cell: &str| cell.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let item = CatalogueItem {
        device_type: Category::find(device_type).ok_or("unknown category")?,
        brand: brand.to_owned(),
        model: name.to_owned(),
        storages: words(storages),
        rams: words(rams),
    };
    if item.storages.is_empty() || (item.device_type.requires_memory() && item.rams.is_empty()) {
        return Err("lacks storage or memory options");
    }
    Ok(Model {
        item,
        launched: format!("{month}-01").parse().map_err(|_| "month is not YYYY-MM")?,
        launch_yuan: price.parse().map_err(|_| "price is not a whole number of yuan")?,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use domain::{QuoteForm, read_form};

    use super::*;

    #[test]
    fn it_holds_enough_real_models_over_all_categories() {
        let catalogue = Catalogue::built_in().unwrap();
        let real: Vec<_> = catalogue.models().iter().filter(|model| model.item.brand != "沙盒").collect();
        let brands: HashSet<_> = real.iter().map(|model| &model.item.brand).collect();
        assert!(real.len() >= 120 && brands.len() >= 12, "{} models, {} brands", real.len(), brands.len());
        for category in Category::ALL {
            let count = real.iter().filter(|model| model.item.device_type == *category).count();
            assert!(count >= 20, "catalogue.txt has {count} models of {category:?}, and needs 20");
        }
        let names: HashSet<_> = real.iter().map(|model| (&model.item.brand, &model.item.model)).collect();
        assert_eq!(names.len(), real.len(), "a model stands twice");
    }

    #[test]
    fn a_form_with_the_words_of_a_model_is_read_as_it_is_written() {
        for Model { item, .. } in Catalogue::built_in().unwrap().models() {
            for storage in &item.storages {
                let ram = item.rams.first().cloned().unwrap_or_default();
                let form = QuoteForm {
                    device_type: item.device_type.word().into(),
                    brand: item.brand.clone(),
                    model: item.model.clone(),
                    storage: storage.clone(),
                    ram: ram.clone(),
                    condition: "九成新".into(),
                    function_status: "正常".into(),
                    ..QuoteForm::default()
                };
                let request = read_form(&form).unwrap_or_else(|error| panic!("{item:?}: {error:?}"));
                assert_eq!(
                    (request.category(), request.brand(), request.model(), request.storage()),
                    (item.device_type, &*item.brand, &*item.model, &**storage)
                );
                assert_eq!(request.ram().unwrap_or_default(), ram);
            }
        }
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        let error = Catalogue::parse("# fine\n手机 | x").unwrap_err();
        assert_eq!(error.to_string(), "line 2 of the catalogue: takes seven columns");
        assert!(Catalogue::parse("笔记本 | a | b | 2024-01 | 1 | 256GB |").is_err());
    }
}
