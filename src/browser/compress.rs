//! Compressed text that fits into an address: deflate ([RFC 1951](https://www.rfc-editor.org/rfc/rfc1951),
//! the browser's own) and base64 with the URL-safe alphabet
//! ([RFC 4648 §5](https://www.rfc-editor.org/rfc/rfc4648#section-5)).

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, ReadableStream, ReadableStreamDefaultReader, ReadableWritablePair, Response,
    WritableStream,
};

use super::page::{error_text, window};

// web-sys counts these two as unstable; every browser has had them since 2023.
#[wasm_bindgen]
extern "C" {
    type CompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn readable(this: &CompressionStream) -> ReadableStream;
    #[wasm_bindgen(method, getter)]
    fn writable(this: &CompressionStream) -> WritableStream;

    type DecompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn readable(this: &DecompressionStream) -> ReadableStream;
    #[wasm_bindgen(method, getter)]
    fn writable(this: &DecompressionStream) -> WritableStream;
}

/// The format of both streams: deflate without a header.
const FORMAT: &str = "deflate-raw";

/// Compresses `text` into letters that an address may hold.
pub async fn pack(text: &str) -> Result<String, String> {
    let stream = CompressionStream::new(FORMAT).map_err(|error| error_text(&error))?;
    let pair = ReadableWritablePair::new(&stream.readable(), &stream.writable());
    let packed = blob(text.as_bytes())?.stream().pipe_through(&pair);
    let response = Response::new_with_opt_readable_stream(Some(&packed))
        .map_err(|error| error_text(&error))?;
    let buffer = response
        .array_buffer()
        .map_err(|error| error_text(&error))?;
    let buffer = JsFuture::from(buffer)
        .await
        .map_err(|error| error_text(&error))?;
    let bytes = Uint8Array::new(&buffer).to_vec();
    // `btoa` wants each byte as a character of its own.
    let binary: String = bytes.into_iter().map(char::from).collect();
    let encoded = window().btoa(&binary).map_err(|error| error_text(&error))?;
    Ok(encoded
        .trim_end_matches('=')
        .replace('+', "-")
        .replace('/', "_"))
}

/// The bytes that [`pack`] made letters of; at most `limit` of them.
pub async fn unpack(packed: &str, limit: usize) -> Result<Vec<u8>, String> {
    let encoded = packed.replace('-', "+").replace('_', "/");
    let binary = window()
        .atob(&encoded)
        .map_err(|error| error_text(&error))?;
    let bytes: Vec<u8> = binary
        .chars()
        .map(|byte| u8::try_from(byte).unwrap_or_default())
        .collect();
    let stream = DecompressionStream::new(FORMAT).map_err(|error| error_text(&error))?;
    let pair = ReadableWritablePair::new(&stream.readable(), &stream.writable());
    read_up_to(blob(&bytes)?.stream().pipe_through(&pair), limit).await
}

/// Reads a stream, which a few letters can make very long, until it ends or passes `limit`.
async fn read_up_to(stream: ReadableStream, limit: usize) -> Result<Vec<u8>, String> {
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let part = JsFuture::from(reader.read())
            .await
            .map_err(|error| error_text(&error))?;
        let field = |name: &str| js_sys::Reflect::get(&part, &JsValue::from_str(name));
        if field("done").is_ok_and(|done| done.is_truthy()) {
            return Ok(bytes);
        }
        let chunk = field("value").map_err(|error| error_text(&error))?;
        bytes.extend(Uint8Array::new(&chunk).to_vec());
        if bytes.len() > limit {
            return Err("It unpacks to more than 64 MiB.".to_owned());
        }
    }
}

fn blob(bytes: &[u8]) -> Result<Blob, String> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence(&parts).map_err(|error| error_text(&error))
}
