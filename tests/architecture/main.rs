//! The rules of the house, held against the source itself: who may know whom, and what is written nowhere.

#![allow(clippy::expect_used)] // what a test stands on

mod absences;
mod floors;
mod repository;
mod source;
mod trees;
