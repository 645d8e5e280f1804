#![doc = include_str!("../README.md")]

mod address;
mod as_provider;
mod asked;
pub mod check;
mod client;
mod code;
mod judge;
mod media_type;
mod shape;
mod signing;
mod understand;
mod wire;

pub use address::{Address, AddressError};
pub use as_provider::{HttpProvider, Terms};
pub use client::{Client, Description};
pub use code::Code;
pub use judge::judge;
pub use outgoing::{ClientError, Proxy, Route};
pub use shape::{Fault, Wanted, description_faults, quote_faults, search_faults};
pub use signing::Signer;
pub use wire::{Named, PriceInfo, QuoteAnswer, Recycle, SearchAnswer, StepInfo};
