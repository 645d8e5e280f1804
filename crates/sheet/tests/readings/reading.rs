//! What the product makes of a list: it is read as the product reads it, and a model counts as priced if the
//! sandbox's catalogue has it.

use std::collections::BTreeMap;

use domain::{Category, Failure, Field, Naming, QuoteRequest, Term, candidates};
use sandbox::Catalogue;
use sheet::{DeviceList, ListRow, Mapping, ReadError, read};

/// What becomes of a row.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It gets a price, for this device.
    Priced(BTreeMap<Field, String>),
    /// These fields are complained about.
    Asked(Vec<Field>),
    /// It is said that it is no device.
    PassedOver,
}

/// What becomes of a list.
pub(crate) struct Read {
    pub(crate) rows: BTreeMap<u32, Outcome>,
    /// What is said besides, such as the name of the sheet.
    pub(crate) said: String,
}

/// Reads a list.
///
/// # Errors
/// What the person is told.
pub(crate) fn read_list(bytes: &[u8]) -> Result<Read, String> {
    let table = read(bytes).map_err(|error: ReadError| error.to_string())?;
    let headings = table.headings().ok_or("no headings")?;
    let mapping = Mapping::of(&table, headings);
    let list = DeviceList::from_table(&table, &mapping, headings).map_err(|error| error.to_string())?;
    let catalogue = Catalogue::built_in().map_err(|error| error.to_string())?;
    let devices = list.rows.into_iter().map(|row| (row.number, outcome(row, &catalogue)));
    let others = list.passed_over.into_iter().map(|line| (line.number, Outcome::PassedOver));
    Ok(Read { rows: devices.chain(others).collect(), said: table.sheet.unwrap_or_default() })
}

fn outcome(row: ListRow, catalogue: &Catalogue) -> Outcome {
    let items = || catalogue.models().iter().map(|model| &model.item);
    let naming = |category| candidates(&row.form.model, &row.form.brand, category, items());
    match row.request {
        Err(Failure::InvalidInput { fields }) => {
            let mut fields: Vec<Field> = fields.iter().map(|it| it.field).collect();
            let unnamed = !matches!(naming(Category::find(&row.form.device_type)), Naming::One(_));
            if unnamed && !row.form.model.is_empty() && !fields.contains(&Field::Model) {
                fields.push(Field::Model);
            }
            Outcome::Asked(fields)
        }
        Err(_) => Outcome::Asked(Vec::new()),
        Ok(request) => match naming(Some(request.category())) {
            Naming::One(item) => Outcome::Priced(words(&request, &item.model)),
            Naming::Several(_) | Naming::None => Outcome::Asked(vec![Field::Model]),
        },
    }
}

fn words(request: &QuoteRequest, model: &str) -> BTreeMap<Field, String> {
    let faults = request.function_status().faults();
    let faults = faults.iter().map(|it| it.kind().map_or_else(|| it.to_string(), |kind| kind.word().into()));
    let faults = faults.collect::<Vec<_>>().join("、");
    let mut words = BTreeMap::from([
        (Field::DeviceType, request.category().word().to_owned()),
        (Field::Brand, request.brand().to_owned()),
        (Field::Model, model.to_owned()),
        (Field::Storage, request.storage().to_owned()),
        (Field::Condition, request.grade().word().to_owned()),
        (Field::FunctionStatus, if faults.is_empty() { "正常".to_owned() } else { faults }),
    ]);
    words.extend(request.ram().map(|ram| (Field::Ram, ram.to_owned())));
    words.extend(request.repair_history().map(|it| (Field::RepairHistory, it.word().to_owned())));
    words
}
