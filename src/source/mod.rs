//! What was read from disk, and where in it something stands.
//!
//! Everything downstream points back here: a mistake is told with the file and the line it is
//! in, however far from the disk it was noticed.

mod folder;
mod place;

pub use folder::{Content, Folder, LargeFile, SourceFile, without_marks};
pub use place::{Place, Spot};
