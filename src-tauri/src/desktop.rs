//! What this desktop offers: a library that draws a tray icon, and a place where the icon is shown.

/// Whether a tray icon can be made. Tauri loads the library at run time and ends the process when there is none, so
/// the same names are tried here first.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
pub(crate) fn has_indicator_library() -> bool {
    ["libayatana-appindicator3.so.1", "libappindicator3.so.1"].into_iter().any(|name| {
        // SAFETY: both libraries' initialisers only register GTK types, and Tauri loads the same one right after.
        let library = unsafe { libloading::Library::new(name) };
        // Kept loaded: GTK types can't be registered twice.
        library.map(std::mem::ManuallyDrop::new).is_ok()
    })
}

/// Whether the desktop shows tray icons: some do not, and there a hidden window could never be found again.
///
/// Waits for the session bus; call it from a thread that may wait.
#[cfg(target_os = "linux")]
pub(crate) fn has_tray_host() -> bool {
    const WATCHER: &str = "org.kde.StatusNotifierWatcher";
    let asked: zbus::Result<bool> = zbus::block_on(async {
        let bus = zbus::Connection::session().await?;
        let names = zbus::fdo::DBusProxy::new(&bus).await?;
        if !names.name_has_owner(WATCHER.try_into()?).await? {
            return Ok(false);
        }
        let watcher = zbus::Proxy::new(&bus, WATCHER, "/StatusNotifierWatcher", WATCHER).await?;
        watcher.get_property("IsStatusNotifierHostRegistered").await
    });
    asked.unwrap_or(false)
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn has_indicator_library() -> bool {
    true
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn has_tray_host() -> bool {
    true
}
