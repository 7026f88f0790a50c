//! Finding and using what is on the page by what a person reads or hears: roles and names.

use anyhow::{Context, bail};
use fantoccini::Locator;
use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::app::App;
use super::{LOOK, PATIENCE};

/// What kind of thing is meant.
#[derive(Debug, Clone, Copy)]
pub enum Role {
    Button,
    Tab,
    Radio,
    Field,
}

impl Role {
    const fn selector(self) -> &'static str {
        match self {
            Self::Button => "button, [role=button], input[type=button], input[type=submit], summary",
            Self::Tab => "[role=tab], nav a, nav button, nav [role=link]",
            Self::Radio => {
                "input[type=radio], [role=radio], input[type=checkbox], [role=checkbox], [role=switch]"
            }
            Self::Field => "input, textarea, select",
        }
    }
}

/// Names a thing as a screen reader would, closely enough; finds the shown ones of that name.
const FIND: &str = r#"
const [selector, wanted] = arguments;
const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const name = (e) => {
  const by = e.getAttribute("aria-labelledby");
  if (by) return tidy(by.split(" ").map((id) => document.getElementById(id)?.textContent).join(" "));
  if (e.getAttribute("aria-label")) return tidy(e.getAttribute("aria-label"));
  if (e.labels?.length) return tidy([...e.labels].map((label) => label.textContent).join(" "));
  if (e.matches("input, textarea, select")) return tidy(e.getAttribute("placeholder"));
  return tidy(e.textContent);
};
// A control drawn by its label is itself of no size; the label is what a person presses.
const shown = (e) => {
  const drawn = e.labels?.[0] ?? e;
  return [e, drawn].some((x) => x.getClientRects().length > 0 && getComputedStyle(x).visibility !== "hidden") && !e.closest("[inert]");
};
const all = [...document.querySelectorAll(selector)].filter(shown);
const found = all.find((e) => name(e) === wanted) ?? all.find((e) => name(e).startsWith(wanted));
const pressed = found && found.matches("input[type=radio], input[type=checkbox]") ? (found.labels?.[0] ?? found) : found;
return found ? { found: pressed } : { names: all.map(name) };
"#;

impl App {
    /// Waits for the thing of that name (or whose name begins so) and gives it.
    pub async fn find(&self, role: Role, name: &str) -> anyhow::Result<Element> {
        let mut seen = Value::Null;
        for _ in 0..PATIENCE.as_millis() / LOOK.as_millis() {
            let answer = self.client.execute(FIND, vec![json!(role.selector()), json!(name)]).await?;
            if let Some(reference) =
                answer["found"].as_object().and_then(|o| o.values().next()).and_then(Value::as_str)
            {
                let reference = ElementRef::from(reference.to_owned());
                return Ok(Element::from_element_id(self.client.clone(), reference));
            }
            seen = answer["names"].clone();
            sleep(LOOK).await;
        }
        self.fail(format!("no {role:?} named {name:?}; there are {seen}")).await
    }

    /// Presses it, as soon as it stands still: a sheet slides in, and what slides can't be pressed.
    pub async fn press(&self, role: Role, name: &str) -> anyhow::Result<()> {
        let mut last = None;
        for _ in 0..PATIENCE.as_millis() / LOOK.as_millis() {
            match self.find(role, name).await?.click().await {
                Ok(()) => return Ok(()),
                Err(error) => last = Some(error),
            }
            sleep(LOOK).await;
        }
        self.fail(format!("{role:?} {name:?} could not be pressed: {last:?}")).await
    }

