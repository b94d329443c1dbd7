//! The finished site, and how it gets to where it is read. Knows nothing of what the bytes mean.

mod tree;

pub use tree::Tree;
