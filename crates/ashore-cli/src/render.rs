//! Views for people: the same fields as the JSON, set out to be read.

use serde_json::{Map, Value};

/// A view as lines of text.
pub(crate) fn people(view: &Value) -> String {
    let mut lines = Vec::new();
    write(view, 0, &mut lines);
    lines.join("\n")
}

fn write(value: &Value, depth: usize, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(fields) => write_fields(fields, depth, lines),
        Value::Array(items) => {
            for item in items {
                match item {
                    Value::Object(fields) => {
                        let from = lines.len();
                        write_fields(fields, depth + 1, lines);
                        if let Some(first) = lines.get_mut(from) {
                            *first = format!("{indent}- {}", first.trim_start());
                        }
                    }
                    other => lines.push(format!("{indent}- {}", plain(other))),
                }
            }
        }
        other => lines.push(format!("{indent}{}", plain(other))),
    }
}

fn write_fields(fields: &Map<String, Value>, depth: usize, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    for (name, value) in fields {
        let name = name.replace('_', " ");
        match value {
            Value::Null => {}
            Value::Array(items) if items.is_empty() => {}
            Value::Object(_) | Value::Array(_) => {
                lines.push(format!("{indent}{name}:"));
                write(value, depth + 1, lines);
            }
            other => lines.push(format!("{indent}{name}: {}", plain(other))),
        }
    }
}

/// Text without quotes, and without anything that could steer a terminal.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.chars().filter(|c| !c.is_control() || *c == '\n').collect(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::people;
    use serde_json::json;

    #[test]
    fn fields_are_lines_and_nothing_steers_the_terminal() {
        let view = json!({"name": "甲\u{1b}[2J贷", "closed": false, "rows": [{"term": 1}, {"term": 2}], "note": null});
        assert_eq!(people(&view), "name: 甲[2J贷\nclosed: no\nrows:\n  - term: 1\n  - term: 2");
    }
}
