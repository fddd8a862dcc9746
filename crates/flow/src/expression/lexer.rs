//! Reading a source as tokens: never fails, one pass, no allocation. Also the meaning of escapes
//! in strings. What the tokens form is the parser's matter.

use super::number;
use super::text::Text;
use super::tree::{Binary, offset};
use crate::json::Span;

/// Something that is no part of the language, with what to say about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Foreign {
    /// The sentence.
    pub(crate) message: &'static str,
    /// What would be right in its place, where that is certain.
    pub(crate) replacement: Option<&'static str>,
    /// The operator it is read as, so that the rest can be checked.
    pub(crate) operator: Option<Binary>,
    /// Whether it stands where a value stands.
    pub(crate) value: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    End,
    Space,
    Number,
    String {
        escaped: bool,
    },
    Name,
    Operator(Binary),
    /// `!`
    Not,
    Dot,
    /// `?.`
    OptionalDot,
    Question,
    Colon,
    Comma,
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    Foreign(&'static Foreign),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
}

#[derive(Clone)]
pub(crate) struct Lexer<'source> {
    source: &'source str,
    position: usize,
    end: usize,
}

const fn value(message: &'static str) -> Foreign {
    Foreign {
        message,
        replacement: None,
        operator: None,
        value: true,
    }
}

const fn operator(message: &'static str, replacement: &'static str, operator: Binary) -> Foreign {
    Foreign {
        message,
        replacement: Some(replacement),
        operator: Some(operator),
        value: false,
    }
}

const fn refused(message: &'static str, operator: Option<Binary>) -> Foreign {
    Foreign {
        message,
        replacement: None,
        operator,
        value: false,
    }
}

static UNCLOSED_STRING: Foreign = value("The string that starts here is not closed.");
static BAD_ESCAPE: Foreign =
    value("A `\\` in this string starts no known escape; write `\\\\` for a backslash.");
static TEMPLATE: Foreign =
    value("Text in backticks cannot be used here; write it in quotes and join with `+`.");
static PLACEHOLDER: Foreign =
    value("`${…}` and `{{…}}` belong in texts; in an expression write the name alone.");
static OBJECT: Foreign =
    value("`{` has no meaning in an expression; objects and blocks cannot be written here.");
static CURLY_QUOTE: Foreign = value("Write straight quotes (\" or ') around a string.");
static OCTAL: Foreign = value("A number cannot start with `0`; leave the zero out.");
static BAD_NUMBER: Foreign = value(
    "This is not a number; write digits, as in `12`, `0.5` or `1e3`, and put words in quotes.",
);
static COMMENT: Foreign = value("Comments cannot be written in an expression.");
static UNKNOWN: Foreign = refused("This character has no meaning in an expression.", None);
static SEMICOLON: Foreign = refused("An expression ends without `;`; leave it out.", None);
static CLOSE_BRACE: Foreign = refused("This `}` closes nothing.", None);

static SYMBOLS: [(&str, Foreign); 28] = [
    (
        "=>",
        operator(
            "Write `>=` for “greater or equal”.",
            ">=",
            Binary::GreaterEqual,
        ),
    ),
    (
        "=<",
        operator("Write `<=` for “less or equal”.", "<=", Binary::LessEqual),
    ),
    (
        "<>",
        operator("Write `!=` for “not equal”.", "!=", Binary::NotEqual),
    ),
    (
        "**=",
        refused("An expression cannot assign.", Some(Binary::Multiply)),
    ),
    (
        "**",
        refused(
            "`**` is not available; write `Math.pow(a, b)`.",
            Some(Binary::Multiply),
        ),
    ),
    (
        "++",
        refused(
            "`++` is not available; write `+ 1` to add one.",
            Some(Binary::Add),
        ),
    ),
    (
        "--",
        refused(
            "`--` is not available; put a space between two minus signs.",
            Some(Binary::Subtract),
        ),
    ),
    (
        "+=",
        refused(
            "`+=` assigns, and an expression cannot assign.",
            Some(Binary::Add),
        ),
    ),
    (
        "-=",
        refused(
            "`-=` assigns, and an expression cannot assign.",
            Some(Binary::Subtract),
        ),
    ),
    (
        "*=",
        refused(
            "`*=` assigns, and an expression cannot assign.",
            Some(Binary::Multiply),
        ),
    ),
    (
        "/=",
        refused(
            "`/=` assigns, and an expression cannot assign.",
            Some(Binary::Divide),
        ),
    ),
    (
        "%=",
        refused(
            "`%=` assigns, and an expression cannot assign.",
            Some(Binary::Remainder),
        ),
    ),
    (
        "&&=",
        refused(
            "`&&=` assigns, and an expression cannot assign.",
            Some(Binary::And),
        ),
    ),
    (
        "||=",
        refused(
            "`||=` assigns, and an expression cannot assign.",
            Some(Binary::Or),
        ),
    ),
    (
        "??=",
        refused(
            "`??=` assigns, and an expression cannot assign.",
            Some(Binary::Nullish),
        ),
    ),
    (
        ">>>",
        refused(
            "`>>>` is not available in expressions.",
            Some(Binary::Divide),
        ),
    ),
    (
        ">>",
        refused(
            "`>>` is not available; write `>` to compare.",
            Some(Binary::Greater),
        ),
    ),
    (
        "<<",
        refused(
            "`<<` is not available; write `<` to compare.",
            Some(Binary::Less),
        ),
    ),
    (
        "=",
        operator("`=` assigns; write `==` to compare.", "==", Binary::Equal),
    ),
    ("&", operator("Write `&&` for “and”.", "&&", Binary::And)),
    ("|", operator("Write `||` for “or”.", "||", Binary::Or)),
    (
        "^",
        refused(
            "`^` is not available; write `Math.pow(a, b)` for a power.",
            Some(Binary::Multiply),
        ),
    ),
    ("~", refused("`~` is not available in expressions.", None)),
    (
        "≠",
        operator("Write `!=` for “not equal”.", "!=", Binary::NotEqual),
    ),
    (
        "≤",
        operator("Write `<=` for “less or equal”.", "<=", Binary::LessEqual),
    ),
    (
        "≥",
        operator(
            "Write `>=` for “greater or equal”.",
            ">=",
            Binary::GreaterEqual,
        ),
    ),
    (";", SEMICOLON),
    ("}", CLOSE_BRACE),
];

