//! Reads a draft with its models resolved by what is known, and looks up the others when a person says so.

use std::collections::BTreeSet;
use std::panic::resume_unwind;
use std::sync::Arc;

use desk::Quoter;
use domain::{ModelName, Resolver};
use sheet::{DeviceList, Mapping, ReadError};

use crate::draft::Draft;
use crate::models::LookUp;

/// A draft's list with its models resolved.
#[derive(Debug)]
pub struct Resolved {
    /// The list.
    pub list: DeviceList,
    /// The different names of models in it.
    pub names: BTreeSet<ModelName>,
    /// What is known of them.
    pub look_up: Arc<LookUp>,
}

/// A look-up that runs, until this is dropped.
struct Running(Arc<Draft>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.looking().running = None;
    }
}

impl Draft {
    /// The rows, read by these columns, with the models resolved that are known. No call is made.
    ///
    /// # Errors
    /// [`ReadError::TooManyRows`].
    pub async fn resolved(
        self: &Arc<Self>,
        quoter: &Quoter,
        columns: &Mapping,
    ) -> Result<Resolved, ReadError> {
        let kept = self.looking().known.clone();
        let mut look_up = match kept {
            Some(known) => known,
            None => Arc::new(LookUp::known(quoter).await),
        };
        let (mut list, mut names) = self.read(columns, &look_up).await?;
        let mut recalled = LookUp::clone(&look_up);
        if recalled.recall(quoter, &names).await {
            look_up = Arc::new(recalled);
            // Two readings of a long list take much memory.
            drop(list);
            (list, names) = self.read(columns, &look_up).await?;
        }
        // What a look-up has found meanwhile is kept.
        self.looking().known.get_or_insert_with(|| Arc::clone(&look_up));
        Ok(Resolved { list, names, look_up })
    }

    /// Looks up the names that are not known, unless that is done already. What was found counts from now on. No search
    /// is begun after the draft was discarded.
    pub fn look_up(
        self: Arc<Self>,
        quoter: Quoter,
        columns: Mapping,
    ) -> impl Future<Output = ()> + Send + 'static {
        // Already before the future is polled, so that a page that is shown next waits for it.
        let runs_already = {
            let mut looking = self.looking();
            let runs = looking.running.is_some();
            looking.running.get_or_insert_default();
            runs
        };
        let running = (!runs_already).then(|| Running(self));
        async move {
            let Some(Running(draft)) = &running else { return };
            if let Ok(Resolved { names, look_up, .. }) = draft.resolved(&quoter, &columns).await {
                let mut look_up = Arc::unwrap_or_clone(look_up);
                let tell = |done, all| draft.looking().running = Some((done, all));
                look_up.run(&quoter, &names, || !draft.is_discarded(), tell).await;
                draft.looking().known = Some(Arc::new(look_up));
            }
        }
    }

    /// How many searches of how many are made for the look-up that runs; `None` if none runs.
    pub fn looks_up(&self) -> Option<(usize, usize)> {
        self.looking().running
    }

    /// Reads the list on a thread for blocking work: a long one would block an async thread for too long.
    async fn read(
        self: &Arc<Self>,
        columns: &Mapping,
        look_up: &Arc<LookUp>,
    ) -> Result<(DeviceList, BTreeSet<ModelName>), ReadError> {
        let (draft, columns, look_up) = (Arc::clone(self), columns.clone(), Arc::clone(look_up));
        let read = tokio::task::spawn_blocking(move || {
            let mut resolver = Resolver::new(look_up.models());
            let list = draft.list(&columns, Some(&mut resolver))?;
            Ok((list, resolver.names()))
        });
        // A panic while reading is a mistake of ours. It goes on here, to be answered and logged as such.
        read.await.unwrap_or_else(|broken| resume_unwind(broken.into_panic()))
    }
}
