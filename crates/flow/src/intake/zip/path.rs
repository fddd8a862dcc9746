//! The paths in an archive: as text, and whether they stay inside.

use super::refusal::Reason;
use crate::limits::{ARCHIVE_DEPTH, ARCHIVE_PATH_BYTES};

/// The upper half of code page 437, in which paths are spelled that do not say they are UTF-8.
const CODE_PAGE_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
                             αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// The text of a path. Many programs write UTF-8 without saying so, and hardly any text of another
/// spelling is UTF-8 by chance.
pub(super) fn decode(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let upper = |byte: u8| CODE_PAGE_437.chars().nth(usize::from(byte & 0x7F));
    bytes
        .iter()
        .map(|&byte| match byte {
            0..=0x7F => char::from(byte),
            _ => upper(byte).unwrap_or('\u{fffd}'),
        })
        .collect()
}

/// The path without `.` and doubled slashes; whether it is a folder's. A path that leads anywhere but
/// down, or that some system would read in another way, is refused.
pub(super) fn normal(path: &str) -> Result<(String, bool), Reason> {
    if path.len() > ARCHIVE_PATH_BYTES {
        return Err(Reason::Path);
    }
    let is_drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with('/') || is_drive || path.contains(['\\', '\0']) {
        return Err(Reason::Escapes);
    }
    let mut names = Vec::new();
    for name in path.split('/') {
        match name {
            ".." => return Err(Reason::Escapes),
            "" | "." => {}
            name => names.push(name),
        }
    }
    match names.len() {
        0 if path.is_empty() => Err(Reason::Escapes),
        0..=ARCHIVE_DEPTH => Ok((names.join("/"), path.ends_with('/'))),
        _ => Err(Reason::Path),
    }
}
