//! axe, injected into the real page: every rule it has, in both themes.

use std::fmt::Write;
use std::fs;

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::app::App;

const RUN: &str = r#"
const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ["violations"] }).then(
  (result) => done({ rules: result.passes.length, violations: result.violations.map((v) => ({
    id: v.id, impact: v.impact, help: v.help,
    places: v.nodes.map((n) => `${n.target.join(" ")}: ${n.failureSummary.replace(/\s+/g, " ")}`) })) }),
  (error) => done({ error: String(error) }));
"#;

impl App {
    /// Nothing on this page, in light and in dark, breaks a rule of axe.
    pub async fn expect_accessible(&self, page: &str) -> anyhow::Result<()> {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/node_modules/axe-core/axe.min.js");
        let source = fs::read_to_string(source)
            .context("axe-core comes with the user interface: npm --prefix ui ci")?;
        let loaded = self.client.execute("return typeof axe === 'object'", vec![]).await?;
        if loaded != json!(true) {
            self.client.execute(&source, vec![]).await?;
        }
        let before = self.client.execute("return document.documentElement.className", vec![]).await?;
        let mut told = String::new();
        for theme in ["light", "dark"] {
            let dress = "const [dark] = arguments; const c = document.documentElement.classList;
                c.toggle('as-dark', dark); c.toggle('van-theme-dark', dark); c.toggle('as-light', !dark)";
            self.client.execute(dress, vec![json!(theme == "dark")]).await?;
            // Colours may be on their way from one theme to the other, or in from an earlier press.
            tokio::time::sleep(std::time::Duration::from_millis(400)).await;
            let finish = "document.getAnimations().forEach((animation) => animation.finish())";
            self.client.execute(finish, vec![]).await?;
            let result = self.client.execute_async(RUN, vec![]).await?;
            ensure!(result["rules"].as_u64().is_some_and(|rules| rules > 0), "axe did not run: {result}");
            for violation in result["violations"].as_array().into_iter().flatten() {
                let text = |name: &str| violation[name].as_str().unwrap_or_default().to_owned();
                writeln!(told, "{theme}: {} ({}): {}", text("id"), text("impact"), text("help"))?;
                for place in violation["places"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                    writeln!(told, "    {place}")?;
                }
            }
        }
        self.client.execute("document.documentElement.className = arguments[0]", vec![before]).await?;
        ensure!(told.is_empty(), "axe on {page}:\n{told}");
        Ok(())
    }
}
