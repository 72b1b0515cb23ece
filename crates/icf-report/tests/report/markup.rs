//! A small checker of markup: balanced tags, quoted attributes, no stray angle brackets.

/// Elements that HTML leaves open.
const VOID: [&str; 3] = ["meta", "input", "link"];

/// One start tag with its attributes.
#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
}

impl Tag {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.0 == name).map(|attribute| attribute.1.as_str())
    }
}

/// Every start tag of a document, or where it is not well formed. The text of `script` and `style` is skipped.
pub(crate) fn tags(document: &str) -> Result<Vec<Tag>, String> {
    let mut found = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = document;
    while let Some(start) = rest.find('<') {
        check_text(&rest[..start])?;
        rest = &rest[start..];
        if let Some(after) = rest.strip_prefix("<?").or(rest.strip_prefix("<!DOCTYPE")) {
            rest = &after[after.find('>').ok_or("an unclosed declaration")? + 1..];
            continue;
        }
        let end = tag_end(rest).ok_or_else(|| format!("an unclosed tag: {:.40}", rest))?;
        let inner = &rest[1..end];
        rest = &rest[end + 1..];
        if let Some(name) = inner.strip_prefix('/') {
            let expected = open.pop().ok_or_else(|| format!("</{name}> closes nothing"))?;
            if expected != name {
                return Err(format!("</{name}> closes <{expected}>"));
            }
            continue;
        }
        let (inner, closed) = inner.strip_suffix('/').map_or((inner, false), |inner| (inner, true));
        let tag = parse(inner)?;
        if !closed && !VOID.contains(&tag.name.as_str()) {
            if matches!(tag.name.as_str(), "script" | "style") {
                let close = format!("</{}", tag.name);
                rest = &rest[rest.find(&close).ok_or("an unclosed script or style")?..];
            }
            open.push(tag.name.clone());
        }
        found.push(tag);
    }
    check_text(rest)?;
    if open.is_empty() { Ok(found) } else { Err(format!("never closed: {open:?}")) }
}

fn check_text(text: &str) -> Result<(), String> {
    for (at, _) in text.match_indices('&') {
        let entity = text[at + 1..].split(';').next().unwrap_or("");
        if entity.is_empty() || entity.len() > 6 || text[at + 1..].len() == entity.len() {
            return Err(format!("a stray ampersand: {:.30}", &text[at..]));
        }
    }
    if text.contains('>') { Err(format!("a stray angle bracket: {text:.60}")) } else { Ok(()) }
}

/// The place of the `>` that ends a tag; quoted values may hold others.
fn tag_end(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(at, character)| {
        quoted ^= character == '"';
        (character == '>' && !quoted).then_some(at)
    })
}

fn parse(inner: &str) -> Result<Tag, String> {
    let (name, mut rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let mut attributes: Vec<(String, String)> = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let name_end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (key, after) = rest.split_at(name_end);
        let Some(value) = after.strip_prefix("=\"") else {
            attributes.push((key.to_owned(), String::new()));
            rest = after;
            continue;
        };
        let end = value.find('"').ok_or_else(|| format!("an unclosed attribute in <{inner}>"))?;
        if value[..end].contains('<') {
            return Err(format!("an angle bracket in an attribute of <{inner}>"));
        }
        if attributes.iter().any(|known| known.0 == key) {
            return Err(format!("{key} twice in <{inner}>"));
        }
        attributes.push((key.to_owned(), value[..end].to_owned()));
        rest = &value[end + 1..];
    }
    Ok(Tag { name: name.to_owned(), attributes })
}
