//! The `allclear` command.

fn main() {}
