//! Places the boxes of a graph in columns so that no line crosses a box.
//!
//! 1. A box stands one column right of the rightmost it depends on.
//! 2. A line that passes a column gets a lane of its own there, between the boxes.
//! 3. Each column is sorted by the middle of what its boxes and lanes are connected with on the left,
//!    then on the right, a few times over: lines cross each other less.
//! 4. Columns are stacked from their tops and centred on the tallest.
//!
//! Between two columns nothing stands but lines.

use std::collections::BTreeMap;

/// Where everything stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// The column of each box, counted from 0.
    pub(super) columns: Vec<usize>,
    /// The upper edge of each box.
    pub(super) tops: Vec<i64>,
    /// For each line the heights at which it passes the columns between its ends.
    pub(super) lanes: Vec<Vec<i64>>,
    /// The height of the tallest column.
    pub(super) height: i64,
}

const GAP: i64 = 16;
const LANE: i64 = 6;
const SWEEPS: usize = 4;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    Box(usize),
    /// A line, and the column it passes.
    Lane(usize, usize),
}

/// Places boxes of these heights, connected by lines from the first to the second of each pair. A
/// line that would close a circle counts for nothing.
pub(super) fn layout(heights: &[i64], lines: &[(usize, usize)]) -> Layout {
    let columns = columns(heights.len(), lines);
    let mut stacks = stacks(&columns, lines);
    let neighbours = Neighbours::of(&columns, lines);
    for sweep in 0..SWEEPS {
        let side = if sweep % 2 == 0 { Side::Left } else { Side::Right };
        sort(&mut stacks, &neighbours, side);
    }
    place(heights, lines, columns, &stacks)
}

/// The column of each box: the length of the longest way to it.
fn columns(boxes: usize, lines: &[(usize, usize)]) -> Vec<usize> {
    let mut columns = vec![0; boxes];
    // A way without a circle is shorter than there are boxes.
    for _ in 0..boxes {
        for &(from, to) in lines {
            if columns[to] <= columns[from] && columns[from] + 1 < boxes {
                columns[to] = columns[from] + 1;
            }
        }
    }
    columns
}

fn stacks(columns: &[usize], lines: &[(usize, usize)]) -> Vec<Vec<Slot>> {
    let mut stacks = vec![Vec::new(); columns.iter().max().map_or(0, |it| it + 1)];
    for (index, &column) in columns.iter().enumerate() {
        stacks[column].push(Slot::Box(index));
    }
    for (index, &(from, to)) in lines.iter().enumerate() {
        let passed = stacks.iter_mut().enumerate().take(columns[to]).skip(columns[from] + 1);
        for (column, stack) in passed {
            stack.push(Slot::Lane(index, column));
        }
    }
    stacks
}

/// What each slot is connected with in the columns beside its own.
#[derive(Default)]
struct Neighbours {
    left: BTreeMap<Slot, Vec<Slot>>,
    right: BTreeMap<Slot, Vec<Slot>>,
}

impl Neighbours {
    fn of(columns: &[usize], lines: &[(usize, usize)]) -> Self {
        let mut all = Neighbours::default();
        for (index, &(from, to)) in lines.iter().enumerate() {
            if columns[to] <= columns[from] {
                continue;
            }
            let lanes = (columns[from] + 1..columns[to]).map(|column| Slot::Lane(index, column));
            let way: Vec<Slot> = [Slot::Box(from)].into_iter().chain(lanes).chain([Slot::Box(to)]).collect();
            for pair in way.windows(2) {
                all.right.entry(pair[0]).or_default().push(pair[1]);
                all.left.entry(pair[1]).or_default().push(pair[0]);
            }
        }
        all
    }

    fn on(&self, side: Side, slot: Slot) -> &[Slot] {
        let all = match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        };
        all.get(&slot).map_or(&[], Vec::as_slice)
    }
}

#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