static OPERATORS: [(&str, TokenKind); 15] = [
    ("===", TokenKind::Operator(Binary::StrictEqual)),
    ("!==", TokenKind::Operator(Binary::StrictNotEqual)),
    ("==", TokenKind::Operator(Binary::Equal)),
    ("!=", TokenKind::Operator(Binary::NotEqual)),
    ("<=", TokenKind::Operator(Binary::LessEqual)),
    (">=", TokenKind::Operator(Binary::GreaterEqual)),
    ("&&", TokenKind::Operator(Binary::And)),
    ("||", TokenKind::Operator(Binary::Or)),
    ("??", TokenKind::Operator(Binary::Nullish)),
    ("<", TokenKind::Operator(Binary::Less)),
    (">", TokenKind::Operator(Binary::Greater)),
    ("+", TokenKind::Operator(Binary::Add)),
    ("-", TokenKind::Operator(Binary::Subtract)),
    ("*", TokenKind::Operator(Binary::Multiply)),
    ("%", TokenKind::Operator(Binary::Remainder)),
];

impl<'source> Lexer<'source> {
    pub(crate) fn new(source: &'source str, range: Span) -> Self {
        Self {
            source,
            position: range.start as usize,
            end: range.end as usize,
        }
    }

    /// Goes straight to the end, for a source that cannot be read further.
    pub(crate) fn finish(&mut self) {
        self.position = self.end;
    }

    /// The next token, spaces included.
    pub(crate) fn next_token(&mut self) -> Token {
        let start = self.position;
        let kind = self.kind();
        Token {
            kind,
            span: Span::new(offset(start), offset(self.position)),
        }
    }

    fn byte(&self, ahead: usize) -> u8 {
        let position = self.position + ahead;
        if position < self.end {
            self.source.as_bytes()[position]
        } else {
            0
        }
    }

