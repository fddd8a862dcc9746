//! How wide a text is, near enough: a picture is written where no font can be measured.

/// The width of a text at a size of one pixel, in the fonts that pages are shown in.
fn width(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | ';' | ':' | '\'' | '|' | '!' | 'I' => 0.3,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '{' | '}' | ' ' | '"' | '-' | '/' => 0.38,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.92,
        'A'..='Z' | '&' => 0.7,
        '\u{1100}'.. => 1.05,
        _ => 0.58,
    }
}

/// The width of a text at a size in pixels.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(width).sum::<f64>() * size
}

/// As much of a text as is about so wide, with an ellipsis where it is cut.
pub(super) fn fitted(text: &str, size: f64, room: f64) -> String {
    if text_width(text, size) <= room {
        return text.to_owned();
    }
    let mut left = room / size - 0.9;
    let mut shown = String::new();
    for letter in text.chars() {
        left -= width(letter);
        if left < 0.0 {
            break;
        }
        shown.push(letter);
    }
    shown.truncate(shown.trim_end().len());
    shown.push('…');
    shown
}

/// A text in lines of about a width at most: as it is broken itself, and between words.
pub(super) fn lines(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for own in text.lines() {
        let mut line = String::new();
        for word in own.split(' ') {
            if !line.is_empty()
                && text_width(&line, size) + text_width(word, size) + size * 0.4 > room
            {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(fitted(&line, size, room));
    }
    lines
}
