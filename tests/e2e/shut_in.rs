//! What the program must not do, watched from outside.

use std::fs;
use std::path::Path;

use ashore_app::KdfCost;
use ashore_app::clock::Clock;
use ashore_app::session::{App as Facade, CreateVaultRequest, Place};
use serde_json::json;

use crate::support::{App, Desktop, Home, MenuLine, Plain, until};

const PASSPHRASE: &str = "a quiet harbour 2026";

/// Whether the process holds a socket of an address family that reaches beyond this machine.
fn holds_network_socket(process: u32) -> anyhow::Result<bool> {
    let table = |name: &str| fs::read_to_string(format!("/proc/{process}/net/{name}")).unwrap_or_default();
    let network: Vec<String> = ["tcp", "tcp6", "udp", "udp6", "raw", "raw6"]
        .iter()
        .flat_map(|name| {
            let inode = |line: &str| line.split_whitespace().nth(9).map(|inode| format!("socket:[{inode}]"));
            table(name).lines().skip(1).filter_map(inode).collect::<Vec<_>>()
        })
        .collect();
    for entry in fs::read_dir(format!("/proc/{process}/fd"))?.flatten() {
        let held = fs::read_link(entry.path()).unwrap_or_default();
        if network.iter().any(|socket| held.as_os_str() == socket.as_str()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The process and everything started in its group.
fn group(leader: u32) -> Vec<u32> {
    let numbers = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|e| e.ok()?.file_name().to_str()?.parse().ok());
    let in_group = |process: &u32| {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        let after_name = stat.rsplit(')').next().unwrap_or_default();
        after_name.split_whitespace().nth(2) == Some(leader.to_string().as_str())
    };
    numbers.filter(in_group).collect()
}

#[test]
fn no_process_of_the_window_holds_a_network_socket() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let program = Plain::start(&desktop, &home, &[])?;
    let processes = group(program.0.id());
    assert!(processes.len() >= 3, "the window, its page and WebKit's network process: {processes:?}");
    for process in processes {
        assert!(!holds_network_socket(process)?, "{process} holds a network socket");
    }
    // The look itself works: a socket of our own is seen.
    #[allow(clippy::disallowed_methods)] // the one thing looked for
    let listening = std::net::TcpListener::bind("127.0.0.1:0")?;
    assert!(holds_network_socket(std::process::id())?);
    drop(listening);
    Ok(())
}

#[test]
fn a_traced_run_asks_for_no_network_socket() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    // A vault from another day, with a due whose reminders have come since: opened by hand, as a person opens it.
    let place = Place::in_data_folder(&home.path().join("data/cn.ashore.app"));
    let then = Facade::new(place, Clock::fixed("2026-03-01T09:00:00+08:00")?);
    let request = CreateVaultRequest { passphrase: PASSPHRASE.to_owned(), shared_computer: false };
    let (mut vault, _) = then.create_vault(request, KdfCost::FLOOR).map_err(|(_, why)| why)?;
    vault.add_loan(&serde_json::from_value(json!({
        "app": "甲贷", "received": "9000.00", "payment": "945.60", "terms": "12", "first_due": "2026-03-21",
        "terms_paid": "0",
    }))?)?;
    drop(vault);
    let mut tray = desktop.open_tray()?;
    let log = home.path().join("sockets");
    let program = Plain::start_traced(&desktop, &home, &log)?;
    desktop.bring_to_front()?;
    std::thread::sleep(std::time::Duration::from_secs(1));
    desktop.type_line(PASSPHRASE)?;
    // Only an open vault can be locked.
    let lock = |line: &MenuLine| ["锁定", "Lock"].contains(&line.label.as_str()) && line.enabled;
    until("the vault to open", || tray.menu(&desktop).is_ok_and(|menu| menu.iter().any(lock)))?;
    // What is done late, once the first page stands, counts too.
    std::thread::sleep(std::time::Duration::from_secs(5));
    drop(program);
    let asked = fs::read_to_string(&log)?;
    assert!(asked.contains("socket(AF_UNIX"), "the trace works: the display and the bus are seen\n{asked}");
    let network: Vec<_> = asked.lines().filter(|line| line.contains("AF_INET")).collect();
    assert!(network.is_empty(), "{network:#?}");
    Ok(())
}

