//! Going about by keyboard alone, with a focus that can be seen.

use anyhow::ensure;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::Value;

use super::app::App;

/// Name of what has the focus, and whether a person can see that it has.
const FOCUSED: &str = r#"
const e = document.activeElement;
const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();
if (!e || e === document.body) return { name: "", seen: true, stop: true };
const by = e.getAttribute("aria-labelledby");
const name = by ? tidy(by.split(" ").map((id) => document.getElementById(id)?.textContent).join(" "))
  : tidy(e.getAttribute("aria-label") ?? (e.labels?.length ? [...e.labels].map((l) => l.textContent).join(" ") : "")) ||
    tidy(e.matches("input, textarea, select") ? e.getAttribute("placeholder") : e.textContent);
// The ring may be drawn around the control's own frame or its label.
let seen = false;
for (let x = e, depth = 0; x && depth < 4 && !seen; x = x.parentElement, depth++) {
  const style = getComputedStyle(x);
  seen = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none";
}
for (const next of [e.nextElementSibling, e.labels?.[0]]) {
  if (!seen && next) { const style = getComputedStyle(next); seen = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none"; }
}
return { name, seen, stop: e.tabIndex >= 0, what: [document.hasFocus(), e.matches(":focus"), e.matches(":focus-visible"), getComputedStyle(e).outline, e.outerHTML.slice(0, 200)].join(" ") };
"#;

impl App {
    /// Presses and releases one key.
    pub async fn key(&self, key: Key) -> anyhow::Result<()> {
        self.keys(&[key]).await
    }

    /// Presses these together, as for a shortcut.
    pub async fn keys(&self, chord: &[Key]) -> anyhow::Result<()> {
        let signs = chord.iter().map(|key| char::from(*key));
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in signs.clone() {
            actions = actions.then(KeyAction::Down { value });
        }
        for value in signs.rev() {
            actions = actions.then(KeyAction::Up { value });
        }
        Ok(self.client.perform_actions(actions).await?)
    }

    /// Ctrl and a letter.
    pub async fn control(&self, letter: char) -> anyhow::Result<()> {
        let down = |value| KeyAction::Down { value };
        let up = |value| KeyAction::Up { value };
        let control = char::from(Key::Control);
        let actions = KeyActions::new("keyboard".to_owned()).then(down(control)).then(down(letter));
        Ok(self.client.perform_actions(actions.then(up(letter)).then(up(control))).await?)
    }

    /// Types into whatever has the focus.
    pub async fn type_text(&self, text: &str) -> anyhow::Result<()> {
        Ok(self.client.active_element().await?.send_keys(text).await?)
    }

    /// Tabs on until the thing whose name begins so has the focus; every stop on the way must show that it has it.
    pub async fn tab_to(&self, name: &str) -> anyhow::Result<()> {
        const MOST: usize = 80;
        let mut stops = Vec::new();
        for _ in 0..MOST {
            self.key(Key::Tab).await?;
            let at = self.client.execute(FOCUSED, vec![]).await?;
            let here = at["name"].as_str().unwrap_or_default().to_owned();
            // A page that opens leads a reader to its heading a frame later, where no Tab leads and no ring is drawn.
            if at["stop"] == Value::Bool(false) {
                continue;
            }
            ensure!(at["seen"] == Value::Bool(true), "the focus on {here:?} can't be seen: {}", at["what"]);
            if here.starts_with(name) {
                return Ok(());
            }
            stops.push(here);
        }
        self.fail(format!("{name:?} is not reached by Tab; the stops were {stops:?}")).await
    }
}
