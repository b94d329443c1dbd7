//! How large a picture is, told from its own bytes: a page that knows it does not jump when the picture arrives.

/// The first bytes of every PNG.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The width of an SVG or PNG that is shown so high, in the same unit; none where its own size is not told.
pub(super) fn width_at(height: u64, bytes: &[u8]) -> Option<u64> {
    let (own_width, own_height) = if bytes.starts_with(PNG) { png(bytes)? } else { svg(bytes)? };
    let width = own_width / own_height * height as f64;
    // What is wider than ten times its height is no logo, and would push the page aside.
    (own_width > 0.0 && own_height > 0.0).then(|| width.round().clamp(1.0, height as f64 * 10.0) as u64)
}

/// The size stands at the beginning of the first chunk.
fn png(bytes: &[u8]) -> Option<(f64, f64)> {
    let number = |at: usize| Some(f64::from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)));
    Some((number(16)?, number(20)?))
}

/// The size is that of the outermost element: its `viewBox`, else its `width` and `height`.
fn svg(bytes: &[u8]) -> Option<(f64, f64)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (_, rest) = text.split_once("<svg")?;
    let (tag, _) = rest.split_once('>')?;
    let number = |it: &str| it.trim_end_matches("px").parse::<f64>().ok().filter(|it| it.is_finite());
    if let Some(view) = attribute(tag, "viewBox") {
        let view: Vec<&str> = view.split([' ', ',']).filter(|it| !it.is_empty()).collect();
        let [_, _, width, height] = view[..] else { return None };
        return Some((number(width)?, number(height)?));
    }
    Some((number(attribute(tag, "width")?)?, number(attribute(tag, "height")?)?))
}

/// The value of an attribute within a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut parts = tag.split(name);
    parts.next()?;
    parts.find_map(|it| {
        let value = it.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''))?;
        value[1..].split(quote).next()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(svg: &str, width: Option<u64>) {
        assert_eq!(width_at(32, svg.as_bytes()), width, "{svg}");
    }

    #[test]
    fn an_svg_tells_its_size_in_its_first_tag() {
        check("<?xml version='1.0'?><svg viewBox=\"0 0 64 16\"><rect width=\"1\"/></svg>", Some(128));
        check("<svg width='20' height='10px'>", Some(64));
        check("<svg viewBox='0,0,32,32' width='100%'>", Some(32));
    }

    #[test]
    fn what_tells_no_size_has_none() {
        for odd in [
            "",
            "GIF89a",
            "<svg>",
            "<svg viewBox='0 0 1'>",
            "<svg viewBox='0 0 0 0'>",
            "<svg width='1em' height='1em'>",
        ] {
            check(odd, None);
        }
        check("<svg viewBox='0 0 9000 1'>", Some(320));
    }

    #[test]
    fn a_png_tells_its_size_behind_its_signature() {
        let mut png = [PNG, b"\0\0\0\x0dIHDR", &300_u32.to_be_bytes(), &100_u32.to_be_bytes()].concat();
        assert_eq!(width_at(32, &png), Some(96));
        png.truncate(20);
        assert_eq!(width_at(32, &png), None);
    }
}
