use std::io::{IsTerminal, stderr};
use std::time::Duration;

use app::Locale;
use app::words::batch_text;
use indicatif::{ProgressBar, ProgressStyle};
use lists::{Phase, Progress};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::output::tell;

/// How often a line is written where stderr is not a terminal.
const LINES: Duration = Duration::from_secs(5);
/// How often the bar is drawn on a terminal.
const DRAWINGS: Duration = Duration::from_millis(100);

/// Shows the progress of a list until it ends: as a bar on a terminal, else as lines.
pub(super) async fn show(locale: Locale, mut progress: watch::Receiver<Progress>) {
    let bar = stderr().is_terminal().then(bar);
    let (mut told, mut line) = (None, None);
    while progress.changed().await.is_ok() {
        let now = progress.borrow_and_update().clone();
        match &bar {
            Some(bar) => draw(locale, bar, &now),
            // A new phase is shown at once, the counts of the same phase every five seconds.
            None if told != Some(now.phase) || now.phase == Phase::Asking => {
                // The same line twice says nothing new.
                let text =
                    Some(batch_text::progress(locale, &now)).filter(|text| line.as_ref() != Some(text));
                text.iter().for_each(|text| tell(text));
                line = text.or(line);
            }
            None => {}
        }
        told = Some(now.phase);
        let next = Instant::now() + if bar.is_some() { DRAWINGS } else { LINES };
        let waits = progress.wait_for(|later| later.phase != now.phase);
        let goes_on = tokio::select! {
            () = sleep_until(next) => true,
            later = waits => later.is_ok(),
        };
        if now.phase == Phase::Ended || !goes_on {
            break;
        }
        progress.mark_changed();
    }
    if let Some(bar) = bar {
        bar.abandon();
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {per_sec} {eta} {wide_msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// Below the bar, a line for each buyer.
fn of_buyers() -> ProgressStyle {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {per_sec} {eta}\n{msg}");
    style.unwrap_or_else(|_| ProgressStyle::default_bar())
}

fn draw(locale: Locale, bar: &ProgressBar, progress: &Progress) {
    bar.set_length(progress.wanted().into());
    bar.set_position(progress.known().into());
    if progress.providers.is_empty() {
        bar.set_message(batch_text::waiting(locale, &progress.phase).unwrap_or_default());
    } else {
        bar.set_style(of_buyers());
        bar.set_message(batch_text::progress(locale, progress));
    }
}
