//! Rate limits.

use crate::support::Practice;

/// How many of `count` requests are let through.
fn let_through(practice: &mut Practice, path: &str, count: usize) -> usize {
    let call = format!("GET {path}");
    (0..count)
        .filter(|_| {
            let response = practice.whole(&call, &[], "");
            assert!(matches!(response.status, 200 | 429));
            if response.status == 429 {
                assert_eq!(response.header("retry-after"), Some("1"));
            }
            response.status == 200
        })
        .count()
}

#[test]
fn ten_a_second_for_a_dialog_with_a_burst_of_twenty() {
    let mut practice = Practice::new();
    let path = "/api/v2/dialogs/hello/export";
    assert_eq!(let_through(&mut practice, path, 50), 20);
    practice.now += 1_000;
    assert_eq!(let_through(&mut practice, path, 50), 10);
    assert_eq!(
        let_through(&mut practice, "/api/v2/dialogs/returns/export", 50),
        20
    );
    practice.now += 60_000;
    assert_eq!(let_through(&mut practice, path, 50), 20);
}

#[test]
fn a_hundred_a_second_for_a_bot_with_a_burst_of_two_hundred() {
    let mut practice = Practice::new();
    let path = "/api/v1/bots/nordlicht-shop/versions";
    assert_eq!(let_through(&mut practice, path, 300), 200);
    practice.now += 500;
    assert_eq!(let_through(&mut practice, path, 300), 50);
}

#[test]
fn a_clock_that_goes_back_gives_nothing_away() {
    let mut practice = Practice::new();
    let path = "/api/v2/dialogs/hello/export";
    assert_eq!(let_through(&mut practice, path, 30), 20);
    practice.now -= 5_000;
    assert_eq!(let_through(&mut practice, path, 5), 0);
}
