//! Files dragged from another program and dropped on the window: XDND as a file manager speaks it, message by message, so
//! that all from the toolkit's handler to the page is the real one.

use std::path::Path;
use std::thread::sleep;

use anyhow::{Context, ensure};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ChangeWindowAttributesAux, ClientMessageEvent, ConnectionExt as _, CreateWindowAux,
    EventMask, MapState, PropMode, SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent,
    Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;
use x11rb::{COPY_DEPTH_FROM_PARENT, CURRENT_TIME};

use super::desktop::Desktop;
use super::{LOOK, PATIENCE};

/// The version of the protocol that every toolkit of today speaks.
const VERSION: u32 = 5;

/// Who drags.
struct Source {
    x: RustConnection,
    window: Window,
    onto: Window,
    files: Vec<u8>,
    accepted: bool,
    finished: bool,
}

impl Desktop {
    /// Drags these files over the middle of the window and lets go of them.
    pub fn drop_files(&self, files: &[&Path]) -> anyhow::Result<()> {
        let (x, root) = self.x()?;
        let window = x.generate_id()?;
        let plain = CreateWindowAux::new();
        x.create_window(
            COPY_DEPTH_FROM_PARENT,
            window,
            root,
            0,
            0,
            1,
            1,
            0,
            WindowClass::INPUT_OUTPUT,
            0,
            &plain,
        )?;
        x.change_window_attributes(
            window,
            &ChangeWindowAttributesAux::new().event_mask(EventMask::PROPERTY_CHANGE),
        )?;
        let files = files.iter().map(|path| format!("file://{}\r\n", encoded(path))).collect::<String>();
        let onto = target(&x, root)?.context("no window on the display takes drops")?;
        let mut source =
            Source { x, window, onto, files: files.into_bytes(), accepted: false, finished: false };
        source.drag(root)
    }
}

/// As a part of an address.
fn encoded(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    bytes
        .iter()
        .map(|byte| match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                char::from(*byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

fn atom(x: &RustConnection, name: &str) -> anyhow::Result<Atom> {
    Ok(x.intern_atom(false, name.as_bytes())?.reply()?.atom)
}

/// The largest window that is seen and says that it takes drops.
fn target(x: &RustConnection, root: Window) -> anyhow::Result<Option<Window>> {
    let aware = atom(x, "XdndAware")?;
    let (mut open, mut best) = (vec![root], None);
    while let Some(window) = open.pop() {
        open.extend(x.query_tree(window)?.reply()?.children);
        let property = x.get_property(false, window, aware, AtomEnum::ANY, 0, 1)?.reply()?;
        if property.value_len == 0
            || x.get_window_attributes(window)?.reply()?.map_state != MapState::VIEWABLE
        {
            continue;
        }
        let shape = x.get_geometry(window)?.reply()?;
        let size = u32::from(shape.width) * u32::from(shape.height);
        if best.is_none_or(|(most, _)| size > most) {
            best = Some((size, window));
        }
    }
    Ok(best.map(|(_, window)| window))
}

impl Source {
    fn drag(&mut self, root: Window) -> anyhow::Result<()> {
        let list = atom(&self.x, "text/uri-list")?;
        let copy = atom(&self.x, "XdndActionCopy")?;
        let selection = atom(&self.x, "XdndSelection")?;
        self.x.set_selection_owner(self.window, selection, CURRENT_TIME)?;
        let shape = self.x.get_geometry(self.onto)?.reply()?;
        let middle = self.x.translate_coordinates(
            self.onto,
            root,
            i16::try_from(shape.width / 2)?,
            i16::try_from(shape.height / 2)?,
        )?;
        let middle = middle.reply()?;
        let place = u32::from(middle.dst_x.cast_unsigned()) << 16 | u32::from(middle.dst_y.cast_unsigned());
        self.tell("XdndEnter", [VERSION << 24, list, 0, 0])?;
        let mut asked = 0;
        // Whoever is dragged over looks at what it is before it says that it takes it.
        self.wait("the window to take what is dragged", |source| {
            asked += 1;
            if asked % 5 == 1 {
                source.tell("XdndPosition", [0, place, CURRENT_TIME, copy])?;
            }
            Ok(source.accepted)
        })?;
        // A hand never lets go in the instant in which it arrives.
        for _ in 0..5 {
            self.tell("XdndPosition", [0, place, CURRENT_TIME, copy])?;
            let mut looks = 0;
            self.wait("a moment", |_| {
                looks += 1;
                Ok(looks > 2)
            })?;
        }
        self.tell("XdndDrop", [0, CURRENT_TIME, 0, 0])?;
        self.wait("the drop to be finished", |source| Ok(source.finished))
    }

    fn tell(&self, what: &str, data: [u32; 4]) -> anyhow::Result<()> {
        let [a, b, c, d] = data;
        let kind = atom(&self.x, what)?;
        let message = ClientMessageEvent::new(32, self.onto, kind, [self.window, a, b, c, d]);
        self.x.send_event(false, self.onto, EventMask::NO_EVENT, message)?;
        self.x.flush()?;
        Ok(())
    }

    /// Answers whatever is asked meanwhile.
    fn wait(
        &mut self,
        what: &str,
        mut so: impl FnMut(&mut Self) -> anyhow::Result<bool>,
    ) -> anyhow::Result<()> {
        let (status, finished) = (atom(&self.x, "XdndStatus")?, atom(&self.x, "XdndFinished")?);
        for _ in 0..PATIENCE.as_millis() / LOOK.as_millis() {
            while let Some(event) = self.x.poll_for_event()? {
                match event {
                    Event::SelectionRequest(asked) => self.hand_over(&asked)?,
                    Event::ClientMessage(said) if said.type_ == status => {
                        self.accepted = said.data.as_data32()[1] & 1 == 1;
                    }
                    Event::ClientMessage(said) if said.type_ == finished => self.finished = true,
                    _ => {}
                }
            }
            if so(self)? {
                return Ok(());
            }
            sleep(LOOK);
        }
        anyhow::bail!("waited in vain for {what}")
    }

    fn hand_over(&self, asked: &SelectionRequestEvent) -> anyhow::Result<()> {
        let (list, targets) = (atom(&self.x, "text/uri-list")?, atom(&self.x, "TARGETS")?);
        let property = if asked.property == 0 { asked.target } else { asked.property };
        let answered = if asked.target == list {
            self.x.change_property8(PropMode::REPLACE, asked.requestor, property, list, &self.files)?;
            true
        } else if asked.target == targets {
            let kinds = [targets, list];
            self.x.change_property32(PropMode::REPLACE, asked.requestor, property, AtomEnum::ATOM, &kinds)?;
            true
        } else {
            false
        };
        ensure!(asked.owner == self.window, "somebody else was asked");
        let notice = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: asked.time,
            requestor: asked.requestor,
            selection: asked.selection,
            target: asked.target,
            property: if answered { property } else { 0 },
        };
        self.x.send_event(false, asked.requestor, EventMask::NO_EVENT, notice)?;
        self.x.flush()?;
        Ok(())
    }
}
