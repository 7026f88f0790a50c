//! Closing the window keeps the reminders where the tray shows that they are kept, and ends them where nothing would.

use crate::support::{Desktop, Home, Plain, until};

#[test]
fn with_a_tray_the_window_goes_and_the_program_stays() -> anyhow::Result<()> {
    let (mut desktop, home) = (Desktop::open()?, Home::new()?);
    desktop.open_tray()?;
    desktop.start_notification_daemon()?;
    let mut program = Plain::start(&desktop, &home, &[])?;
    until("the window", || desktop.window_is_shown().unwrap_or(false))?;
    desktop.close_window()?;
    until("the window to go", || desktop.window_is_shown().is_ok_and(|shown| !shown))?;
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert!(!program.0.ended(), "the reminders ended with the window");

    // A second start brings it back.
    desktop.bring_to_front()?;
    until("the window to come back", || desktop.window_is_shown().unwrap_or(false))?;
    assert!(!program.0.ended());
    Ok(())
}

#[test]
fn without_a_tray_closing_the_window_ends_the_program() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let mut program = Plain::start(&desktop, &home, &[])?;
    until("the window", || desktop.window_is_shown().unwrap_or(false))?;
    desktop.close_window()?;
    until("the program to end", || program.0.ended())
}
