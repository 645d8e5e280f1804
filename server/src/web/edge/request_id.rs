/// The id of a request: its answer and its log lines have it.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct RequestId(pub(crate) String);
