//! The functions, methods and constants an expression can use, by name. What they compute is in
//! `methods.rs`.

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $text, "`")] $variant,)+
        }

        impl $name {
            /// All of them, in alphabetical order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// As it is written.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The one with this name.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

named! {
    /// A method of strings; `includes` is one of arrays too.
    Method {
        EndsWith = "endsWith",
        Includes = "includes",
        StartsWith = "startsWith",
        ToLowerCase = "toLowerCase",
        ToUpperCase = "toUpperCase",
        Trim = "trim",
    }
}

named! {
    /// A function of `Math`. `Math.random` is left out on purpose: a condition must give the
    /// same answer each time.
    MathFunction {
        Abs = "abs", Acos = "acos", Acosh = "acosh", Asin = "asin", Asinh = "asinh",
        Atan = "atan", Atan2 = "atan2", Atanh = "atanh", Cbrt = "cbrt", Ceil = "ceil",
        Clz32 = "clz32", Cos = "cos", Cosh = "cosh", Exp = "exp", Expm1 = "expm1",
        Floor = "floor", Fround = "fround", Hypot = "hypot", Imul = "imul", Log = "log",
        Log10 = "log10", Log1p = "log1p", Log2 = "log2", Max = "max", Min = "min", Pow = "pow",
        Round = "round", Sign = "sign", Sin = "sin", Sinh = "sinh", Sqrt = "sqrt", Tan = "tan",
        Tanh = "tanh", Trunc = "trunc",
    }
}

/// A function that is called by its own name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    /// `Boolean(…)`
    Boolean,
    /// `Number(…)`
    Number,
    /// `String(…)`
    String,
    /// `Math.…(…)`
    Math(MathFunction),
}

/// The constants of `Math` with their values.
pub const MATH_CONSTANTS: [(&str, f64); 8] = {
    use std::f64::consts;
    [
        ("E", consts::E),
        ("LN10", consts::LN_10),
        ("LN2", consts::LN_2),
        ("LOG10E", consts::LOG10_E),
        ("LOG2E", consts::LOG2_E),
        ("PI", consts::PI),
        ("SQRT1_2", consts::FRAC_1_SQRT_2),
        ("SQRT2", consts::SQRT_2),
    ]
};
