//! Upkeep that a file needs and a PostgreSQL server does by itself: committed changes are on its disk.

use super::store::Store;
use crate::error::RecordsError;

impl Store {
    pub(crate) async fn sync(&self) -> Result<(), RecordsError> {
        Ok(())
    }

    pub(crate) async fn tidy(&self) -> Result<(), RecordsError> {
        Ok(())
    }

    pub(crate) async fn has_large_log(&self) -> bool {
        false
    }

    pub(crate) async fn look_after(&self) -> Result<(), RecordsError> {
        Ok(())
    }

    pub(crate) async fn renew(&self) -> Result<(), RecordsError> {
        Ok(())
    }
}
