//! The look-up of a list's models: asked for at a terminal, made without a question elsewhere.

use std::io::{BufRead, IsTerminal, Write, stderr, stdin};

use app::Locale;
use app::words::batch_text;
use domain::Resolver;
use lists::LookUp;
use sheet::DeviceList;

use super::CommandError;
use super::output::tell;
use crate::partner::Counter;

/// Whether names of models are looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// The list goes on: its models were resolved when it began.
    Resolved,
    /// No call is made for that.
    Never,
    /// At a terminal a person is asked first. Elsewhere they are looked up.
    AtTerminal,
}

/// The list with its models resolved: by what is known, and by searches if these are wanted. Says what became of the
/// names that were not known.
///
/// # Errors
/// Those of `read`.
pub(super) async fn resolve(
    locale: Locale,
    counter: &Counter,
    asks: Asks,
    read: impl Fn(&mut Resolver<'_>) -> Result<DeviceList, CommandError>,
) -> Result<DeviceList, CommandError> {
    let quoter = counter.desk.quoter();
    let mut look_up = LookUp::known(&quoter).await;
    let read_by = |look_up: &LookUp| {
        let mut resolver = Resolver::new(look_up.models());
        let list = read(&mut resolver)?;
        Ok::<_, CommandError>((list, resolver.names()))
    };
    let (mut list, mut names) = read_by(&look_up)?;
    if look_up.recall(&quoter, &names).await {
        // Two readings of a long list take much memory.
        drop(list);
        (list, names) = read_by(&look_up)?;
    }
    let (open, needed) = (look_up.open(&names), look_up.calls_needed(&names));
    if needed > 0 && is_wanted(locale, asks, open.len(), needed, quoter.calls_left())? {
        look_up.run(&quoter, &names, || true, |_, _| {}).await;
        drop(list);
        (list, names) = read_by(&look_up)?;
        let counts = look_up.counts(&open);
        if counts.names > counts.open {
            tell(&batch_text::looked_up(locale, &counts, look_up.calls()));
        }
        if let Some(failure) = look_up.failure() {
            tell(&batch_text::look_up_ended(locale, failure));
        }
    }
    match look_up.open(&names).len() {
        0 => {}
        _ if asks == Asks::Resolved => {}
        open => tell(&batch_text::not_looked_up(locale, open)),
    }
    Ok(list)
}

/// Whether the names are to be looked up.
fn is_wanted(
    locale: Locale,
    asks: Asks,
    names: usize,
    calls: usize,
    left: u32,
) -> Result<bool, CommandError> {
    match asks {
        Asks::Resolved | Asks::Never => return Ok(false),
        Asks::AtTerminal => {}
    }
    if !(stdin().is_terminal() && stderr().is_terminal()) {
        return Ok(true);
    }
    let mut err = stderr();
    write!(err, "{}", batch_text::look_up(locale, names, calls, left))?;
    err.flush()?;
    let mut answer = String::new();
    let is_answered = stdin().lock().read_line(&mut answer)? > 0;
    // The end of the input is no answer, so nothing is spent.
    Ok(is_answered && !batch_text::says_no(&answer))
}
