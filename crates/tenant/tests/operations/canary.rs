//! The secret of the client and its tokens: in the one request that needs them, and nowhere else. The
//! matrix looks for them after each of its runs; here it is shown that there is something to be found.

use crate::scenarios::scenarios;
use crate::world::{CANARY, Setup, World};

#[test]
fn the_secret_is_sent_for_tokens_alone() {
    for scenario in scenarios() {
        let world = World::new(
            scenario.tenant.clone(),
            Setup {
                page: false,
                keys: true,
            },
            3,
        );
        let ended = world.run(scenario.kind.run(&world));
        let inside = world.inside();
        let token = inside
            .tokens()
            .into_iter()
            .find(|token| *token != "practice-token")
            .unwrap();
        for seen in world.network.seen.borrow().iter() {
            let body = String::from_utf8_lossy(seen.request.body.as_deref().unwrap_or_default());
            assert_eq!(body.contains(CANARY), seen.call == "token", "{}", seen.call);
            let authorised = seen.request.header("authorization").unwrap_or_default();
            let needs_one = !["token", "hook"].contains(&seen.call);
            assert_eq!(authorised.contains(token), needs_one, "{}", seen.call);
            assert!(!seen.request.url.contains(CANARY));
        }
        let shown = format!("{ended:?}{}", world.everything());
        assert!(
            !shown.contains(CANARY) && !shown.contains(token),
            "{}",
            scenario.name
        );
    }
}
