//! The clock and the chance of the page, for the client of tenants.

use cognigy::ports::{Clock, LocalBoxFuture, Random};
use js_sys::{Date, Promise};
use wasm_bindgen_futures::JsFuture;

use super::page::{now, window};

/// The clock of this machine.
#[derive(Debug)]
pub struct PageClock;

impl Clock for PageClock {
    fn now(&self) -> u64 {
        whole(Date::now())
    }

    fn monotonic(&self) -> u64 {
        whole(now())
    }

    fn sleep(&self, milliseconds: u64) -> LocalBoxFuture<'_, ()> {
        Box::pin(sleep(milliseconds))
    }
}

/// Waits. Dropping the future ends the wait.
pub async fn sleep(milliseconds: u64) {
    // Timers of a browser hold 31 bits; longer waits are of no use to anybody.
    let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
    let mut timer = Timer(None);
    let rings = Promise::new(&mut |resolve, _| {
        // Only a window that is going away refuses.
        timer.0 = window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
            .ok();
    });
    // A timer does not fail.
    let _ = JsFuture::from(rings).await;
}

/// A timer that is taken back when nobody waits for it any more.
struct Timer(Option<i32>);

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(timer) = self.0 {
            window().clear_timeout_with_handle(timer);
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "milliseconds since 1970 fit for longer than there are browsers"
)]
fn whole(milliseconds: f64) -> u64 {
    milliseconds.max(0.0) as u64
}

/// The random numbers of the browser, which are fit for keys.
#[derive(Debug)]
pub struct PageRandom;

impl Random for PageRandom {
    fn bits(&self) -> u64 {
        let mut bytes = [0; 8];
        let drawn = window()
            .crypto()
            .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
        match drawn {
            Ok(_) => u64::from_le_bytes(bytes),
            // A browser without them only loses what makes identifiers hard to guess.
            Err(_) => js_sys::Math::random().to_bits() ^ Date::now().to_bits().rotate_left(32),
        }
    }
}
