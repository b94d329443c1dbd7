//! Trees are those that `serde_yaml` reads; the bytes of nodes; faults and what to write instead.

use super::*;

/// The tree as `serde_yaml` would have it.
fn converted(node: &Node<'_>) -> serde_yaml::Value {
    match &node.value {
        Value::Null => serde_yaml::Value::Null,
        Value::Bool(flag) => (*flag).into(),
        Value::Number(written) => serde_yaml::from_str(written).unwrap(),
        Value::Text(text) => text.to_string().into(),
        Value::List(elements) => elements.iter().map(converted).collect(),
        Value::Map(entries) => serde_yaml::Value::Mapping(
            entries.iter().map(|it| (converted(&it.key), converted(&it.value))).collect(),
        ),
        Value::Tagged(tag) => panic!("{tag}"),
    }
}

#[track_caller]
fn check_equal(text: &str) {
    let expected: serde_yaml::Value = serde_yaml::from_str(text).unwrap();
    assert_eq!(converted(&parse(text).unwrap().root), expected, "{text}");
}

#[test]
fn the_tree_is_the_one_that_serde_yaml_reads() {
    for text in [
        "",
        "# a comment\n",
        "a: b\n",
        "a:\n- b\n- c: d\n  e: f\n",
        "a: {b: [c, 'd', \"e\\u00e9\"], f: }\n",
        "a: |\n  b\n\n  c\nd: >-\n  e\n  f\n\n  g\n",
        "a: |+\n  b\n\n",
        "a: |2\n   b\n",
        "a: b\n  c\n\n  d\n",
        "a: 'b\n  c'\nd: \"e\n  f\"\n",
        "a: &x {b: 1}\nc: *x\nd: [*x, *x]\n",
        "a: !!str 1\nb: !!int '2'\n",
        "1: a\ntrue: b\n~: c\n",
        "? a\n: b\n",
        "a: 1.10\nb: 0x1f\nc: 007\nd: -1\ne: 1e3\nf: yes\ng: 2020-07-10\nh: 10:48\ni: .inf\n",
        "a: b # c\nd: e#f\ng: '#h'\n",
        "a: b\r\nc: |\r\n  d\r\n  e\r\nf: 'g\r\n  h'\r\n",
        "\"a b\": c\n'd': e\n",
        "- - a\n  - b\n-\n  - c\n- {}\n- []\n",
        "a: -b\nc: :d\ne: f:g\nh: ?i\n",
        "a:    b   \n",
        "--- \na: b\n...\n",
        "é: ü\n日本: [語]\n",
    ] {
        check_equal(text);
    }
}

#[test]
fn each_node_knows_its_bytes() {
    let text = "é: {k: [1, 'two']}\nb:\n  - x: |\n      t\n    y:\n";
    let document = parse(text).unwrap();
    let at = |node: &Node<'_>| &text[node.span.clone()];
    let e = document.root.get("é").unwrap();
    assert_eq!(at(e), "{k: [1, 'two']}");
    let Value::List(elements) = &e.get("k").unwrap().value else { panic!() };
    assert_eq!(at(&elements[1]), "'two'");
    let Value::List(elements) = &document.root.get("b").unwrap().value else { panic!() };
    let x = elements[0].entry("x").unwrap();
    assert_eq!((at(&x.key), x.value.text()), ("x", Some("t\n")));
    let y = elements[0].entry("y").unwrap();
    assert_eq!((at(&y.key), at(&y.value)), ("y", ""));
}

/// The comment that ends the value of `a`, or stands in its place.
#[track_caller]
fn check_comment(text: &str, expected: Option<&str>) {
    let document = parse(text).unwrap();
    let comment = document.root.get("a").unwrap().passed_over.clone();
    assert_eq!(comment.map(|it| &text[it]), expected, "{text}");
}

#[test]
fn comments_that_end_a_value_are_kept() {
    check_comment("a: b #1 c\n", Some("#1 c"));
    check_comment("a: #1 c\nd: e\n", Some("#1 c"));
    check_comment("a: #1 c\n  d\n", Some("#1 c"));
    check_comment("{a: b #1 c\n}\n", Some("#1 c"));
    check_comment("a: b\n# c\n", None);
    check_comment("a: 'b' # c\n", None);
    check_comment("a: b#c\n", None);
    check_comment("a: # c\n  - d\n", None);
    check_comment("a: | # c\n  d\n", None);
}

