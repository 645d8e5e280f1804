use std::io::ErrorKind;

use app::Locale;
use app::refusal::{Explanation, explain};
use domain::{Failure, FieldError, Problem};

use crate::batch_report::ReportError;
use crate::settings::SettingsError;
use crate::start_error::StartError;

/// Why a command did not do its job.
#[derive(Debug, thiserror::Error)]
pub(super) enum CommandError {
    /// It was called in a wrong way: exit code 2.
    #[error("{0}")]
    Usage(String),
    /// The job failed: exit code 1.
    #[error("{0}")]
    Failed(String),
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Report(#[from] ReportError),
    #[error("writing the answer failed: {0}")]
    Output(#[from] std::io::Error),
    #[error("writing the answer failed: {0}")]
    Json(#[from] serde_json::Error),
}

impl CommandError {
    /// Whether the reader of stdout has what it wanted and went away, as `head` does.
    pub(super) fn is_closed_pipe(&self) -> bool {
        let kind = match self {
            Self::Output(error) => Some(error.kind()),
            Self::Json(error) => error.io_error_kind(),
            _ => None,
        };
        kind == Some(ErrorKind::BrokenPipe)
    }
}

/// Whether it helps to hear which words a field takes.
fn is_answered_by_a_list(problem: Problem) -> bool {
    matches!(problem, Problem::Missing | Problem::NotListed)
}

/// A failure in one line, with what to do.
pub(super) fn told(locale: Locale, failure: &Failure) -> CommandError {
    if let Failure::InvalidInput { fields } = failure {
        let problem = |error: &FieldError| {
            let (name, problem) = (error.field.name(), app::words::problem(locale, *error));
            match app::words::choices(locale, error.field).filter(|_| is_answered_by_a_list(error.problem)) {
                Some(choices) => format!("{name}: {}", app::words::with_note(locale, &problem, &choices)),
                None => format!("{name}: {problem}"),
            }
        };
        let problems: Vec<String> = fields.iter().map(problem).collect();
        return CommandError::Usage(problems.join("; "));
    }
    let Explanation { title, next } = explain(locale, failure);
    let next = app::words::next_at_command_line(locale, failure).map_or(next, str::to_owned);
    CommandError::Failed(format!("{}: {title}. {next}", failure.code()))
}
