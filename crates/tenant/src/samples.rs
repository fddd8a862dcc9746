//! The documents a new tenant is filled with. They are the samples of the repository; whoever
//! starts a tenant hands them in, so that the page can fetch them only when they are needed.

use serde::{Deserialize, Serialize};

/// The texts a tenant is filled with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Samples {
    /// `samples/hello.json`
    pub hello: String,
    /// `samples/order-status.json`
    pub order_status: String,
    /// `samples/returns.json`
    pub returns: String,
    /// `samples/workshop-appointment.json`
    pub workshop_appointment: String,
    /// `samples/customer-support.json`
    pub customer_support: String,
    /// `samples/checkout-states.json`
    pub checkout_states: String,
}

impl Samples {
    /// The files in `samples/`, in the order of the fields.
    pub const FILES: [&'static str; 6] = [
        "hello.json",
        "order-status.json",
        "returns.json",
        "workshop-appointment.json",
        "customer-support.json",
        "checkout-states.json",
    ];

    /// Takes the texts of [`Samples::FILES`], in their order.
    pub fn from_texts(texts: [String; 6]) -> Self {
        let [
            hello,
            order_status,
            returns,
            workshop_appointment,
            customer_support,
            checkout_states,
        ] = texts;
        Self {
            hello,
            order_status,
            returns,
            workshop_appointment,
            customer_support,
            checkout_states,
        }
    }
}
