//! Ashore's window: a thin shell over the façade. It draws nothing and decides nothing; it holds the session, hands
//! commands on, shows notifications, and keeps the page shut in.

mod autostart;
mod choose;
mod clipboard;
mod commands;
mod desktop;
mod environment;
mod events;
mod files;
mod idle;
mod instance;
mod intake;
mod notifier;
mod scheduler;
mod state;
mod tray;
mod watch;
mod window;
mod words;
mod work;

use std::process::ExitCode;
use std::sync::Arc;

use ashore_app::session::Place;
use tauri::Manager;

pub use commands::all as ipc;
pub use notifier::{Answer, DesktopNotifier, NotShown, Note, Notifier, OnAnswer};

/// Opens the window and runs until the user quits.
#[must_use]
pub fn run() -> ExitCode {
    // Started by ourselves to read or draw one foreign file, and for nothing else.
    let mut output = std::io::stdout().lock();
    let done = ashore_app::import::read_if_asked(&mut output)
        .or_else(|| ashore_app::contacts::draw_if_asked(&mut output));
    if let Some(done) = done {
        return done;
    }
    drop(output);
    if let Some(failed) = environment::leave_foreign_hands() {
        return failed;
    }
    let ipc = ipc();
    let built = tauri::Builder::default()
        // First of all: a second start shows the first one's window and ends. (Without a session bus, the vault's own
        // lock still keeps two of us apart.)
        .plugin(tauri_plugin_single_instance::init(|app, _, _| window::show(app)))
        .plugin(tauri_plugin_dialog::init())
        .register_asynchronous_uri_scheme_protocol(files::SCHEME, files::answer)
        .invoke_handler(ipc.invoke_handler())
        .setup(move |app| {
            let folder = app.path().app_data_dir()?;
            let Some(only) = instance::take(&folder)? else {
                app.handle().exit(0);
                return Ok(());
            };
            app.manage(only);
            instance::watch(app.handle(), folder.clone());
            ipc.mount_events(app);
            let clock = environment::clock();
            app.manage(state::Desk::new(Place::in_data_folder(&folder), clock));
            app.manage(scheduler::Snoozed::default());
            app.manage(intake::Intake::default());
            app.manage(clipboard::Copied::default());
            app.manage(idle::Idle::default());
            app.manage(commands::backup::Chosen::default());
            window::open(app.handle())?;
            tray::install(app.handle());
            watch::start(app.handle());
            let notifier: Arc<dyn Notifier> = Arc::new(DesktopNotifier::default());
            app.manage(Arc::clone(&notifier));
            scheduler::start(app.handle(), clock, notifier);
            Ok(())
        })
        .run(context());
    match built {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("Ashore could not start: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// The configuration, the page and the icons, compiled in.
#[allow(clippy::disallowed_types, clippy::disallowed_methods)] // what the macro writes is Tauri's
fn context() -> tauri::Context {
    tauri::generate_context!()
}

/// Tells whoever reads the log. Never anything of the vault: only what the desktop refused.
#[allow(clippy::print_stderr)]
pub(crate) fn say(what: &str) {
    eprintln!("{what}");
}