    /// Types into the field of that name, replacing what stood there.
    pub async fn fill(&self, name: &str, text: &str) -> anyhow::Result<()> {
        let field = self.find(Role::Field, name).await?;
        field.clear().await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Presses what carries this test id: out from under the foot of the page, and as soon as it stands still.
    pub async fn press_id(&self, id: &str) -> anyhow::Result<()> {
        let mut last = None;
        for _ in 0..PATIENCE.as_millis() / LOOK.as_millis() {
            let found = self.in_the_middle(&format!("[data-testid='{id}']")).await?;
            match found.click().await {
                Ok(()) => return Ok(()),
                Err(error) => last = Some(error),
            }
            sleep(LOOK).await;
        }
        self.fail(format!("{id} could not be pressed: {last:?}")).await
    }

    /// Types into the field that the request knows by this name, replacing what stood there.
    pub async fn fill_named(&self, name: &str, text: &str) -> anyhow::Result<()> {
        // A field of a sheet that still slides in cannot be written into.
        for _ in 0..PATIENCE.as_millis() / LOOK.as_millis() {
            let field = self.in_the_middle(&format!("[name='{name}']")).await?;
            if field.clear().await.is_ok() {
                return Ok(field.send_keys(text).await?);
            }
            sleep(LOOK).await;
        }
        self.fail(format!("{name} could not be filled")).await
    }

    /// The same as a person does it: all that stands there is marked and typed over, or taken out. (The driver's own
    /// emptying leaves the field on the way, and the page may put into it what it had understood.)
    pub async fn retype(&self, name: &str, text: &str) -> anyhow::Result<()> {
        let field = self.in_the_middle(&format!("[name='{name}']")).await?;
        // A key that is held down is let go at the end of what is sent.
        field.send_keys("\u{e009}a").await?;
        Ok(field.send_keys(if text.is_empty() { "\u{e003}" } else { text }).await?)
    }

    /// What this selects, scrolled to where nothing lies over it.
    async fn in_the_middle(&self, selector: &str) -> anyhow::Result<Element> {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await?;
        let middle = "arguments[0].scrollIntoView({ block: 'center' })";
        self.client.execute(middle, vec![serde_json::to_value(&found)?]).await?;
        Ok(found)
    }

    /// All text on the page that can be seen.
    pub async fn text(&self) -> anyhow::Result<String> {
        let text = self.client.execute("return document.body.innerText", vec![]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the page says so.
    pub async fn wait_for_text(&self, wanted: &str) -> anyhow::Result<()> {
        for _ in 0..PATIENCE.as_millis() / LOOK.as_millis() {
            if self.text().await?.contains(wanted) {
                return Ok(());
            }
            sleep(LOOK).await;
        }
        self.fail(format!("the page never said {wanted:?}")).await
    }

    /// Waits until this script is true.
    pub async fn wait_until(&self, what: &str, script: &str) -> anyhow::Result<()> {
        for _ in 0..PATIENCE.as_millis() / LOOK.as_millis() {
            if self.client.execute(&format!("return !!({script})"), vec![]).await? == Value::Bool(true) {
                return Ok(());
            }
            sleep(LOOK).await;
        }
        self.fail(format!("waited in vain for {what}")).await
    }

    /// The first page is there and has drawn something.
    pub async fn settle(&self) -> anyhow::Result<()> {
        self.wait_until("the first page", "document.querySelector('#app')?.innerText.trim()").await
    }

    /// Asks the program what the page itself could ask it.
    pub async fn ask(&self, command: &str, arguments: Value) -> anyhow::Result<Value> {
        let script = "const done = arguments[arguments.length - 1];
            window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1])
              .then((data) => done({ data: data ?? null }), (error) => done({ error }));";
        let mut answer = self.client.execute_async(script, vec![json!(command), arguments]).await?;
        match answer.get("error") {
            Some(error) => bail!("{command}: {error}"),
            None => Ok(answer["data"].take()),
        }
    }

    /// Goes to a page by its address.
    pub async fn go(&self, route: &str) -> anyhow::Result<()> {
        self.client.execute("location.hash = arguments[0]", vec![json!(route)]).await?;
        self.wait_until(route, &format!("location.hash === '#{route}'")).await
    }

    /// Starts the page anew, as it begins when the window opens.
    pub async fn reload(&self) -> anyhow::Result<()> {
        self.client.refresh().await?;
        self.settle().await
    }

    /// Fails with what a person would have seen.
    pub async fn fail<T>(&self, why: String) -> anyhow::Result<T> {
        let picture = super::screens::folder()?.join("failed.png");
        let shot = self.client.screenshot().await.context("a picture of the failure")?;
        std::fs::write(&picture, shot)?;
        let (text, log) = (self.text().await?, self.log());
        bail!("{why}\n-- the page ({}):\n{text}\n-- the log:\n{log}", picture.display())
    }
}
