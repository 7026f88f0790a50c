//! The rules of the house, held against the source itself: who may know whom, and what is written nowhere.

mod absences;
mod floors;
mod repository;
mod source;
mod trees;
