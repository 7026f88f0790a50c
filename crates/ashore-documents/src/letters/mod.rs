//! One file per kind of letter.