#[test]
fn an_anchor_that_nothing_uses_is_kept() {
    let unused = |text: &str| {
        let anchors = parse(text).unwrap().unused_anchors;
        anchors.into_iter().map(|it| text[it].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(unused("a: &amp; b\nc: &x d\ne: *x\n"), ["&amp;"]);
    assert_eq!(unused("a: &x {b: c}\n"), ["&x"]);
}

#[test]
fn limits_are_held() {
    let kind =
        |text: &str| parse(text).map(|_| ()).map_err(|it| it.iter().map(|it| it.kind).collect::<Vec<_>>());
    let within = format!("a: &a x\nb: [{}]", vec!["*a"; 100].join(", "));
    assert_eq!(kind(&within), Ok(()));
    let beyond = format!("a: &a x\nb: &b [{}]\nc: [*b, *b]", vec!["*a"; 50].join(", "));
    assert_eq!(kind(&beyond), Err(vec![Kind::TooLarge]));
    for open in ["[", "- ", "{a: "] {
        assert_eq!(kind(&open.repeat(100_000)), Err(vec![Kind::TooLarge]), "{open}");
    }
    assert_eq!(kind("a: &a [*a]"), Err(vec![Kind::Syntax]));
}

#[test]
fn keys_written_twice_are_found_in_every_map() {
    let faults = parse("a: 1\nb: {k: 1, k: 2}\na: 3\n1: x\n1: y\n").unwrap_err();
    let keys: Vec<_> = faults.iter().map(|it| (it.span.start, it.first.clone().unwrap().start)).collect();
    assert_eq!(keys, [(15, 9), (21, 0), (31, 26)]);
}

/// The text that a fault marks, what it says and what to write.
#[track_caller]
fn check_fault(text: &str, marked: &str, message: &str, help: &str) {
    let faults = parse(text).unwrap_err();
    let fault = &faults[0];
    assert_eq!(
        (&text[fault.span.clone()], fault.message.as_str(), fault.help.as_str()),
        (marked, message, help),
        "{text}"
    );
}

#[test]
fn a_colon_that_cannot_stand_is_explained() {
    check_fault(
        "title: Foo: bar\n",
        ":",
        "`: ` stands in a value without quotes",
        "quote the value: `title: \"Foo: bar\"`",
    );
    check_fault(
        "a: 1\n b: 2\n",
        "b: 2",
        "this line is indented deeper than the line above, which has a value",
        "indent it with no space, like the line above",
    );
    check_fault(
        "components:\n  login:major\n  api: x\n",
        "login:major",
        "a space is missing behind the colon in `login:major`",
        "write `login: major`",
    );
    check_fault(
        "title Foo\nat: 1\n",
        "title Foo",
        "`title Foo` is not a key with a value",
        "write `title: …`, or indent the line if it belongs to the value above",
    );
}

#[test]
fn a_quote_is_explained_where_it_begins() {
    let message = "the quote `\"` that begins here is not closed in its line";
    for text in
        ["title: \"Foo\nat: 1\n", "title: \"Foo\nat: 1\nbody: \"x\"\n", "- b: \"Foo\n  c: x\n- b: \"Bar\"\n"]
    {
        check_fault(text, "\"Foo", message, "close it: `\"Foo\"`");
    }
    check_fault(
        "a: 'it's'\n",
        "s'",
        "the quote `'` ends before this",
        "write an apostrophe twice: `'it''s'`",
    );
    check_fault("a: \"b\" c\n", "c", "the quote `\"` ends before this", "quote all of it: `'\"b\" c'`");
    check_fault(
        "a: \"C:\\docs\"\n",
        "\\d",
        "`\\d` is not an escape that double quotes allow",
        "write `\\\\` for a backslash, or use single quotes",
    );
}

#[test]
fn brackets_are_explained_where_they_begin() {
    check_fault("a: [1, 2\nb: 3\n", "[", "`[` is never closed", "close it with `]`");
    check_fault(
        "a: {b: c #d}\n",
        "{",
        "`{` is never closed",
        "` #` begins a comment: quote the value that holds it, so that `}` is read",
    );
    check_fault("a: {b: 1]\n", "{", "`{` is closed by `]`", "close it with `}`");
    check_fault("a: [b]]\n", "]", "`]` closes nothing", "remove `]`, or quote the value that holds it");
}

#[test]
fn indentation_is_explained() {
    check_fault("a:\n\tb: 1\n", "\t", "a tab in the indentation", "indent with spaces: YAML takes no tabs");
    check_fault(
        "a:\n  b:\n    c: 1\n   d: 2\n",
        "d: 2",
        "no line above is indented with 3 spaces, like this one",
        "indent it with 0, 2 or 4 spaces",
    );
    check_fault(
        "  a: 1\nb: 2\n",
        "a: 1",
        "the first line is indented, and a line below it is not",
        "write `a: 1` without the space before it",
    );
}

#[test]
fn a_value_that_means_something_to_yaml_is_to_be_quoted() {
    check_fault("a: @x\n", "@x", "a value cannot begin with `@`", "quote the value: `\"@x\"`");
    check_fault(
        "a: *bold* text\n",
        "*bold*",
        "`*bold*` is an alias, and nothing is named `&bold*`",
        "quote the value if it is text: `\"*bold* text\"`",
    );
    check_fault(
        "a: > 50% of\n",
        "> 50% of",
        "`>` begins a block of text, which starts in the next line",
        "quote the value: `\"> 50% of\"`",
    );
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn values_that_both_parsers_read_are_equal(value in "[ab1:#\n '\"\\[\\]{},%~.é|>-]{0,24}") {
        let text = format!("k: {}\n", value.replace('\n', "\n  "));
        let expected = serde_yaml::from_str::<serde_yaml::Value>(&text);
        if let (Ok(document), Ok(expected)) = (parse(&text), expected) && !has_tag(&document.root) {
            proptest::prop_assert_eq!(converted(&document.root), expected);
        }
    }

    #[test]
    fn faults_mark_whole_characters(text in "[ab:#\n\r\t '\"\\[\\]{}&*!|>?%~é日\u{feff}\u{1}\\\\-]{0,30}") {
        for fault in parse(&text).err().unwrap_or_default() {
            proptest::prop_assert!(text.get(fault.span.clone()).is_some(), "{:?} of {:?}", fault, text);
        }
    }
}

fn has_tag(node: &Node<'_>) -> bool {
    match &node.value {
        Value::Tagged(_) => true,
        Value::List(elements) => elements.iter().any(has_tag),
        Value::Map(entries) => entries.iter().any(|it| has_tag(&it.key) || has_tag(&it.value)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => false,
    }
}