/// Sorts each column by the middle of its neighbours on one side; what has none stays beside what it
/// stood beside.
fn sort(stacks: &mut [Vec<Slot>], neighbours: &Neighbours, side: Side) {
    let order: Vec<usize> = match side {
        Side::Left => (1..stacks.len()).collect(),
        Side::Right => (0..stacks.len().saturating_sub(1)).rev().collect(),
    };
    for column in order {
        let beside = match side {
            Side::Left => &stacks[column - 1],
            Side::Right => &stacks[column + 1],
        };
        let places: BTreeMap<Slot, usize> =
            beside.iter().enumerate().map(|(place, slot)| (*slot, place)).collect();
        let middle = |slot: Slot, index: usize| {
            let found: Vec<usize> =
                neighbours.on(side, slot).iter().filter_map(|it| places.get(it).copied()).collect();
            match found.len() {
                0 => index * 1000,
                count => found.iter().sum::<usize>() * 1000 / count,
            }
        };
        let mut keyed: Vec<(usize, Slot)> =
            stacks[column].iter().enumerate().map(|(index, &slot)| (middle(slot, index), slot)).collect();
        keyed.sort_by_key(|it| it.0);
        stacks[column] = keyed.into_iter().map(|it| it.1).collect();
    }
}

fn place(heights: &[i64], lines: &[(usize, usize)], columns: Vec<usize>, stacks: &[Vec<Slot>]) -> Layout {
    let height_of = |slot: Slot| match slot {
        Slot::Box(index) => heights[index],
        Slot::Lane(..) => LANE,
    };
    let height = |stack: &Vec<Slot>| stack.iter().map(|&it| height_of(it) + GAP).sum::<i64>() - GAP;
    let tallest = stacks.iter().map(height).max().unwrap_or(0);
    let mut layout = Layout {
        columns,
        tops: vec![0; heights.len()],
        lanes: vec![Vec::new(); lines.len()],
        height: tallest,
    };
    for stack in stacks {
        let mut top = (tallest - height(stack)) / 2;
        for &slot in stack {
            match slot {
                Slot::Box(index) => layout.tops[index] = top,
                Slot::Lane(index, _) => layout.lanes[index].push(top + LANE / 2),
            }
            top += height_of(slot) + GAP;
        }
    }
    layout
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(boxes: usize, lines: &[(usize, usize)]) -> Layout {
        layout(&vec![60; boxes], lines)
    }

    #[test]
    fn a_box_stands_right_of_all_it_depends_on() {
        assert_eq!(of(4, &[(0, 1), (1, 2), (0, 2), (0, 3)]).columns, [0, 1, 2, 1]);
        assert_eq!(of(2, &[]).columns, [0, 0]);
    }

    #[test]
    fn a_line_passes_a_column_in_a_lane_beside_its_boxes() {
        let layout = of(4, &[(0, 1), (1, 2), (0, 2), (0, 3)]);
        assert_eq!(layout.lanes[2].len(), 1, "one column lies between");
        let lane = layout.lanes[2][0];
        for index in [1, 3] {
            let top = layout.tops[index];
            assert!(lane < top || top + 60 < lane, "{layout:?}");
        }
    }

    #[test]
    fn boxes_of_a_column_never_touch() {
        let layout = of(9, &[(0, 1), (0, 2), (1, 3), (1, 4), (2, 4), (2, 5), (0, 6), (6, 7), (0, 8), (0, 7)]);
        for a in 0..9 {
            for b in 0..a {
                let apart = (layout.tops[a] - layout.tops[b]).abs();
                assert!(layout.columns[a] != layout.columns[b] || 60 <= apart, "{layout:?}");
            }
        }
    }

    #[test]
    fn a_circle_does_not_hang() {
        let layout = of(3, &[(0, 1), (1, 2), (2, 0)]);
        assert_eq!(layout.tops.len(), 3);
    }

    #[test]
    fn a_column_follows_the_order_of_what_it_depends_on() {
        let layout = of(4, &[(0, 3), (1, 2)]);
        assert!(layout.tops[3] < layout.tops[2], "the lines do not cross");
    }
}
