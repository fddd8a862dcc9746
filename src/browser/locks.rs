//! Locks between the tabs of this site (Web Locks).

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Takes the lock of this name and holds it until the page or worker ends; false when it is held
/// elsewhere and `wait` is not set. Where a browser has no locks there are no other holders
/// either that could be known of: true.
pub async fn hold(name: &str, wait: bool) -> bool {
    let Some(granted) = request(name, wait) else {
        return true;
    };
    // A browser may refuse locks to a page that it shields from others: no other holders either.
    let granted = JsFuture::from(granted).await;
    granted.map_or(true, |granted| granted.is_truthy())
}

/// The promise whether the lock was granted; none in a browser without locks.
fn request(name: &str, wait: bool) -> Option<Promise> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let request: Function = Reflect::get(&locks, &"request".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &(!wait).into()).ok()?;
    let mut asked = None;
    let granted = Promise::new(&mut |resolve, reject| {
        let callback = Closure::once_into_js(move |lock: JsValue| {
            let granted = lock.is_truthy();
            // Calling the functions of a promise does not fail.
            let _ = resolve.call1(&JsValue::NULL, &granted.into());
            if granted {
                // The lock is held until this promise settles, which it never does.
                Promise::new(&mut |_, _| {}).into()
            } else {
                JsValue::UNDEFINED
            }
        });
        asked = request
            .call3(&locks, &name.into(), &options, &callback)
            .and_then(JsCast::dyn_into::<Promise>)
            .map(|asked| {
                spawn_local(async move {
                    if let Err(refused) = JsFuture::from(asked).await {
                        let _ = reject.call1(&JsValue::NULL, &refused);
                    }
                });
            })
            .ok();
    });
    asked.map(|()| granted)
}
