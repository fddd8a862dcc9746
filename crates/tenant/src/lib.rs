//! The practice tenant: a pure function of state, request and time that stands in for a whole
//! Cognigy tenant. It opens no port and reads no clock.
