//! What Tauri prepares for every window.

fn main() {
    tauri_build::build();
}
