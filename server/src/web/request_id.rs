/// The id of a request: its answer and its log lines have it.
#[derive(Clone, Debug, Default)]
pub(super) struct RequestId(pub(super) String);
