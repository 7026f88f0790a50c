//! Locks the vault when the computer goes to sleep or its screen is locked. A desktop that tells nobody is no failure:
//! idle time locks there, and so does the page when it wakes and finds its clock far ahead.

use tauri::AppHandle;

/// Listens as long as the program runs.
#[cfg(target_os = "linux")]
pub(crate) fn start(app: &AppHandle) {
    for listen in [linux::sleep_and_session, linux::screen_savers] {
        let app = app.clone();
        // A thread each: a bus may be slow to answer, or never do.
        std::thread::spawn(move || listen(&app));
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn start(_app: &AppHandle) {}

#[cfg(target_os = "linux")]
mod linux {
    use tauri::AppHandle;
    use zbus::export::ordered_stream::OrderedStreamExt;
    use zbus::message::Type;

    use zbus::{Connection, MatchRule, Message, MessageStream, OwnedFd, OwnedObjectPath, Proxy};

    use crate::commands::lock_after_drafts;

    const LOGIN: &str = "org.freedesktop.login1";
    const LOGIN_PATH: &str = "/org/freedesktop/login1";
    const MANAGER: &str = "org.freedesktop.login1.Manager";
    const SESSION: &str = "org.freedesktop.login1.Session";

    /// Sleep, and the locking of this session.
    pub(super) fn sleep_and_session(app: &AppHandle) {
        // Without a system bus there is nobody to listen to.
        let _: zbus::Result<()> = zbus::block_on(async {
            let bus = Connection::system().await?;
            let rule = MatchRule::builder().msg_type(Type::Signal).path_namespace(LOGIN_PATH).build()?;
            let mut signals = MessageStream::for_match_rule(rule, &bus, None).await?;
            let manager = Proxy::new(&bus, LOGIN, LOGIN_PATH, MANAGER).await?;
            let own: Option<OwnedObjectPath> =
                manager.call("GetSessionByPID", &(std::process::id(),)).await.ok();
            let mut hold = delay(&manager).await;
            while let Some(signal) = signals.next().await {
                let signal = signal?;
                match names(&signal) {
                    Some([MANAGER, "PrepareForSleep"]) => {
                        if says_yes(&signal) {
                            lock_after_drafts(app);
                            // Drafts are kept and the key is gone: it may sleep now.
                            drop(hold.take());
                        } else {
                            hold = delay(&manager).await;
                        }
                    }
                    Some([SESSION, "Lock"]) if is_own(&signal, own.as_ref()) => lock_after_drafts(app),
                    _ => {}
                }
            }
            Ok(())
        });
    }

    /// Screen savers of all desktops say the same under different names. Anybody on the bus could; all it does is lock.
    pub(super) fn screen_savers(app: &AppHandle) {
        let _: zbus::Result<()> = zbus::block_on(async {
            let bus = Connection::session().await?;
            let rule = MatchRule::builder().msg_type(Type::Signal).member("ActiveChanged").build()?;
            let mut signals = MessageStream::for_match_rule(rule, &bus, None).await?;
            while let Some(signal) = signals.next().await {
                let signal = signal?;
                let saver = names(&signal).is_some_and(|[interface, _]| interface.ends_with(".ScreenSaver"));
                if saver && says_yes(&signal) {
                    lock_after_drafts(app);
                }
            }
            Ok(())
        });
    }

    /// Asks for a moment before sleep. The answer is held as long as it is wanted.
    async fn delay(manager: &Proxy<'_>) -> Option<OwnedFd> {
        let asked = ("sleep", "Ashore", "Locking the vault", "delay");
        manager.call("Inhibit", &asked).await.ok()
    }

    fn names(signal: &Message) -> Option<[&'static str; 2]> {
        let header = signal.header();
        let (interface, member) = (header.interface()?.as_str(), header.member()?.as_str());
        Some([known(interface)?, known(member)?])
    }

    /// The few names listened for; the header they are read from does not live long enough.
    fn known(name: &str) -> Option<&'static str> {
        const NAMES: [&str; 10] = [
            MANAGER,
            SESSION,
            "PrepareForSleep",
            "Lock",
            "ActiveChanged",
            "org.freedesktop.ScreenSaver",
            "org.gnome.ScreenSaver",
            "org.cinnamon.ScreenSaver",
            "org.mate.ScreenSaver",
            "org.xfce.ScreenSaver",
        ];
        NAMES.into_iter().find(|known| *known == name)
    }

    fn says_yes(signal: &Message) -> bool {
        signal.body().deserialize::<bool>().unwrap_or(false)
    }

    /// Other people's sessions on this machine are none of ours; where it can't be told, any counts.
    fn is_own(signal: &Message, own: Option<&OwnedObjectPath>) -> bool {
        let header = signal.header();
        own.is_none_or(|own| header.path().is_some_and(|path| path.as_str() == own.as_str()))
    }
}
