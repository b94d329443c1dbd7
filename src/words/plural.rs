//! Which form of a word a number takes.
//!
//! The rules are those for cardinals of the Unicode CLDR, "Language Plural Rules"
//! (<https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html>), as far as whole
//! numbers go. A list of words names the rule of its language, so that a theme can bring a language
//! that nobody here has heard of. What CLDR calls `many` in French and Spanish, from a million on, is
//! said in the form `other`.

/// The form of a word, by the names that CLDR gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Form {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

/// How a language tells its forms apart, named for one that does so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum PluralRule {
    /// There is but one form: Japanese, Chinese, Korean, Thai, Vietnamese.
    None,
    /// Also German, Dutch, Swedish, Danish, Norwegian, Finnish, Spanish, Italian, Greek, Turkish.
    English,
    /// Also Portuguese as in Brazil, and Hindi.
    French,
    Icelandic,
    Hebrew,
    /// Also Slovak.
    Czech,
    Polish,
    /// Also Ukrainian and Belarusian, and Croatian, Serbian and Bosnian, which say `other` for `many`.
    Russian,
    Lithuanian,
    Latvian,
    Romanian,
    Slovenian,
    Arabic,
}

impl Form {
    pub(super) const ALL: [Form; 6] = [Form::Zero, Form::One, Form::Two, Form::Few, Form::Many, Form::Other];

    /// The name that a list of words has for it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Form::Zero => "zero",
            Form::One => "one",
            Form::Two => "two",
            Form::Few => "few",
            Form::Many => "many",
            Form::Other => "other",
        }
    }

    /// The form of this name.
    pub(super) fn named(name: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|it| it.name() == name)
    }
}

impl PluralRule {
    /// The names by which a list of words calls them.
    pub(super) const NAMES: [(&str, PluralRule); 13] = [
        ("none", PluralRule::None),
        ("english", PluralRule::English),
        ("french", PluralRule::French),
        ("icelandic", PluralRule::Icelandic),
        ("hebrew", PluralRule::Hebrew),
        ("czech", PluralRule::Czech),
        ("polish", PluralRule::Polish),
        ("russian", PluralRule::Russian),
        ("lithuanian", PluralRule::Lithuanian),
        ("latvian", PluralRule::Latvian),
        ("romanian", PluralRule::Romanian),
        ("slovenian", PluralRule::Slovenian),
        ("arabic", PluralRule::Arabic),
    ];

    /// The rule of this name.
    pub(super) fn named(name: &str) -> Option<PluralRule> {
        PluralRule::NAMES.into_iter().find(|(it, _)| *it == name).map(|(_, rule)| rule)
    }

    /// The forms that the rule knows, `other` last.
    pub(super) fn forms(self) -> Vec<Form> {
        let mut forms: Vec<Form> = (0..=100).map(|it| self.form(it)).chain([Form::Other]).collect();
        forms.sort_unstable();
        forms.dedup();
        forms
    }

    /// The form for `n`.
    pub(super) fn form(self, n: u64) -> Form {
        let (tens, hundreds) = (n % 10, n % 100);
        match self {
            PluralRule::None => Form::Other,
            PluralRule::English => if_one(n == 1),
            PluralRule::French => if_one(n <= 1),
            PluralRule::Icelandic => if_one(tens == 1 && hundreds != 11),
            PluralRule::Hebrew => first([(n == 1, Form::One), (n == 2, Form::Two)], Form::Other),
            PluralRule::Czech => first([(n == 1, Form::One), (matches!(n, 2..=4), Form::Few)], Form::Other),
            PluralRule::Polish => first([(n == 1, Form::One), (is_slavic_few(n), Form::Few)], Form::Many),
            PluralRule::Russian => {
                let one = tens == 1 && hundreds != 11;
                first([(one, Form::One), (is_slavic_few(n), Form::Few)], Form::Many)
            }
            PluralRule::Lithuanian => match (tens, hundreds) {
                (_, 11..=19) | (0, _) => Form::Other,
                (1, _) => Form::One,
                _ => Form::Few,
            },
            PluralRule::Latvian => {
                let zero = tens == 0 || matches!(hundreds, 11..=19);
                first([(zero, Form::Zero), (tens == 1, Form::One)], Form::Other)
            }
            PluralRule::Romanian => {
                let few = n == 0 || matches!(hundreds, 1..=19);
                first([(n == 1, Form::One), (few, Form::Few)], Form::Other)
            }
            PluralRule::Slovenian => match hundreds {
                1 => Form::One,
                2 => Form::Two,
                3 | 4 => Form::Few,
                _ => Form::Other,
            },
            PluralRule::Arabic => arabic(n),
        }
    }
}

fn arabic(n: u64) -> Form {
    match (n, n % 100) {
        (0, _) => Form::Zero,
        (1, _) => Form::One,
        (2, _) => Form::Two,
        (_, 3..=10) => Form::Few,
        (_, 11..=99) => Form::Many,
        _ => Form::Other,
    }
}

/// 2, 3, 4, 22, 23, 24, .., but for 12, 13, 14.
fn is_slavic_few(n: u64) -> bool {
    matches!(n % 10, 2..=4) && !matches!(n % 100, 12..=14)
}

fn if_one(is_one: bool) -> Form {
    if is_one { Form::One } else { Form::Other }
}

/// The first form whose condition holds.
fn first(forms: [(bool, Form); 2], otherwise: Form) -> Form {
    forms.into_iter().find(|(holds, _)| *holds).map_or(otherwise, |(_, form)| form)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers at which rules differ.
    const NUMBERS: [u64; 16] = [0, 1, 2, 3, 5, 10, 11, 12, 19, 20, 21, 22, 100, 101, 103, 111];

    /// `expected` has a letter for each of the numbers, as `Intl.PluralRules` says them: z, 1, 2, f, m, o.
    #[track_caller]
    fn check(rule: &str, expected: &str) {
        let rule = PluralRule::named(rule).unwrap();
        let letter = |n: u64| match rule.form(n) {
            Form::Zero => 'z',
            Form::One => '1',
            Form::Two => '2',
            Form::Few => 'f',
            Form::Many => 'm',
            Form::Other => 'o',
        };
        assert_eq!(NUMBERS.map(letter).iter().collect::<String>(), expected);
    }

    #[test]
    fn each_rule_is_that_of_its_language() {
        check("none", "oooooooooooooooo");
        check("english", "o1oooooooooooooo");
        check("french", "11oooooooooooooo");
        check("icelandic", "o1oooooooo1oo1oo");
        check("hebrew", "o12ooooooooooooo");
        check("czech", "o1ffoooooooooooo");
        check("polish", "m1ffmmmmmmmfmmfm");
        check("russian", "m1ffmmmmmm1fm1fm");
        check("lithuanian", "o1fffooooo1fo1fo");
        check("latvian", "z1ooozzzzz1oz1oz");
        check("romanian", "f1fffffffoooofff");
        check("slovenian", "o12fooooooooo1fo");
        check("arabic", "z12fffmmmmmmoofm");
    }

    #[test]
    fn every_rule_has_a_name_and_a_form_for_all_else() {
        for (name, rule) in PluralRule::NAMES {
            assert_eq!(PluralRule::named(name), Some(rule));
            assert_eq!(rule.forms().last(), Some(&Form::Other), "{name}");
        }
        assert_eq!(PluralRule::Arabic.forms(), Form::ALL);
        assert_eq!(PluralRule::None.forms(), [Form::Other]);
    }
}
