//! What instances share holds on a real Redis, which each test starts for itself (`scripts/bootstrap` installs
//! it), also while that is dead, slow, full or read-only.

mod answers;
mod failing;
mod healing;
mod hint;
mod instances;
mod joining;
mod leases;
mod limits;
