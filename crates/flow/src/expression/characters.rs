//! Which characters are spaces and which make names.

/// White space and line ends as ECMAScript counts them (`WhiteSpace`, `LineTerminator`).
pub(crate) fn is_space(character: char) -> bool {
    match character {
        '\u{85}' => false,
        '\u{feff}' => true,
        other => other.is_whitespace(),
    }
}

/// Whether a name can start with this character.
pub(crate) fn is_name_start(character: char) -> bool {
    matches!(character, '$' | '_') || unicode_ident::is_xid_start(character)
}

/// Whether a name can go on with this character. The joiners are allowed as in ECMAScript.
pub(crate) fn is_name_part(character: char) -> bool {
    matches!(character, '$' | '\u{200c}' | '\u{200d}') || unicode_ident::is_xid_continue(character)
}
