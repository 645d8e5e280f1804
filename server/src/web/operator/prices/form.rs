//! The forms of the page, as browsers send them.

use axum::extract::multipart::{Field, Multipart};
use axum::http::StatusCode;

use crate::web::operator::uploads::LONGEST_NAME;

/// The longest text of a field that is no file, in characters.
const LONGEST_FIELD: usize = 100;

/// A press of a button.
pub(super) struct Press {
    pub(super) what: Pressed,
    /// The [`pricelist::State::mark`] of the page with the button.
    pub(super) mark: String,
}

/// What the button says.
pub(super) enum Pressed {
    /// Use this file.
    Upload { name: String, bytes: Vec<u8> },
    /// Go back to the former list, or withdraw the one that waits.
    Back,
}

/// Why a form is not understood.
pub(super) enum Unread {
    CutOff,
    NoFile,
    /// The file of this name is too large.
    TooLarge(String),
}

/// The name of the list that the form is about, which may be of none, and the button.
pub(super) async fn read(mut form: Multipart) -> (String, Result<Press, Unread>) {
    let mut list = String::new();
    let press = press(&mut form, &mut list).await;
    (list, press)
}

async fn press(form: &mut Multipart, list: &mut String) -> Result<Press, Unread> {
    let (mut goes_back, mut mark, mut file) = (false, String::new(), None);
    while let Some(field) = form.next_field().await.map_err(|_| Unread::CutOff)? {
        match field.name() {
            Some("list") => *list = text(field).await?,
            Some("do") => goes_back = text(field).await? == "back",
            Some("mark") => mark = text(field).await?,
            Some("file") => {
                let name: String = field.file_name().unwrap_or_default().chars().take(LONGEST_NAME).collect();
                let bytes = field.bytes().await.map_err(|error| match error.status() {
                    StatusCode::PAYLOAD_TOO_LARGE => Unread::TooLarge(name.clone()),
                    _ => Unread::CutOff,
                })?;
                // A browser sends an empty field for a form without a file.
                file = Some((name, bytes.to_vec()))
                    .filter(|(name, bytes)| !(name.is_empty() && bytes.is_empty()));
            }
            _ => {}
        }
    }
    let what = match (goes_back, file) {
        (true, _) => Pressed::Back,
        (false, Some((name, bytes))) => Pressed::Upload { name, bytes },
        (false, None) => return Err(Unread::NoFile),
    };
    Ok(Press { what, mark })
}

async fn text(field: Field<'_>) -> Result<String, Unread> {
    let text = field.text().await.map_err(|_| Unread::CutOff)?;
    Ok(text.chars().take(LONGEST_FIELD).collect())
}
