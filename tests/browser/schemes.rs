//! Light and dark, the reader's own colours, and no motion.

use std::collections::BTreeMap;

use crate::reader::Reader;
use crate::site::{DURING, KINDS, sample};

const DARK: (&str, &str) = ("prefers-color-scheme", "dark");
const LIGHT: (&str, &str) = ("prefers-color-scheme", "light");
const FORCED: (&str, &str) = ("forced-colors", "active");

#[test]
fn the_tokens_are_those_of_the_scheme_and_are_used() {
    let reader = Reader::of(sample(DURING));
    let colours = |scheme| {
        reader.emulate(&[scheme]);
        reader.open("index.html");
        let colours: BTreeMap<String, [String; 2]> = reader.eval(USED);
        for (token, [stated, used]) in &colours {
            assert_eq!(stated, used, "{token} in {scheme:?}");
        }
        colours
    };
    let (light, dark) = (colours(LIGHT), colours(DARK));
    assert!(light.iter().all(|(token, light)| dark[token] != *light), "{light:?}\n{dark:?}");
}

/// Tokens with the colour that they state and the one that something has that should have it.
const USED: &str = "(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    const stated = token => {
        probe.setAttribute('class', '');
        probe.style.color = `var(${token})`;
        return getComputedStyle(probe).color;
    };
    const used = (selector, property) => getComputedStyle(document.querySelector(selector))[property];
    return {
        '--page': [stated('--page'), used('body', 'backgroundColor')],
        '--ink': [stated('--ink'), used('body', 'color')],
        '--link': [stated('--link'), used('main h4 a', 'color')],
        '--major-text': [stated('--major-text'), used('.state.major_outage', 'color')],
        '--operational-text': [stated('--operational-text'), used('.state.operational', 'color')],
    };
})()";

#[test]
fn everything_can_be_read_in_both_schemes() {
    let reader = Reader::of(sample(DURING));
    for scheme in [LIGHT, DARK] {
        reader.emulate(&[scheme]);
        for path in KINDS {
            reader.open(path);
            assert_eq!(reader.eval::<Vec<String>>(FAINT), [""; 0], "{path} in {scheme:?}");
        }
    }
}

#[test]
fn everything_can_be_read_in_colours_that_a_reader_forces() {
    let reader = Reader::of(sample(DURING));
    for scheme in [LIGHT, DARK] {
        reader.emulate(&[scheme, FORCED]);
        for path in ["index.html", "incidents/2020-07-10-login-cascade.html", "history/2020.html"] {
            reader.open(path);
            assert_eq!(reader.eval::<Vec<String>>(FAINT), [""; 0], "{path} in {scheme:?}");
            let lost = "[...document.querySelectorAll('main svg path, main svg use')]
                .filter(it => it.checkVisibility() && getComputedStyle(it).fill === getComputedStyle(document.body).backgroundColor)";
            assert_eq!(
                reader.eval::<usize>(&format!("{lost}.length")),
                0,
                "graphics of {path} in {scheme:?}"
            );
        }
    }
}

#[test]
fn nothing_moves_where_readers_ask_for_rest() {
    let reader = Reader::of(sample(DURING));
    reader.emulate(&[("prefers-reduced-motion", "reduce")]);
    reader.open("index.html");
    let moving = "[...document.querySelectorAll('*')].filter(it => {
        const style = getComputedStyle(it);
        return style.transitionDuration.split(', ').some(it => parseFloat(it) > 0) || style.animationName !== 'none'
            || style.scrollBehavior === 'smooth';
    })";
    assert_eq!(reader.eval::<usize>(&format!("{moving}.length")), 0);
}

/// Text with less than 4.5 to 1 of contrast to what it stands on. Text in graphics is left to the test of the tokens.
const FAINT: &str = "(() => {
    const rgba = text => {
        const [r, g, b, a = 1] = text.match(/[\\d.]+(?:e-\\d+)?/g).map(Number);
        return text.startsWith('color(') ? [r * 255, g * 255, b * 255, a] : [r, g, b, a];
    };
    const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
    const ground = it => {
        const own = rgba(getComputedStyle(it).backgroundColor);
        if (own[3] === 1) return own;
        return over(own, it.parentElement ? ground(it.parentElement) : rgba(getComputedStyle(document.body).backgroundColor));
    };
    const light = colour => {
        const [r, g, b] = colour.map(it => it / 255).map(it => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = it => {
        const below = ground(it);
        const [dark, bright] = [over(rgba(getComputedStyle(it).color), below), below].map(light).sort((a, b) => a - b);
        return (bright + 0.05) / (dark + 0.05);
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const faint = new Set();
    while (texts.nextNode()) {
        const it = texts.currentNode.parentElement;
        const shown = texts.currentNode.data.trim() && it.checkVisibility() && !it.closest('svg, script, .hidden');
        if (shown && contrast(it) < 4.5) faint.add(contrast(it).toFixed(2) + ' ' + it.outerHTML.slice(0, 160));
    }
    return [...faint];
})()";