    fn rest(&self) -> &'source str {
        &self.source[self.position..self.end]
    }

    fn take(&mut self, bytes: usize, kind: TokenKind) -> TokenKind {
        self.position += bytes;
        kind
    }

    fn skip_while(&mut self, accepted: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.position += rest
            .find(|character| !accepted(character))
            .unwrap_or(rest.len());
    }

    fn kind(&mut self) -> TokenKind {
        if self.position >= self.end {
            return TokenKind::End;
        }
        match self.byte(0) {
            b' ' | b'\t' | b'\n' | b'\r' => {
                self.skip_while(is_space);
                TokenKind::Space
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.name(),
            b'$' if self.byte(1) == b'{' => self.placeholder("}"),
            b'$' => self.name(),
            b'0'..=b'9' => self.number(),
            b'.' if self.byte(1).is_ascii_digit() => self.number(),
            b'"' | b'\'' => self.string(),
            b'.' => self.take(1, TokenKind::Dot),
            b'(' => self.take(1, TokenKind::OpenParenthesis),
            b')' => self.take(1, TokenKind::CloseParenthesis),
            b'[' => self.take(1, TokenKind::OpenBracket),
            b']' => self.take(1, TokenKind::CloseBracket),
            b',' => self.take(1, TokenKind::Comma),
            b':' => self.take(1, TokenKind::Colon),
            b'{' if self.byte(1) == b'{' => self.placeholder("}}"),
            b'{' => self.take(1, TokenKind::Foreign(&OBJECT)),
            b'`' => self.template(),
            b'?' if self.byte(1) == b'.' && !self.byte(2).is_ascii_digit() => {
                self.take(2, TokenKind::OptionalDot)
            }
            b'?' if self.byte(1) != b'?' => self.take(1, TokenKind::Question),
            b'!' if self.byte(1) != b'=' => self.take(1, TokenKind::Not),
            b'/' => self.slash(),
            first if first.is_ascii() => self.symbol(),
            _ => self.beyond_ascii(),
        }
    }

    fn symbol(&mut self) -> TokenKind {
        let rest = self.rest();
        // `===` must win over `=`, and `++` over `+`: the longest spelling is the one meant.
        let known = OPERATORS.iter().find(|(text, _)| rest.starts_with(text));
        let foreign = SYMBOLS.iter().find(|(text, _)| rest.starts_with(text));
        match (known, foreign) {
            (Some((text, kind)), foreign)
                if foreign.is_none_or(|(other, _)| other.len() <= text.len()) =>
            {
                self.take(text.len(), *kind)
            }
            (_, Some((text, foreign))) => self.take(text.len(), TokenKind::Foreign(foreign)),
            _ => self.unknown(),
        }
    }

    fn unknown(&mut self) -> TokenKind {
        let width = self.rest().chars().next().map_or(1, char::len_utf8);
        self.take(width, TokenKind::Foreign(&UNKNOWN))
    }

    fn beyond_ascii(&mut self) -> TokenKind {
        let Some(first) = self.rest().chars().next() else {
            return TokenKind::End;
        };
        if is_space(first) {
            self.skip_while(is_space);
            return TokenKind::Space;
        }
        if is_name_start(first) {
            return self.name();
        }
        if matches!(first, '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»') {
            self.position += first.len_utf8();
            let rest = self.rest();
            if let Some((at, last)) = rest.char_indices().find(|(_, character)| {
                matches!(character, '“' | '”' | '‘' | '’' | '«' | '»' | '"' | '\'')
            }) {
                self.position += at + last.len_utf8();
            }
            return TokenKind::Foreign(&CURLY_QUOTE);
        }
        self.symbol()
    }

    fn name(&mut self) -> TokenKind {
        let bytes = &self.source.as_bytes()[..self.end];
        loop {
            while self.position < bytes.len()
                && matches!(bytes[self.position], b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'$')
            {
                self.position += 1;
            }
            if self.position < bytes.len() && !bytes[self.position].is_ascii() {
                let before = self.position;
                self.skip_while(|character| !character.is_ascii() && is_name_part(character));
                if self.position > before {
                    continue;
                }
            }
            return TokenKind::Name;
        }
    }

    fn number(&mut self) -> TokenKind {
        let start = self.position;
        let digits = |lexer: &mut Self| {
            let before = lexer.position;
            while lexer.byte(0).is_ascii_digit() {
                lexer.position += 1;
            }
            lexer.position > before
        };
        let mut valid = true;
        let radix = match (self.byte(0), self.byte(1) | 0x20) {
            (b'0', b'x') => 16,
            (b'0', b'o') => 8,
            (b'0', b'b') => 2,
            _ => 10,
        };
        if radix == 10 {
            digits(self);
            let integer = &self.source[start..self.position];
            let octal = integer.len() > 1 && integer.starts_with('0');
            if self.byte(0) == b'.' {
                self.position += 1;
                digits(self);
            }
            if self.byte(0) | 0x20 == b'e' {
                self.position += 1;
                if matches!(self.byte(0), b'+' | b'-') {
                    self.position += 1;
                }
                valid = digits(self);
            }
            if octal && valid {
                self.skip_while(is_name_part);
                return TokenKind::Foreign(&OCTAL);
            }
        } else {
            self.position += 2;
            let before = self.position;
            while char::from(self.byte(0)).is_digit(radix) {
                self.position += 1;
            }
            valid = self.position > before;
        }
        let end = self.position;
        self.skip_while(is_name_part);
        if valid && self.position == end {
            TokenKind::Number
        } else {
            TokenKind::Foreign(&BAD_NUMBER)
        }
    }

    fn string(&mut self) -> TokenKind {
        let start = self.position;
        let quote = self.byte(0);
        let bytes = &self.source.as_bytes()[..self.end];
        let mut escaped = false;
        let mut position = start + 1;
        loop {
            match bytes.get(position) {
                Some(&byte) if byte == quote => break,
                Some(b'\\') => {
                    escaped = true;
                    // A line that is continued ends in one or two bytes.
                    position += if bytes.get(position + 1) == Some(&b'\r')
                        && bytes.get(position + 2) == Some(&b'\n')
                    {
                        3
                    } else {
                        2
                    };
                }
                None | Some(b'\n' | b'\r') => {
                    self.position = position.min(self.end);
                    return TokenKind::Foreign(&UNCLOSED_STRING);
                }
                Some(_) => position += 1,
            }
        }
        self.position = position + 1;
        if escaped && !escapes_are_valid(&self.source[start + 1..position]) {
            return TokenKind::Foreign(&BAD_ESCAPE);
        }
        TokenKind::String { escaped }
    }

    fn placeholder(&mut self, close: &str) -> TokenKind {
        let line = self.rest().lines().next().unwrap_or_default();
        self.position += line.find(close).map_or(2, |at| at + close.len());
        TokenKind::Foreign(&PLACEHOLDER)
    }

    fn template(&mut self) -> TokenKind {
        let rest = self.rest();
        self.position += rest[1..].find('`').map_or(rest.len(), |at| at + 2);
        TokenKind::Foreign(&TEMPLATE)
    }

    fn slash(&mut self) -> TokenKind {
        let rest = self.rest();
        match self.byte(1) {
            b'/' => {
                let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
                self.take(length, TokenKind::Foreign(&COMMENT))
            }
            b'*' => {
                let length = rest[2..].find("*/").map_or(rest.len(), |at| at + 4);
                self.take(length, TokenKind::Foreign(&COMMENT))
            }
            b'=' => self.symbol(),
            _ => self.take(1, TokenKind::Operator(Binary::Divide)),
        }
    }
}

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

