//! The kinds of things that are said of files. Each has a name that stays, for searching
//! `docs/diagnostics.md` and for machines.

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The text must change before a build accepts it.
    Error,
    /// Probably not what was meant.
    Warning,
}

impl Level {
    /// The word for it, as printed.
    pub fn word(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
        }
    }
}

/// Declares the codes, each with its level and its name, so that no list can forget one.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident $level:ident $name:literal,)*) => {
        /// What kind of thing a diagnostic says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// All codes, in the order of the manual.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The name that is printed: `unknown-component`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// How grave it is.
            pub fn level(self) -> Level {
                match self { $(Code::$variant => Level::$level,)* }
            }
        }
    };
}

codes! {
    /// A file that is not UTF-8, or holds a NUL byte.
    NotText Error "not-text",
    /// A document beyond the limit of its size.
    TooLarge Error "too-large",
    /// A link that leaves the project's root.
    OutsideRoot Error "outside-root",
    /// A file that the system would not let us read.
    Unreadable Error "unreadable",
    /// YAML that cannot be parsed.
    Syntax Error "syntax",
    /// The marks of a merge that nobody finished.
    ConflictMarker Error "conflict-marker",
    /// Keys that stand outside of a front matter.
    FrontMatter Error "front-matter",
    /// A key written twice in one map.
    DuplicateKey Error "duplicate-key",
    /// Nesting or alias expansion beyond the limits.
    TooDeep Error "too-deep",
    /// A key that nothing reads.
    UnknownKey Error "unknown-key",
    /// A key that must be there and is not.
    MissingKey Error "missing-key",
    /// A value of another type than the key takes.
    WrongType Error "wrong-type",
    /// A value of the right type that the key does not take.
    InvalidValue Error "invalid-value",
    /// A time that cannot be read, or that does not say its offset.
    InvalidTime Error "invalid-time",
    /// A component that site.yaml does not name.
    UnknownComponent Error "unknown-component",
    /// A group that site.yaml does not name.
    UnknownGroup Error "unknown-group",
    /// A state that is none of the five.
    UnknownState Error "unknown-state",
    /// A key or a status that belongs to another kind: incident, maintenance or notice.
    WrongKind Error "wrong-kind",
    /// A status outside the lifecycle.
    UnknownStatus Error "unknown-status",
    /// An incident that another one names and nobody wrote.
    UnknownIncident Error "unknown-incident",
    /// A file of site/assets that the look names and nobody put there.
    UnknownAsset Error "unknown-asset",
    /// An id, alias or action that two things share.
    DuplicateId Error "duplicate-id",
    /// An id or a file's name that cannot be one.
    InvalidName Error "invalid-name",
    /// Components that depend on each other in a circle.
    DependencyCycle Error "dependency-cycle",
    /// Times that contradict each other.
    TimeOrder Error "time-order",
    /// An incident that no time makes public.
    NeverShown Error "never-shown",
    /// A file that was saved before anything was in it.
    EmptyUpdate Error "empty-update",
    /// More updates than an incident may have.
    TooManyUpdates Error "too-many-updates",
    /// A project without site/site.yaml.
    NoSite Error "no-site",
    /// A project without the folder incidents/.
    NoIncidents Error "no-incidents",
    /// A file that may hold what readers should know, where nothing reads it.
    MisplacedFile Error "misplaced-file",
    /// An incident that site.yaml says is removed, and whose file is there.
    StillThere Error "still-there",
    /// Files that require a newer version of this program.
    TooOld Error "too-old",
    /// A link to a document that is not there.
    DeadLink Error "dead-link",
    /// A link to an address that a page must not carry.
    UnsafeLink Error "unsafe-link",
    /// A theme's template or word list that cannot be used.
    Theme Error "theme",
    /// A time ahead of the clock where only the past makes sense.
    TooFarAhead Error "too-far-ahead",

    /// A file that means nothing where it stands.
    StrayFile Warning "stray-file",
    /// A value in quotes that YAML takes for letters.
    SmartQuotes Warning "smart-quotes",
    /// A value that ends, or is empty, because YAML takes the rest of its line for a comment.
    CommentEndsValue Warning "comment-ends-value",
    /// An anchor that nothing uses.
    UnusedAnchor Warning "unused-anchor",
    /// A language whose list of words lacks some.
    MissingWords Warning "missing-words",
    /// An incident none of whose updates says a status.
    NoStatus Warning "no-status",
    /// An incident folder whose head is missing.
    MissingHead Warning "missing-head",
    /// A postmortem that does not say whether it is ready.
    UnmarkedDraft Warning "unmarked-draft",
    /// No time from which a component's uptime is counted.
    MissingSince Warning "missing-since",
    /// A colour of the site's own that many readers would not see.
    LowContrast Warning "low-contrast",
    /// Two statements of one component with the same time.
    SameInstant Warning "same-instant",
    /// An incident that is open again although `resolved_at` ends it.
    ReopenedAfterEnd Warning "reopened-after-end",
    /// An incident that names no component.
    NoComponents Warning "no-components",
    /// A resolved incident whose last words leave a component impaired.
    NeverRecovered Warning "never-recovered",
    /// An open incident on components that are all operational.
    OpenOnGreen Warning "open-on-green",
    /// `monitoring` with a component still in a major outage.
    MonitoringMajor Warning "monitoring-major",
    /// A status that goes back without having been resolved.
    StatusBackwards Warning "status-backwards",
    /// Two maintenances of one component at one time.
    MaintenanceOverlap Warning "maintenance-overlap",
    /// A promised update that did not come in time.
    BrokenPromise Warning "broken-promise",
    /// A figure that differs from the one that the files give.
    StatedFigure Warning "stated-figure",
    /// Something that probably should not be public.
    NotForPublic Warning "not-for-public",
    /// A public text that links to a document that is not public.
    HiddenLink Warning "hidden-link",
    /// HTML in a text, which readers see as it is written.
    HtmlAsText Warning "html-as-text",
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_code_has_a_name_of_its_own() {
        let names: BTreeSet<&str> = Code::ALL.iter().map(|it| it.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
