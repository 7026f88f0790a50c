//! Hands on the keyboard of the display: keys as the X server itself hands them to whatever has the focus.

use anyhow::Context;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConnectionExt as _, KEY_PRESS_EVENT, KEY_RELEASE_EVENT};
use x11rb::protocol::xtest::ConnectionExt as _;

use super::desktop::Desktop;

const ENTER: u32 = 0xff0d;

impl Desktop {
    /// Types small letters, figures and blanks, and Enter after them.
    pub fn type_line(&self, line: &str) -> anyhow::Result<()> {
        let (x, root) = self.x()?;
        let (first, last) = (x.setup().min_keycode, x.setup().max_keycode);
        let keys = x.get_keyboard_mapping(first, last - first + 1)?.reply()?;
        let per = usize::from(keys.keysyms_per_keycode);
        for sign in line.chars().map(u32::from).chain([ENTER]) {
            let place = keys.keysyms.chunks(per).position(|signs| signs.first() == Some(&sign));
            let key = place.and_then(|place| u8::try_from(place).ok()).context("no such key")? + first;
            for event in [KEY_PRESS_EVENT, KEY_RELEASE_EVENT] {
                x.xtest_fake_input(event, key, 0, root, 0, 0, 0)?.check()?;
            }
        }
        x.flush()?;
        Ok(())
    }
}
