//! The desk against a real partner over HTTP and a real SQLite file.

mod advances;
mod answers;
mod balancer;
mod comparisons;
mod connections;
mod defects;
mod faults;
mod history;
mod house;
mod in_memory;
mod instances;
mod load;
mod logs;
mod machine;
mod merchants;
mod partner;
mod places;
mod postgres;
mod proxy;
mod records;
mod refused;
mod searches;
mod second_provider;
mod vectors;
mod waiting;
mod wire;
