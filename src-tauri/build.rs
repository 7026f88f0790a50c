//! Lets Tauri read its configuration, and makes sure there is a page to embed.

use std::{env, error::Error, fs, path::Path};

/// Stands in for the user interface while only Rust is being worked on.
const PLACEHOLDER: &str =
    "<!doctype html><meta charset=\"utf-8\"><title>Ashore</title><p>ui/dist: npm run build</p>\n";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=ui/dist/index.html");
    user_interface(Path::new("ui/dist/index.html"))?;
    tauri_build::try_build(
        tauri_build::Attributes::new().capabilities_path_pattern("./src-tauri/capabilities/**/*"),
    )?;
    Ok(())
}

/// A debug build may embed a placeholder; an optimised one without its user interface is refused.
fn user_interface(index: &Path) -> Result<(), Box<dyn Error>> {
    let built = fs::read_to_string(index).is_ok_and(|page| page != PLACEHOLDER);
    if built {
        return Ok(());
    }
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        return Err("ui/dist holds no user interface; build it first: npm --prefix ui run build".into());
    }
    if let Some(folder) = index.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(index, PLACEHOLDER)?;
    println!("cargo:warning=ui/dist is missing, a placeholder page is embedded");
    Ok(())
}
