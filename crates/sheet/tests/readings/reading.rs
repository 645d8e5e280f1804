//! What the product makes of a list: it is read as the product reads it, and its models are resolved by the sandbox's
//! catalogue.

use std::collections::BTreeMap;

use domain::{Failure, Field, Models, QuoteRequest, Resolver, Term};
use sandbox::Catalogue;
use sheet::{Answers, DeviceList, ListRow, Mapping, ReadError, Table, read};

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
    /// What a row is asked about, as it was written.
    pub(crate) questions: BTreeMap<u32, Vec<String>>,
    /// What is said besides, such as the name of the sheet.
    pub(crate) said: String,
}

/// Reads a list, with its models resolved as they are when all were looked up.
///
/// # Errors
/// What the person is told.
pub(crate) fn read_list(bytes: &[u8]) -> Result<Read, String> {
    read_table(&read(bytes).map_err(|error: ReadError| error.to_string())?)
}

/// Reads a list whose file was read.
///
/// # Errors
/// What the person is told.
pub(crate) fn read_table(table: &Table) -> Result<Read, String> {
    let headings = table.headings().ok_or("no headings")?;
    let mapping = Mapping::of(table, headings);
    let read_by = |models: &Models| {
        let mut resolver = Resolver::new(models);
        let list = DeviceList::answered(table, &mapping, headings, &Answers::default(), Some(&mut resolver));
        Ok::<_, String>((list.map_err(|error| error.to_string())?, resolver.names()))
    };
    let catalogue = Catalogue::built_in().map_err(|error| error.to_string())?;
    let mut models = Models::default();
    models.known.add(catalogue.models().iter().map(|model| model.item.clone()));
    models.looked_up.extend(read_by(&models)?.1);
    let (list, _) = read_by(&models)?;
    let texts = |row: &ListRow| row.questions.iter().map(|it| format!("{:?} {}", it.why, it.text)).collect();
    let questions = list.rows.iter().map(|row| (row.number, texts(row))).collect();
    let devices = list.rows.into_iter().map(|row| (row.number, outcome(row)));
    let others = list.passed_over.into_iter().map(|line| (line.number, Outcome::PassedOver));
    Ok(Read {
        rows: devices.chain(others).collect(),
        questions,
        said: table.sheet.clone().unwrap_or_default(),
    })
}

fn outcome(row: ListRow) -> Outcome {
    match row.request {
        Err(Failure::InvalidInput { fields }) => Outcome::Asked(fields.iter().map(|it| it.field).collect()),
        Err(_) => Outcome::Asked(Vec::new()),
        Ok(request) => Outcome::Priced(words(&request)),
    }
}

fn words(request: &QuoteRequest) -> BTreeMap<Field, String> {
    let faults = request.function_status().faults();
    let faults = faults.iter().map(|it| it.kind().map_or_else(|| it.to_string(), |kind| kind.word().into()));
    let faults = faults.collect::<Vec<_>>().join("、");
    let mut words = BTreeMap::from([
        (Field::DeviceType, request.category().word().to_owned()),
        (Field::Brand, request.brand().to_owned()),
        (Field::Model, request.model().to_owned()),
        (Field::Storage, request.storage().to_owned()),
        (Field::Condition, request.grade().word().to_owned()),
        (Field::FunctionStatus, if faults.is_empty() { "正常".to_owned() } else { faults }),
    ]);
    words.extend(request.ram().map(|ram| (Field::Ram, ram.to_owned())));
    words.extend(request.repair_history().map(|it| (Field::RepairHistory, it.word().to_owned())));
    words
}
