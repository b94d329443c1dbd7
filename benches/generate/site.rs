//! site.yaml of an invented company that runs shops for others.

/// A component: id, name, description, group and what follows in its map.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str);

const HEAD: &str = "format: 1
title: Tidewater Commerce status
url: https://status.tidewater.example
time_zone: Europe/Stockholm
history_days: 90
since: 2016-01-01
cascade: suggest
show: {authors: true, action_owners: true, communication_figures: true}
links:
  - {title: Support, url: \"https://support.tidewater.example\"}
groups:
  - {id: shops, name: Shops}
  - {id: money, name: Payments}
  - {id: developers, name: For developers}
  - {id: office, name: Back office, collapsed: true}
  - {id: messages, name: Messages, rollup: redundant}
components:
";

const COMPONENTS: [Row; 20] = [
    (
        "storefront",
        "Storefront",
        "Pages of all shops",
        "shops",
        ", critical: true, depends_on: [edge, catalogue]",
    ),
    ("search", "Product search", "Finding products in a shop", "shops", ", depends_on: [catalogue]"),
    (
        "checkout",
        "Checkout",
        "Basket, delivery and order",
        "shops",
        ", critical: true, depends_on: [login, cards]",
    ),
    ("login", "Login", "Sign-in and sessions", "shops", ", critical: true, depends_on: [token-service]"),
    (
        "sign-up",
        "Sign-up",
        "New accounts",
        "shops",
        ", depends_on: [login, {component: mail, strength: soft}]",
    ),
    ("images", "Product images", "Pictures in all sizes", "shops", ", depends_on: [edge, files]"),
    ("cards", "Card payments", "Payment by card", "money", ", depends_on: [card-network]"),
    ("transfers", "Bank transfers", "Payment by bank", "money", ""),
    (
        "payouts",
        "Payouts",
        "Money to merchants",
        "money",
        ", depends_on: [{component: transfers, strength: soft}]",
    ),
    (
        "invoices",
        "Invoices",
        "Invoices and receipts",
        "money",
        ", depends_on: [{component: files, strength: soft}]",
    ),
    ("api", "Merchant API", "Orders and stock for programs", "developers", ", depends_on: [token-service]"),
    (
        "webhooks",
        "Webhooks",
        "What programs are told",
        "developers",
        ", depends_on: [{component: api, strength: soft}]",
    ),
    ("files", "File storage", "Uploads and downloads", "developers", ""),
    ("sandbox", "Sandbox", "The API to try things with", "developers", ", since: 2018-03-01"),
    ("dashboard", "Dashboard", "What merchants see of their shop", "office", ", depends_on: [login, api]"),
    ("catalogue", "Catalogue", "Products, prices and stock", "office", ""),
    (
        "reports",
        "Reports",
        "Figures of a day and a month",
        "office",
        ", depends_on: [{component: catalogue, strength: soft}]",
    ),
    ("exports", "Exports", "Data for accountants", "office", ", depends_on: [reports, files]"),
    ("mail", "Mail to customers", "Confirmations and reminders", "messages", ""),
    ("texts", "Text messages", "Codes and delivery notes", "messages", ", since: 2017-06-01"),
];

const CAUSES: &str = "  - {id: edge, name: Edge network, listed: false}
  - {id: token-service, name: Token service, listed: false}
  - {id: card-network, name: Card network, listed: false}
";

/// The whole file.
pub(super) fn yaml() -> String {
    let mut text = HEAD.to_owned();
    for (id, name, description, group, rest) in COMPONENTS {
        text += &format!(
            "  - {{id: {id}, name: {name}, description: \"{description}\", group: {group}{rest}}}\n"
        );
    }
    text + CAUSES
}

/// The ids and names of what is on the board.
pub(super) fn components() -> Vec<(&'static str, &'static str)> {
    COMPONENTS.iter().map(|(id, name, ..)| (*id, *name)).collect()
}
