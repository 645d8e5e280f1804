//! How the client interprets each answer, from a partner that gives exactly that answer.

mod as_provider;
mod calls;
mod house;
mod prices;
mod refusals;
mod searches;
mod several;
mod whose_word;
