//! Flowdeck.
