//! What leaves the vault so that others can check it: packs with proofs, everything in open formats, and the anchors
//! that outside authorities give to the chain. Also the check of both the chain here and a pack from anywhere.

mod anchor;
mod choose;
mod index;
mod index_pdf;
mod names;
mod open;
mod outgoing;
mod pack;
mod pack_archive;
mod pack_folder;
mod table;
mod verify;
mod verify_pack;

pub use anchor::{AnchorRequestView, AnchorView, AnchorsView};
pub use names::proposed_name;
pub use open::OpenExportView;
pub use outgoing::place_within;
pub use pack::{ExportPackRequest, PackView};
pub use verify::EvidenceReport;
pub use verify_pack::{PackFaultView, PackVerdict, verify_pack};
