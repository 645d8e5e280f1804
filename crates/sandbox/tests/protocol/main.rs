//! The sandbox over real HTTP: its answers and its refusals.

mod house;
mod several;
mod single;