#[test]
fn without_a_session_bus_a_second_start_shows_the_first_window_and_ends() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open_without_bus()?, Home::new()?);
    let mut first = Plain::start(&desktop, &home, &[])?;
    fs::remove_file(home.path().join("ready"))?;
    let mut second = Plain::start(&desktop, &home, &[])?;
    until("the second to end", || second.0.ended())?;
    assert!(!first.0.ended(), "the first goes on");
    until("the first to see the sign", || !search_name(home.path(), "show-window"))?;
    Ok(())
}

/// Whether a file of this name lies anywhere below.
fn search_name(folder: &Path, name: &str) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).any(|path| {
        path.file_name().is_some_and(|file| file == name) || path.is_dir() && search_name(&path, name)
    })
}

#[test]
fn a_second_start_shows_the_first_window_and_ends() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let mut first = Plain::start(&desktop, &home, &[])?;
    let mut second = Plain::start(&desktop, &Home::new()?, &[])?;
    until("the second to end", || second.0.ended())?;
    assert!(!first.0.ended(), "the first goes on");
    Ok(())
}

#[test]
fn without_a_session_bus_the_window_opens_all_the_same() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open_without_bus()?, Home::new()?);
    let mut program = Plain::start(&desktop, &home, &[])?;
    assert!(!program.0.ended(), "{}", fs::read_to_string(home.path().join("program.err"))?);
    Ok(())
}

#[tokio::test]
async fn the_page_can_neither_leave_nor_reach_out_nor_touch_its_prototypes() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::start(&desktop, &home, None).await?;
    let before = app.client.execute("return location.href", vec![]).await?;
    for attempt in [
        "location.href = 'https://example.org/'",
        "location.href = 'file:///etc/hostname'",
        "location.href = 'data:text/html,hello'",
        "window.open('https://example.org/')",
        "const a = document.createElement('a'); a.href = 'https://example.org/'; a.target = '_blank'; document.body.append(a); a.click(); a.remove()",
    ] {
        app.client.execute(attempt, vec![]).await?;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(app.client.execute("return location.href", vec![]).await?, before, "{attempt}");
        assert_eq!(app.client.windows().await?.len(), 1, "{attempt}");
    }
    let refused = "const done = arguments[arguments.length - 1];
        const to = arguments[0];
        fetch(to).then((r) => done(`answered ${r.status}`), (e) => done(`refused`));";
    for address in ["https://example.org/", "http://127.0.0.1:9/", "file:///etc/hostname"] {
        assert_eq!(app.client.execute_async(refused, vec![json!(address)]).await?, "refused", "{address}");
    }
    let globals = app
        .client
        .execute("return [typeof window.__TAURI__, Object.isFrozen(Object.prototype)]", vec![])
        .await?;
    assert_eq!(globals, json!(["undefined", true]));
    for forbidden in [
        "plugin:fs|read_text_file",
        "plugin:dialog|open",
        "plugin:window|create",
        "plugin:path|resolve_directory",
    ] {
        assert!(app.ask(forbidden, json!({})).await.is_err(), "the page may call {forbidden}");
    }
    app.stop().await
}

/// Commands that a locked program answers: how it stands and looks, opening and making a vault, restoring one, and what
/// concerns no vault at all.
const OPEN_WHEN_LOCKED: &[&str] = &[
    "app_status",
    "autostart",
    "choose_backup",
    "copy_for_a_while",
    "create_vault",
    "examine_backup",
    "first_screen_drawn",
    "leave_sample",
    "lock",
    "open_sample",
    "restore_backup",
    "save_preferences",
    "set_autostart",
    "set_vault_aside",
    "stop_backup",
    "stop_errand",
    "unlock",
    "verify_chosen_pack",
];

