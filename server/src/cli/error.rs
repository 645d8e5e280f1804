//! Why a command failed, in one line for stderr, and its exit code.

use std::io::ErrorKind;

use app::Locale;
use app::words::failure::{Explanation, explain};
use domain::{Failure, FieldError, Problem};

use crate::logging::LogError;
use crate::settings::SettingsError;
use crate::start_error::StartError;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum CommandError {
    /// Its arguments are invalid: exit code 2.
    #[error("{0}")]
    Usage(String),
    /// Its work failed: exit code 1.
    #[error("{0}")]
    Failed(String),
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Log(#[from] LogError),
    #[error("writing the answer failed: {0}")]
    Output(#[from] std::io::Error),
    #[error("writing the answer failed: {0}")]
    Json(#[from] serde_json::Error),
}

impl CommandError {
    /// Whether the reader of stdout closed it, as `head` does when it has enough lines.
    pub(super) fn is_closed_pipe(&self) -> bool {
        let kind = match self {
            Self::Output(error) => Some(error.kind()),
            Self::Json(error) => error.io_error_kind(),
            _ => None,
        };
        kind == Some(ErrorKind::BrokenPipe)
    }
}

/// Whether the words that a field takes are listed with the problem.
fn is_answered_by_a_list(problem: Problem) -> bool {
    matches!(problem, Problem::Missing | Problem::NotListed)
}

/// The error for a failure: in one line, with what to do.
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
