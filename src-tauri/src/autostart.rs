//! Starting with the desktop session, hidden in the tray. One file in the user's own folder, as the desktop's
//! specification has it; nothing else is changed, and taking it away undoes it.

use std::path::{Path, PathBuf};

use ashore_app::{AppError, ErrorCode};

/// With this argument the program starts without showing its window.
pub(crate) const HIDDEN: &str = "--hidden";

/// Whether this start is to stay hidden.
pub(crate) fn asked_to_hide() -> bool {
    std::env::args_os().any(|argument| argument == HIDDEN)
}

/// Whether the program starts with the session.
pub(crate) fn is_on(config: &Path) -> bool {
    // A desktop's own settings switch it off by this line instead of removing the file.
    std::fs::read_to_string(file(config))
        .is_ok_and(|text| !text.lines().any(|line| line.trim() == "Hidden=true"))
}

/// The same for a running program; `None` where that cannot be told.
pub(crate) fn is_told(app: &tauri::AppHandle) -> Option<bool> {
    use tauri::Manager as _;
    let config = app.path().config_dir().ok().filter(|_| cfg!(target_os = "linux"))?;
    Some(is_on(&config))
}

/// Starts with the session from now on, or no more.
///
/// # Errors
/// The folder cannot be written.
pub(crate) fn set(config: &Path, on: bool) -> Result<(), AppError> {
    let failed = |why: std::io::Error| {
        AppError::new(ErrorCode::Io, format!("the desktop's autostart folder cannot be written: {why}"))
    };
    let file = file(config);
    if on {
        let program = std::env::current_exe().map_err(failed)?;
        std::fs::create_dir_all(file.parent().unwrap_or(config)).map_err(failed)?;
        std::fs::write(&file, entry(&program.display().to_string())).map_err(failed)
    } else {
        match std::fs::remove_file(&file) {
            Err(why) if why.kind() != std::io::ErrorKind::NotFound => Err(failed(why)),
            _ => Ok(()),
        }
    }
}

fn file(config: &Path) -> PathBuf {
    config.join("autostart").join("cn.ashore.app.desktop")
}

/// The entry names nothing but the program. Once that is uninstalled, desktops pass over what `TryExec` no longer finds.
fn entry(program: &str) -> String {
    format!(
        "[Desktop Entry]\nType=Application\nName=Ashore\nName[zh_CN]=上岸\nTryExec={}\nExec={} {HIDDEN}\n\
         Terminal=false\nX-GNOME-Autostart-enabled=true\n",
        program.replace('\\', "\\\\"),
        quoted(program)
    )
}

/// As the specification quotes an argument of `Exec`.
fn quoted(argument: &str) -> String {
    let mut quoted = String::from("\"");
    for sign in argument.chars() {
        match sign {
            '"' | '`' | '$' | '\\' => quoted.extend(['\\', sign]),
            '%' => quoted.push_str("%%"),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_switched_on_and_off_and_respects_the_desktops_own_switch() {
        let config = tempfile::tempdir().unwrap();
        assert!(!is_on(config.path()));
        set(config.path(), false).unwrap();
        set(config.path(), true).unwrap();
        assert!(is_on(config.path()));
        let text = std::fs::read_to_string(file(config.path())).unwrap();
        assert!(text.contains(" --hidden\n") && text.contains("Name[zh_CN]=上岸\n"), "{text}");
        std::fs::write(file(config.path()), format!("{text}Hidden=true\n")).unwrap();
        assert!(!is_on(config.path()));
        set(config.path(), true).unwrap();
        assert!(is_on(config.path()));
        set(config.path(), false).unwrap();
        assert_eq!(std::fs::read_dir(config.path().join("autostart")).unwrap().count(), 0);
    }

    #[test]
    fn an_uninstalled_program_leaves_nothing_that_starts() {
        let text = entry(r"/opt/my apps/a\b");
        let lines: Vec<_> = text.lines().filter(|line| line.contains("Exec=")).collect();
        assert_eq!(lines, [r"TryExec=/opt/my apps/a\\b", r#"Exec="/opt/my apps/a\\b" --hidden"#]);
        let config = tempfile::tempdir().unwrap();
        set(config.path(), true).unwrap();
        let written = std::fs::read_to_string(file(config.path())).unwrap();
        let program = std::env::current_exe().unwrap();
        assert!(written.contains(&format!("\nTryExec={}\n", program.display())), "{written}");
    }

    #[test]
    fn a_path_with_spaces_and_signs_is_one_argument() {
        assert_eq!(quoted(r#"/opt/my $apps/100%/a"b"#), r#""/opt/my \$apps/100%%/a\"b""#);
    }
}
