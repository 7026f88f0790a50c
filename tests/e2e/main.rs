//! End to end: the real window on a virtual display, a real notification daemon, the real vault.

#![allow(missing_docs, unreachable_pub)]

mod backup;
mod closing;
mod dropped;
mod english;
mod evidence;
mod files;
mod film;
mod first_run;
mod import;
mod journey;
mod keeping;
mod negotiation;
mod pages;
mod papers;
mod reminder;
mod sample;
mod shut_in;
mod studio;
mod support;
mod tray;
mod weighed;
mod wrong_input;