/// One step through the content of a string: a unit of text, nothing (a continued line), or an
/// escape that does not exist.
enum Piece {
    Character(char),
    Unit(u16),
    Nothing,
    Bad,
}

fn piece(characters: &mut std::str::Chars<'_>) -> Option<Piece> {
    let first = characters.next()?;
    if first != '\\' {
        return Some(Piece::Character(first));
    }
    Some(match characters.next()? {
        'n' => Piece::Character('\n'),
        't' => Piece::Character('\t'),
        'r' => Piece::Character('\r'),
        'b' => Piece::Character('\u{8}'),
        'f' => Piece::Character('\u{c}'),
        'v' => Piece::Character('\u{b}'),
        '0' if !characters
            .as_str()
            .starts_with(|next: char| next.is_ascii_digit()) =>
        {
            Piece::Character('\0')
        }
        '0'..='9' => Piece::Bad,
        'x' => hexadecimal(characters, 2).map_or(Piece::Bad, unit),
        'u' if characters.as_str().starts_with('{') => {
            let inner = characters.as_str()[1..]
                .split('}')
                .next()
                .unwrap_or_default();
            let closed = characters.as_str().len() > inner.len() + 1;
            let digits = !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_hexdigit());
            let number = number::radix(inner, 16);
            if !closed || !digits || number > f64::from(u32::from(char::MAX)) {
                return Some(Piece::Bad);
            }
            *characters = characters.as_str()[inner.len() + 2..].chars();
            u32::from_str_radix(inner.trim_start_matches('0'), 16).map_or(unit(0), unit)
        }
        'u' => hexadecimal(characters, 4).map_or(Piece::Bad, unit),
        '\n' | '\u{2028}' | '\u{2029}' => Piece::Nothing,
        '\r' => {
            if characters.as_str().starts_with('\n') {
                characters.next();
            }
            Piece::Nothing
        }
        other => Piece::Character(other),
    })
}

fn unit(code: u32) -> Piece {
    match (char::from_u32(code), u16::try_from(code)) {
        (Some(character), _) => Piece::Character(character),
        (None, Ok(surrogate)) => Piece::Unit(surrogate),
        (None, Err(_)) => Piece::Bad,
    }
}

fn hexadecimal(characters: &mut std::str::Chars<'_>, digits: usize) -> Option<u32> {
    let rest = characters.as_str();
    let text = rest.get(..digits)?;
    if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    *characters = rest[digits..].chars();
    u32::from_str_radix(text, 16).ok()
}

fn escapes_are_valid(content: &str) -> bool {
    let mut characters = content.chars();
    while let Some(piece) = piece(&mut characters) {
        if matches!(piece, Piece::Bad) {
            return false;
        }
    }
    true
}

/// The value of a string literal's content.
pub(super) fn unescape(content: &str) -> Text {
    let mut units = Vec::with_capacity(content.len());
    let mut characters = content.chars();
    while let Some(piece) = piece(&mut characters) {
        match piece {
            Piece::Character(character) => {
                units.extend_from_slice(character.encode_utf16(&mut [0; 2]));
            }
            Piece::Unit(unit) => units.push(unit),
            Piece::Nothing | Piece::Bad => {}
        }
    }
    Text::from_units(&units)
}
