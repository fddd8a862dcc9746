//! What pages of other origins may do (CORS): everything, but for what is switched off.

use hyper::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, HeaderMap, HeaderName, HeaderValue,
};

/// What is switched off.
#[derive(Clone, Copy, Debug)]
pub(super) struct CrossOrigin {
    /// Whether a page may send `Idempotency-Key`.
    pub(super) takes_idempotency_key: bool,
}

impl CrossOrigin {
    /// Puts the permissions on a response. `exposed` is whether a page may read the headers it does
    /// not see otherwise.
    pub(super) fn permit(self, headers: &mut HeaderMap, preflight: bool, exposed: bool) {
        let mut put = |name: HeaderName, value: &'static str| {
            headers.insert(name, HeaderValue::from_static(value));
        };
        put(ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        if exposed {
            put(ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Retry-After");
        }
        if preflight {
            put(
                ACCESS_CONTROL_ALLOW_METHODS,
                "GET, HEAD, POST, PUT, PATCH, DELETE",
            );
            // Browsers do not take `*` for Authorization.
            put(
                ACCESS_CONTROL_ALLOW_HEADERS,
                if self.takes_idempotency_key {
                    "Accept, Authorization, Content-Type, If-Match, X-Source, Idempotency-Key"
                } else {
                    "Accept, Authorization, Content-Type, If-Match, X-Source"
                },
            );
            // A page of the internet may call this machine only where it is allowed to.
            put(
                HeaderName::from_static("access-control-allow-private-network"),
                "true",
            );
            put(ACCESS_CONTROL_MAX_AGE, "60");
        }
    }
}