/// Every command of the page with something for each of its arguments, as the generated file names them.
fn commands() -> Vec<(String, serde_json::Value)> {
    let bindings = include_str!("../../ui/src/ipc/bindings.ts");
    let signatures = bindings.lines().filter_map(|line| {
        let (signature, call) = line.split_once(" => ")?;
        let name = call.split_once("INVOKE")?.1.split('"').nth(1)?;
        let arguments = signature.split_once('(')?.1.rsplit_once(')')?.0;
        let named = arguments.split(", ").filter_map(|argument| argument.split_once(": "));
        let given = named.map(|(name, kind)| (name.to_owned(), of_kind(kind)));
        Some((name.to_owned(), serde_json::Value::Object(given.collect())))
    });
    signatures.collect()
}

/// A value of a type; of a request an empty one, which is refused unless every field has a default.
fn of_kind(kind: &str) -> serde_json::Value {
    match kind {
        "string" => json!("x"),
        "boolean" => json!(false),
        "number" => json!(0),
        list if list.ends_with("[]") => json!([]),
        maybe if maybe.ends_with("| null") => json!(null),
        _ => json!({}),
    }
}

#[tokio::test]
async fn a_locked_program_tells_nothing_and_takes_nothing() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::start(&desktop, &home, Some("2026-11-18T09:30:00+08:00")).await?;
    let vault = json!({ "request": { "passphrase": "上锁以后 8812", "shared_computer": false } });
    app.ask("create_vault", vault).await?;
    app.ask("lock", json!({})).await?;
    // Whatever is chosen in a dialog, none may open.
    home.choose(&home.path().join("chosen"))?;
    let all = commands();
    assert!(all.len() > 120, "the generated file was read: {} commands", all.len());
    for open in OPEN_WHEN_LOCKED {
        assert!(all.iter().any(|(name, _)| name == open), "{open} is no command any more");
    }
    let (mut locked, mut told) = (0, Vec::new());
    for (name, arguments) in all.iter().filter(|(name, _)| !OPEN_WHEN_LOCKED.contains(&name.as_str())) {
        match app.ask(name, arguments.clone()).await {
            Err(why) if why.to_string().contains("\"locked\"") => locked += 1,
            // Tauri's own words for a request that is none; the command never began.
            Err(why) if why.to_string().contains("invalid args") => {}
            answer => told.push(format!("{name}: {answer:?}")),
        }
    }
    assert!(told.is_empty(), "while locked: {told:#?}");
    assert!(locked > 60, "most were asked for real: {locked}");
    assert!(!home.path().join("chosen").exists(), "nothing was written");
    app.stop().await
}

#[tokio::test]
async fn what_is_typed_leaves_no_trace_in_plain_text() -> anyhow::Result<()> {
    const SECRET: &str = "甲贷无痕测试";
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::start(&desktop, &home, Some("2026-11-18T09:30:00+08:00")).await?;
    let vault = json!({ "request": { "passphrase": "无痕的口令 8812", "shared_computer": true } });
    app.ask("create_vault", vault).await?;
    let loan = json!({ "request": {
        "app": SECRET, "received": "9000.00", "payment": "945.60", "terms": "12", "first_due": "2026-12-05", "terms_paid": "0",
    } });
    app.ask("add_loan", loan).await?;
    app.ask("lock", json!({})).await?;
    let found = search(home.path(), &[SECRET.as_bytes(), "无痕的口令".as_bytes()])?;
    assert!(found.files > 3, "the vault lies below the folder that was searched");
    assert!(found.hits.is_empty(), "in plain text: {:?}", found.hits);
    app.stop().await
}

struct Found {
    files: usize,
    hits: Vec<String>,
}

fn search(folder: &Path, secrets: &[&[u8]]) -> anyhow::Result<Found> {
    let mut found = Found { files: 0, hits: Vec::new() };
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = fs::read(&path) {
                found.files += 1;
                if secrets.iter().any(|secret| bytes.windows(secret.len()).any(|window| window == *secret)) {
                    found.hits.push(path.display().to_string());
                }
            }
        }
    }
    Ok(found)
}
