//! From the board to the finished site: views, what each page shows, through a theme's templates.

mod markup;
pub mod path;
pub mod svg;

pub use markup::Markup;
