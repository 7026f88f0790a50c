use std::io::Write;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::App;
use crate::whole::write_whole;
use crate::{AppError, ErrorCode};

/// How the program looks. Needed before the vault opens, so it lies outside it, and holds nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Preferences {
    /// Language of the window and of notifications.
    pub language: Language,
    /// Size of text.
    pub text_size: TextSize,
    /// Light or dark.
    pub theme: Theme,
}

/// Language of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub enum Language {
    /// 简体中文.
    #[default]
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English.
    #[serde(rename = "en")]
    English,
}

/// Size of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TextSize {
    /// 标准.
    #[default]
    Standard,
    /// 大.
    Large,
    /// 长辈.
    Elder,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the desktop has it.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl<S> App<S> {
    /// How the program looks; the defaults when the file is missing or was damaged.
    #[must_use]
    pub fn preferences(&self) -> Preferences {
        std::fs::read(self.place.preferences())
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    /// Keeps how the program looks: written beside, then renamed, so that a loss of power leaves the old choice.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn save_preferences(&self, preferences: &Preferences) -> Result<(), AppError> {
        let io = |e: std::io::Error| {
            AppError::new(ErrorCode::Io, format!("the preferences could not be kept: {e}"))
        };
        let path = self.place.preferences();
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(io)?;
        }
        let bytes = serde_json::to_vec_pretty(preferences).map_err(|e| io(e.into()))?;
        write_whole(path, |file| file.write_all(&bytes)).map_err(io)
    }
}
