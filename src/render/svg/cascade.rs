//! The graph of a cascade: what failed first stands left, and lines lead to what it took along.

use super::class;
use super::label::two_lines;
use super::layout::{Layout, layout};
use crate::markdown::escape_html;
use crate::model::{State, Strength};
use crate::render::Markup;

/// What spread, and along which lines.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Graph {
    /// What is to be seen, in a few words.
    pub title: String,
    /// The same in sentences.
    pub description: String,
    /// The components, in the order of the site.
    pub nodes: Vec<Node>,
    /// Who needs whom.
    pub edges: Vec<Edge>,
}

/// A component in the graph.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// What it is in, or once that is over the worst it was in; none of a cause of which nothing was said.
    pub state: Option<State>,
    /// The words for that.
    pub word: String,
    /// From when to when.
    pub window: String,
    /// Whether it may have been affected and nobody has said so.
    pub suggested: bool,
}

/// That one component needs another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edge {
    /// The index of what is needed.
    pub from: usize,
    /// The index of what needs it.
    pub to: usize,
    /// How much.
    pub strength: Strength,
    /// What is told when a pointer rests on the line.
    pub label: String,
}

/// How many columns may be drawn smaller to fit a page; more are scrolled.
const COLUMNS_THAT_FIT: i64 = 4;
const WIDTH: i64 = 216;
const GUTTER: i64 = 56;
const MARGIN: i64 = 4;
const LINE: i64 = 19;
const NAME_WIDTH: usize = 19;
const WORD_WIDTH: usize = 23;
const WINDOW_WIDTH: usize = 25;

/// Draws a graph. The icons are used by reference and must stand on the page.
pub fn cascade(graph: &Graph) -> Markup {
    let texts: Vec<Text> = graph.nodes.iter().map(Text::of).collect();
    let heights: Vec<i64> = texts.iter().map(Text::height).collect();
    let lines: Vec<(usize, usize)> = graph.edges.iter().map(|it| (it.from, it.to)).collect();
    let layout = layout(&heights, &lines);
    let drawing = Drawing { layout: &layout, heights: &heights };
    let edges: String = graph.edges.iter().enumerate().map(|(index, it)| drawing.edge(index, it)).collect();
    let nodes: String = graph
        .nodes
        .iter()
        .zip(&texts)
        .enumerate()
        .map(|(index, (it, text))| drawing.node(index, it, text))
        .collect();
    let columns = layout.columns.iter().max().map_or(0, |&it| to_i64(it));
    let class = if columns < COLUMNS_THAT_FIT { "cascade" } else { "cascade long" };
    let (width, height) = (left(columns) + WIDTH + MARGIN, layout.height + 2 * MARGIN);
    Markup::trusted(format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"cascade-title cascade-text\">\
         <title id=\"cascade-title\">{}</title><desc id=\"cascade-text\">{}</desc>{edges}{nodes}</svg>",
        escape_html(&graph.title),
        escape_html(&graph.description),
    ))
}

/// The lines of a box, each with its class.
struct Text(Vec<(&'static str, String)>);

impl Text {
    fn of(node: &Node) -> Self {
        let name = two_lines(&node.name, NAME_WIDTH).into_iter().map(|it| ("name", it));
        let window = two_lines(&node.window, WINDOW_WIDTH).into_iter().map(|it| ("window", it));
        let word = two_lines(&node.word, WORD_WIDTH).into_iter().map(|it| ("word", it));
        Text(name.chain(word).chain(window).collect())
    }

    fn height(&self) -> i64 {
        to_i64(self.0.len()) * LINE + 13
    }

    fn draw(&self, x: i64, y: i64) -> String {
        let line = |(index, (class, text)): (usize, &(&str, String))| {
            let y = y + 4 + to_i64(index + 1) * LINE;
            format!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escape_html(text))
        };
        self.0.iter().enumerate().map(line).collect()
    }
}

fn left(column: i64) -> i64 {
    MARGIN + column * (WIDTH + GUTTER)
}

fn to_i64(count: usize) -> i64 {
    i64::try_from(count).expect("a graph is small")
}

struct Drawing<'a> {
    layout: &'a Layout,
    heights: &'a [i64],
}

