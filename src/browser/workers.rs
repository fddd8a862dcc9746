//! The worker as the page sees it.

use js_sys::Reflect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::page::{error_text, window};
use crate::worker::{Report, Request};

/// A running worker. It ends when this is dropped.
pub struct Link {
    worker: Worker,
    _listeners: [Closure<dyn Fn(Event)>; 2],
}

impl Link {
    /// Starts the worker. `failed` gets a sentence when it stops or cannot start.
    pub fn start(
        report: impl Fn(Report) + 'static,
        failed: impl Fn(String) + 'static,
    ) -> Result<Self, String> {
        // From web/boot.js: where it lies is known to web/trust.js alone, which also allows it.
        let given = |name: &str| {
            Reflect::get(&window(), &"flowdeck".into())
                .and_then(|own| Reflect::get(&own, &name.into()))
        };
        let address = given("workerUrl").ok().and_then(|it| it.as_string());
        let address = address.ok_or_else(|| "This page has no worker.".to_owned())?;
        let options = WorkerOptions::new();
        // The worker of a page that carries it in itself: some browsers run no module from there.
        let is_classic = given("workerType").is_ok_and(|it| it == "classic");
        options.set_type(if is_classic {
            WorkerType::Classic
        } else {
            WorkerType::Module
        });
        let worker =
            Worker::new_with_options(&address, &options).map_err(|error| error_text(&error))?;
        let taken = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            let Ok(event) = event.dyn_into::<MessageEvent>() else {
                return;
            };
            // The word that it has started is no report.
            if let Ok(said) = serde_wasm_bindgen::from_value(event.data()) {
                report(said);
            }
        });
        let stopped = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            let said = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
            failed(said.unwrap_or_else(|| "It could not be started.".to_owned()));
        });
        worker.set_onmessage(Some(taken.as_ref().unchecked_ref()));
        worker.set_onerror(Some(stopped.as_ref().unchecked_ref()));
        given("module")
            .and_then(|module| worker.post_message(&module))
            .map_err(|error| error_text(&error))?;
        Ok(Self {
            worker,
            _listeners: [taken, stopped],
        })
    }

    /// Sends a request. A copy of it is out of reach of the page when this returns.
    pub fn send(&self, request: &Request) -> Result<(), String> {
        let sent = serde_wasm_bindgen::to_value(request).map_err(JsValue::from);
        sent.and_then(|value| self.worker.post_message(&value))
            .map_err(|error| error_text(&error))
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}
