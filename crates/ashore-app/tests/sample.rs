//! The sample household is whole on any day of the year.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_test_support::Home;
use serde_json::Value;

fn fen(value: &Value) -> i64 {
    value.as_str().unwrap().replace('.', "").parse().unwrap()
}

#[test]
fn six_loans_of_different_kinds_with_a_past() {
    for now in [
        "2026-11-18T09:30:00+08:00",
        "2026-02-28T23:59:00+08:00",
        "2028-02-29T00:00:00+08:00",
        "2026-12-31T12:00:00+08:00",
    ] {
        let home = Home::new();
        let mut app = home.created(now);
        app.fill_with_sample().unwrap();
        let loans = app.list_loans().unwrap();
        assert_eq!(loans.loans.len(), 6, "{now}");
        let list = serde_json::to_value(&loans).unwrap();
        let sum: i64 = list["loans"].as_array().unwrap().iter().map(|l| fen(&l["owed"])).sum();
        assert_eq!(sum, fen(&list["total"]), "the total is the sum");
        assert_eq!(app.list_agreements(None).unwrap().agreements.len(), 1);
        let payments = app.list_payments(None).unwrap().payments;
        assert!(payments.len() > 30, "eighteen months of payments");
        assert!(payments.iter().all(|p| p.on.as_str() < now), "nothing was paid in the future");
        let contacts = app.list_contacts(&Default::default()).unwrap().contacts;
        assert!(contacts.len() >= 12);
        assert!(contacts.windows(2).all(|pair| pair[0].at >= pair[1].at), "newest first");
        let capacity = serde_json::to_value(app.capacity().unwrap()).unwrap();
        assert_eq!(capacity["capacity"], "2593.00");
        let view = serde_json::to_value(app.home().unwrap()).unwrap();
        assert_eq!(view["next_step"]["kind"], "ask_in_writing", "{now}");
        assert_eq!(view["path"]["requested"], true);
        let points = view["path"]["points"].as_array().unwrap();
        assert_eq!(points.last().unwrap()["left"], "0.00", "the path reaches the shore");
        let agreed = serde_json::to_value(app.list_agreements(None).unwrap()).unwrap();
        let agreed = &agreed["agreements"][0];
        assert_eq!(fen(&agreed["paid"]) + fen(&agreed["unpaid"]), fen(&agreed["total"]));
        for loan in &loans.loans {
            app.loan(&loan.id, None).unwrap();
        }
        assert!(app.check_vault().unwrap().whole);
        assert!(app.fill_with_sample().is_err(), "only an empty vault is filled");
    }
}
