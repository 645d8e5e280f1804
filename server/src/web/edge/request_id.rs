/// The id of a request, which is in its answer and its log lines.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct RequestId(pub(crate) String);
