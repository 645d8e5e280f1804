//! What the client makes of each answer, from a partner that gives just that.

mod as_provider;
mod calls;
mod house;
mod prices;
mod refusals;
mod searches;
mod several;
mod whose_word;
