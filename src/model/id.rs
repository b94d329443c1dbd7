//! Ids: names that stay for ever, each of a kind of its own so that none is taken for another.

use std::fmt;
use std::sync::Arc;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// An id whose form has been checked.
            pub fn new(id: &str) -> Self {
                $name(Arc::from(id))
            }

            /// The id as it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }
    };
}

id!(
    /// The id of a component: `[a-z0-9-]`, at most 80 characters.
    ComponentId
);
id!(
    /// The id of a group; left out, the slug of its name.
    GroupId
);
id!(
    /// The id of an incident, maintenance or notice: the name of its folder or file, in Unicode form
    /// NFC. It is the permalink `/incidents/<id>.html`.
    IncidentId
);