impl Drawing<'_> {
    fn left(&self, node: usize) -> i64 {
        left(to_i64(self.layout.columns[node]))
    }

    fn middle(&self, node: usize) -> i64 {
        MARGIN + self.layout.tops[node] + self.heights[node] / 2
    }

    fn node(&self, index: usize, node: &Node, text: &Text) -> String {
        let (x, y, height) = (self.left(index), MARGIN + self.layout.tops[index], self.heights[index]);
        let class = class(node.state);
        let suggested = if node.suggested { " suggested" } else { "" };
        format!(
            "<g class=\"node {class}{suggested}\"><title>{}</title>\
             <rect x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{height}\" rx=\"6\"/>\
             <use href=\"#icon-{class}\" x=\"{}\" y=\"{}\" width=\"20\" height=\"20\"/>{}</g>",
            escape_html(&node.name),
            x + 9,
            y + 8,
            text.draw(x + 36, y),
        )
    }

    fn edge(&self, index: usize, edge: &Edge) -> String {
        let (from, to) = (edge.from, edge.to);
        if self.layout.columns[to] <= self.layout.columns[from] {
            return String::new();
        }
        let mut line = Line::from(self.left(from) + WIDTH, self.middle(from));
        for (column, lane) in (self.layout.columns[from] + 1..).zip(&self.layout.lanes[index]) {
            let x = left(to_i64(column));
            line.bend(x, MARGIN + lane);
            line.level(x + WIDTH);
        }
        // The line ends where the tip of the arrow begins.
        let (x, y) = (self.left(to), self.middle(to));
        line.bend(x - 8, y);
        let class = match edge.strength {
            Strength::Hard => "edge",
            Strength::Soft => "edge soft",
        };
        format!(
            "<g class=\"{class}\"><title>{}</title><path d=\"{}\"/><path class=\"tip\" d=\"M{x} {y}l-9-4.5v9z\"/></g>",
            escape_html(&edge.label),
            line.path,
        )
    }
}

/// A line that is being drawn from left to right.
struct Line {
    path: String,
    x: i64,
    y: i64,
}

impl Line {
    fn from(x: i64, y: i64) -> Self {
        Line { path: format!("M{x} {y}"), x, y }
    }

    /// Goes on to a point in a curve that leaves and arrives level.
    fn bend(&mut self, x: i64, y: i64) {
        let middle = (self.x + x) / 2;
        match y == self.y {
            true => self.path += &format!("H{x}"),
            false => self.path += &format!("C{middle} {} {middle} {y} {x} {y}", self.y),
        }
        (self.x, self.y) = (x, y);
    }

    /// Goes on level.
    fn level(&mut self, x: i64) {
        self.path += &format!("H{x}");
        self.x = x;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(name: &str) -> Node {
        Node {
            name: name.to_owned(),
            state: Some(State::MajorOutage),
            word: "Major outage".to_owned(),
            window: "10:44–12:38".to_owned(),
            suggested: false,
        }
    }

    fn edge(from: usize, to: usize, strength: Strength) -> Edge {
        Edge { from, to, strength, label: format!("{from} to {to}") }
    }

    fn draw(nodes: Vec<Node>, edges: Vec<Edge>) -> String {
        let (title, description) = ("How <it> spread".to_owned(), "A took B along".to_owned());
        cascade(&Graph { title, description, nodes, edges }).as_str().to_owned()
    }

    #[test]
    fn a_soft_line_is_told_from_a_hard_one() {
        let nodes = ["A", "B", "C"].map(node).to_vec();
        let svg = draw(nodes, vec![edge(0, 1, Strength::Hard), edge(0, 2, Strength::Soft)]);
        assert_eq!(svg.matches("class=\"edge\"").count(), 1);
        assert_eq!(svg.matches("class=\"edge soft\"").count(), 1);
    }

    #[test]
    fn a_box_says_all_without_colour_and_its_full_name_on_demand() {
        let svg = draw(vec![node("A name that is far too long for any box of this width")], Vec::new());
        assert!(svg.contains("<title>A name that is far too long for any box of this width</title>"));
        assert!(svg.contains("A name that is far<") && svg.contains("too long for any b…"), "{svg}");
        assert!(svg.contains("#icon-major_outage") && svg.contains(">Major outage<"));
    }

    #[test]
    fn text_cannot_leave_its_place_and_nothing_carries_a_style() {
        let svg = draw(vec![node("</title><script>")], Vec::new());
        assert!(!svg.contains("<script") && !svg.contains("style="));
        assert!(svg.contains("How &lt;it&gt; spread"));
    }
}
