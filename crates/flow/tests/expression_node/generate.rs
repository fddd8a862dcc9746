//! Random expressions, the same ones in every run, with a liking for the values where JavaScript
//! is peculiar.

/// A small fixed generator (xorshift64*), so that every run asks the same questions.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next()).unwrap() % bound
    }

    pub(crate) fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

#[rustfmt::skip]
pub(crate) const PATHS: &[&str] = &[
    "context.n", "context.one", "context.minus", "context.big", "context.small", "context.odd",
    "context.empty", "context.space", "context.hex", "context.text", "context.five",
    "context.dot", "context.emoji", "context.high", "context.true", "context.nothing",
    "context.yes", "context.no", "context.none", "context.single", "context.list",
    "context.words", "context.nested", "context[\"odd key\"]", "context.strange", "context.one2",
    "context.tens", "context.infinite", "context.exp", "context.line", "context.absent",
    "$context.one", "cc.five", "agent", "count", "unset", "user.deep", "session?.deep?.er",
    "context.absent?.x.y.z", "cc?.nothing?.['a'].b", "context.nested.deep.er[1].x",
    "context.list[3]", "context.list[\"1\"]", "context.list.length", "context.emoji[1]",
    "context.emoji[2]", "context.emoji.length", "context['text']?.[0]", "agent", "ci.deep", "cp",
    "ghost", "context.absent.x", "(context.absent?.x).y", "context.nothing?.trim()",
    "context.one.trim?.()", "context.nested.includes?.(1).x",
];

#[rustfmt::skip]
pub(crate) const LITERALS: &[&str] = &[
    "0", "1", "-1", "5", "10", "0.1", "0.2", ".5", "5.", "1e3", "1e21", "1e-7", "123e-20",
    "0x10", "0b11", "0o17", "0xfffffffffffffffff", "9007199254740993", "1.7976931348623157e308",
    "5e-324", "4294967296", "NaN", "Infinity", "-0", "null", "undefined", "true", "false",
    "\"\"", "''", "\"5\"", "'5'", "\" 12 \"", "\"0x10\"", "\"0b2\"", "\"-0x1\"", "\"1e1000\"",
    "\"abc\"", "\"a\"", "'b'", "\"B\"", "\"a😀b\"", "\"😀\"", "\"\\ud83d\"", "'\\uDE00'",
    "\"\\u{1F600}\"", "\"豈\"", "\"null\"", "\"undefined\"", "\"true\"", "\"1\"", "\"10\"",
    "\"9\"", "\"length\"", "\"one\"", "\"odd key\"", "\"[object Object]\"", "\"1,2\"",
    "'it\\'s'", "\"\\x41\\n\\0\"", "\"ΑΣ\"", "\"İ\"", "\"ﬁ\"", "\"\\\n\"", "\"+5\"", "\".\"",
    "\"1_0\"", "\"Infinity\"", "\"inf\"", "\"\\u00a0 3\"", "1.5", "2.5", "-2.5", "-0.2",
    "0.49999999999999994", "2147483648", "-3", "7", "1.005",
];

#[rustfmt::skip]
const BINARY: &[&str] = &[
    "==", "!=", "===", "!==", "<", "<=", ">", ">=", "+", "+", "-", "*", "/", "%", "&&", "||",
    "in",
];

/// Functions whose result Node and we must agree on to the last bit, then those where libraries
/// differ in the last digits.
#[rustfmt::skip]
pub(crate) const EXACT: &[&str] = &[
    "abs", "ceil", "floor", "round", "trunc", "sign", "sqrt", "max", "min", "fround", "clz32",
    "imul",
];
#[rustfmt::skip]
pub(crate) const INEXACT: &[&str] = &[
    "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "exp",
    "expm1", "hypot", "log", "log10", "log1p", "log2", "pow", "sin", "sinh", "tan", "tanh",
];

fn space(random: &mut Random) -> &'static str {
    random.pick(&["", " ", " ", "  ", "\n", "\t"])
}

