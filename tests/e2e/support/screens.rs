//! Pictures of every page for people to look at: target/screens/NAME-390-light.png and so on.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::ensure;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::app::App;

/// A phone and a small laptop.
const SIZES: [(u32, u32); 2] = [(390, 844), (1280, 800)];

/// A look that goes on top of whatever the page has chosen, and comes off again.
const DRESS: &str = r#"
const [theme, elder, scale] = arguments;
const root = document.documentElement;
root.classList.toggle("as-dark", theme === "dark");
root.classList.toggle("van-theme-dark", theme === "dark");
root.classList.toggle("as-light", theme === "light");
if (elder) { root.classList.remove("as-text-standard", "as-text-large"); }
root.classList.toggle("as-text-elder", elder);
root.style.fontSize = scale ? `${scale}%` : "";
"#;

/// Where pictures go.
pub(super) fn folder() -> anyhow::Result<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/screens");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

impl App {
    /// This page in both sizes, light and dark.
    pub async fn screens(&self, name: &str) -> anyhow::Result<()> {
        let before = self.look().await?;
        for (width, height) in SIZES {
            self.resize(width, height).await?;
            self.light_and_dark(name, width, height).await?;
        }
        self.resize(390, 844).await?;
        self.undress(&before).await
    }

    /// This page as it stands, in the size of a phone or (`wide`) of a laptop, light and dark: for what closes when the
    /// page is laid out anew. The window keeps the size.
    pub async fn screens_in(&self, name: &str, wide: bool) -> anyhow::Result<()> {
        let before = self.look().await?;
        let (width, height) = SIZES[usize::from(wide)];
        self.resize(width, height).await?;
        self.light_and_dark(name, width, height).await?;
        self.undress(&before).await
    }

    async fn light_and_dark(&self, name: &str, width: u32, height: u32) -> anyhow::Result<()> {
        for theme in ["light", "dark"] {
            self.dress(theme, false, None).await?;
            self.picture(&format!("{name}-{width}-{theme}"), width, height).await?;
        }
        Ok(())
    }

    /// The same, and in elder mode and at 200 % text: for each tab.
    pub async fn screens_of_tab(&self, name: &str) -> anyhow::Result<()> {
        self.screens(name).await?;
        let before = self.look().await?;
        for (width, height) in SIZES {
            self.resize(width, height).await?;
            self.dress("light", true, None).await?;
            self.picture(&format!("{name}-{width}-elder"), width, height).await?;
            self.undress(&before).await?;
            self.dress("light", false, Some(200)).await?;
            self.picture(&format!("{name}-{width}-200"), width, height).await?;
            self.undress(&before).await?;
        }
        self.resize(390, 844).await
    }

    /// One picture, of the size it says.
    async fn picture(&self, name: &str, width: u32, height: u32) -> anyhow::Result<()> {
        let png = self.still().await?;
        let side = |at: usize| png.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_be_bytes);
        ensure!(
            (side(16), side(20)) == (Some(width), Some(height)),
            "{name} is {:?} wide, {:?} high",
            side(16),
            side(20)
        );
        fs::write(folder()?.join(format!("{name}.png")), png)?;
        Ok(())
    }

    /// What the window shows once it has stopped changing. A picture can be a frame or two behind the page, and more
    /// when the machine is busy: the page draws twice more first, and then two pictures must be the same.
    async fn still(&self) -> anyhow::Result<Vec<u8>> {
        let twice = "const done = arguments[arguments.length - 1]; requestAnimationFrame(() => requestAnimationFrame(done))";
        self.client.execute_async(twice, vec![]).await?;
        let mut before = Vec::new();
        for _ in 0..40 {
            sleep(Duration::from_millis(300)).await;
            let now = self.client.screenshot().await?;
            if now == before {
                return Ok(now);
            }
            before = now;
        }
        self.fail("the window never stopped changing".to_owned()).await
    }

    /// Gives the window this size and waits until the page has it.
    pub async fn resize(&self, width: u32, height: u32) -> anyhow::Result<()> {
        self.client.set_window_rect(0, 0, width, height).await?;
        self.wait_until("the new size", &format!("innerWidth === {width} && innerHeight === {height}")).await
    }

    async fn dress(&self, theme: &str, elder: bool, scale: Option<u32>) -> anyhow::Result<()> {
        self.client.execute(DRESS, vec![json!(theme), json!(elder), json!(scale)]).await?;
        Ok(())
    }

    async fn look(&self) -> anyhow::Result<Value> {
        Ok(self.client.execute("return document.documentElement.className", vec![]).await?)
    }

    async fn undress(&self, before: &Value) -> anyhow::Result<()> {
        let script =
            "document.documentElement.className = arguments[0]; document.documentElement.style.fontSize = ''";
        self.client.execute(script, vec![before.clone()]).await?;
        Ok(())
    }
}
