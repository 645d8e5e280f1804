//! Price lists as dealers write them: what they say, what is wrong with them, and prices by them.

mod any;
mod books;
mod intake;
mod mistakes;
mod own_words;
mod prices;
mod provider;
mod template;
mod watcher;