fn operand(random: &mut Random, depth: usize) -> String {
    let inner = |random: &mut Random| expression(random, depth - 1);
    if depth == 0 {
        return if random.below(2) == 0 {
            random.pick(PATHS)
        } else {
            random.pick(LITERALS)
        }
        .into();
    }
    match random.below(17) {
        0..=2 => random.pick(PATHS).into(),
        3..=5 => random.pick(LITERALS).into(),
        6..=8 => format!("({})", inner(random)),
        9 => format!(
            "{}({})",
            random.pick(&["!", "-", "+", "!!", "- -", "+ +"]),
            inner(random)
        ),
        10 => format!(
            "{}({})",
            random.pick(&["Number", "String", "Boolean"]),
            inner(random)
        ),
        11 => {
            let name = random.pick(EXACT);
            format!("Math.{name}({}, {})", inner(random), inner(random))
        }
        12 => format!(
            "{}{}",
            random.pick(PATHS),
            random.pick(&[
                ".toLowerCase()",
                ".toUpperCase()",
                ".trim()",
                ".length",
                "?.length",
                ".trim().length",
            ])
        ),
        13 => {
            let method = random.pick(&["includes", "startsWith", "endsWith", "includes?."]);
            let position = if random.below(3) == 0 {
                format!(", {}", inner(random))
            } else {
                String::new()
            };
            let object = random.pick(PATHS);
            format!("{object}.{method}({}{position})", inner(random))
        }
        14 => format!(
            "{}{}[{}]",
            random.pick(PATHS),
            random.pick(&["", "?."]),
            inner(random)
        ),
        15 => format!("(({}) ?? ({}))", inner(random), inner(random)),
        _ => format!("{}{}", random.pick(LITERALS), random.pick(&[" ", ""])),
    }
}

pub(crate) fn expression(random: &mut Random, depth: usize) -> String {
    let mut text = operand(random, depth);
    for _ in 0..random.below(3) {
        let (before, after) = (space(random), space(random));
        let operator = random.pick(BINARY);
        let padding = if operator.len() == 1 || operator == "in" {
            " "
        } else {
            ""
        };
        let right = operand(random, depth);
        text = format!("{text}{padding}{before}{operator}{padding}{after}{right}");
    }
    if depth > 0 && random.below(8) == 0 {
        text = format!(
            "{text} ? {} : {}",
            operand(random, depth - 1),
            operand(random, depth - 1)
        );
    }
    text
}

/// What is put into sources to break them.
#[rustfmt::skip]
const FOREIGN: &[&str] = &[
    "=", "=>", "(", ")", "[", "]", "?", ":", "?.", ".", ",", "??", "||", "&&", "in", "not", "!",
    "-", "--", "++", "+", "**", "/", "//", "/*", "<!--", "-->", "0", "01", "1.", ".1", "1e",
    "0x", "1n", "1_0", "\"", "'", "`", "\"a", "'\\u{}'", "'\\x1'", "'\\8'", "true", "null",
    "this", "typeof", "new", "class", "let", "yield", "await", "async", "of", "agent", "Math",
    "Math.max(1)", "Number", "String(1)", ".trim()", ".includes", "${a}", "{{a}}", "{", "}", ";",
    "#", "@", "\\", "\u{2028}", "\u{a0}", "\u{feff}", "ä", "ⅷ", "a\u{200d}b", "\u{85}", "℘", "·",
    "$", "_", "?.5", "a?.5:1", "...", "/x/", "<", ">>", "eval", "arguments", "static", "enum",
];

/// Takes a token out of a source, doubles one, swaps two or puts a foreign one in.
pub(crate) fn mutate(random: &mut Random, source: &str) -> String {
    let tokens = flow::expression::tokens(source);
    let mut parts: Vec<&str> = tokens
        .iter()
        .map(|token| &source[token.span.range()])
        .collect();
    for _ in 0..=random.below(2) {
        let at = random.below(parts.len().max(1));
        let other = random.below(parts.len().max(1));
        match random.below(5) {
            0 if !parts.is_empty() => {
                parts.remove(at);
            }
            1 if !parts.is_empty() => parts.insert(other, parts[at]),
            2 if !parts.is_empty() => parts.swap(at, other),
            _ => parts.insert(at, random.pick(FOREIGN)),
        }
    }
    parts.concat()
}
