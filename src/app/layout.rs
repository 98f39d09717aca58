//! Where everything stands: a pure function of the screen's size and of what is wanted.
//!
//! Areas are plain numbers, so that the state can clamp scrolling and find what the mouse points at without knowing how it is drawn.
//! Every pane's area begins with its head row.

use super::nav::{Focus, Nav};

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Area {
    /// Left column.
    pub x: u16,
    /// Top row.
    pub y: u16,
    /// Columns.
    pub w: u16,
    /// Rows.
    pub h: u16,
}

impl Area {
    /// A rectangle.
    pub fn new(x: u16, y: u16, w: u16, h: u16) -> Self {
        Self { x, y, w, h }
    }

    /// Whether a cell is in it.
    pub fn holds(self, x: u16, y: u16) -> bool {
        x >= self.x && x < self.x.saturating_add(self.w) && y >= self.y && y < self.y.saturating_add(self.h)
    }

    /// Without its head row.
    #[must_use]
    pub fn body(self) -> Self {
        if self.h == 0 { self } else { Self { y: self.y + 1, h: self.h - 1, ..self } }
    }

    /// The column after its last.
    pub fn right(self) -> u16 {
        self.x.saturating_add(self.w)
    }
}

/// How many panes stand side by side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shape {
    /// From 140 columns: list, article, names and related.
    Wide,
    /// From 120, on 30 rows: names and related stand below the list, so that the article keeps long lines.
    Folded,
    /// From 80: list and article; names and related lie over the list when asked for. Below 110 the article is alone while it has
    /// the keys.
    Middle,
    /// Below: one pane at a time.
    #[default]
    Narrow,
}

/// Widths that the reader chose by dragging or by key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Widths {
    /// Of the list, where at most two panes stand side by side.
    pub list: Option<Wide>,
    /// Of the list, where three do: what is half of a small screen is far too much of a large one.
    pub wide: Option<Wide>,
    /// Of names and related.
    pub side: Option<Wide>,
    /// Rows of the list, where the names stand below it.
    pub rows: Option<Wide>,
    /// Rows of the names, of those that they share with the related stories.
    pub names: Option<Wide>,
}

/// The width or height of a pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wide {
    /// Ten-thousandths of the screen, so that another size of it keeps the proportions.
    Share(u16),
    /// Cells, as they were kept before.
    Cells(u16),
}

impl Widths {
    /// The list's, in a shape of the screen.
    pub fn list_in(&mut self, shape: Shape) -> &mut Option<Wide> {
        if shape == Shape::Wide { &mut self.wide } else { &mut self.list }
    }
}

/// The whole screen.
const WHOLE: u32 = 10_000;

impl Wide {
    /// So many cells of a screen of `of`.
    pub fn of(cells: u16, of: u16) -> Self {
        let (cells, of) = (u32::from(cells.min(of)), u32::from(of.max(1)));
        Self::Share(((cells * WHOLE + of / 2) / of) as u16)
    }

    /// In cells of a screen of `of`.
    pub fn cells(self, of: u16) -> u16 {
        match self {
            Self::Share(share) => ((u32::from(share) * u32::from(of) + WHOLE / 2) / WHOLE) as u16,
            Self::Cells(cells) => cells,
        }
    }
}

/// Where everything stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Columns and rows of the screen.
    pub screen: (u16, u16),
    /// How many panes.
    pub shape: Shape,
    /// The filter line.
    pub filter: Option<Area>,
    /// The list.
    pub list: Option<Area>,
    /// The article.
    pub reader: Option<Area>,
    /// The names.
    pub names: Option<Area>,
    /// The related stories.
    pub related: Option<Area>,
    /// The bottom line.
    pub status: Option<Area>,
    /// Columns where a border stands that can be dragged: right of the list, left of the names.
    pub borders: [Option<u16>; 2],
    /// Head rows that can be dragged as a border: of the names below the list, of the related stories below the names.
    pub rules: [Option<Rule>; 2],
}

/// A head row that parts the rows of two panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its cells.
    pub area: Area,
    /// The first of the rows that it parts.
    pub from: u16,
    /// How many they are.
    pub rows: u16,
}

/// Cells of running text at most: longer lines lose the eye.
pub const MEASURE: u16 = 90;

/// Cells left of the text, for the signs of quotes, lists and inferred paragraphs: one more where there is room.
const GUTTER: u16 = 2;
const ROOMY: u16 = 50;

impl Sizes {
    /// The area of a pane, where it is on screen.
    pub fn pane(&self, focus: Focus) -> Option<Area> {
        match focus {
            Focus::List => self.list,
            Focus::Reader => self.reader,
            Focus::Names => self.names,
            Focus::Related => self.related,
        }
    }

    /// The column before which the words of a pane end: one blank keeps them apart from the scroll mark, which stands on the
    /// border, or in the last column where the pane has none.
    pub fn edge(&self, area: Area) -> u16 {
        let bordered = self.borders.contains(&Some(area.right()));
        area.right().saturating_sub(if bordered { 1 } else { 2 })
    }

    /// Cells for words in a pane, behind a margin.
    pub fn cells(&self, area: Area, margin: u16) -> usize {
        usize::from(self.edge(area).saturating_sub(area.x + margin)).max(1)
    }

    /// Left column and width of the text in the article's pane, gutter not counted.
    pub fn text(&self) -> (u16, u16) {
        let Some(area) = self.reader else { return (0, 0) };
        let gutter = GUTTER + u16::from(area.w >= ROOMY);
        let room = self.edge(area).saturating_sub(area.x + gutter);
        let width = room.min(MEASURE);
        (area.x + gutter + (room - width) / 2, width)
    }
}

/// Smallest widths of the panes beside each other.
const LEAST_LIST: u16 = 20;
const LEAST_SIDE: u16 = 22;
const LEAST_READER: u16 = 40;
/// Fewest rows of panes below each other.
const LEAST_ROWS: u16 = 4;
/// Widths that the panes beside the article keep, where it gets what it needs for lines of 72 cells.
const FAIR_LIST: u16 = 32;
const FAIR_SIDE: u16 = 30;
const FAIR_READER: u16 = 76;
/// Rows from which three panes can stand one below the other.
const HIGH: u16 = 30;

/// Works out where everything stands; `typing` keeps the filter line in sight in zen.
pub fn solve(screen: (u16, u16), nav: &Nav, widths: Widths, typing: bool) -> Sizes {
    let (w, h) = screen;
    let shape = match w {
        140.. => Shape::Wide,
        120.. if h >= HIGH => Shape::Folded,
        80.. => Shape::Middle,
        _ => Shape::Narrow,
    };
    let mut sizes = Sizes { screen, shape, ..Sizes::default() };
    let top = u16::from(!nav.zen || typing);
    if top == 1 && h > 0 {
        sizes.filter = Some(Area::new(0, 0, w, 1));
    }
    let bottom = u16::from(!nav.zen && h > top + 2);
    if bottom == 1 {
        sizes.status = Some(Area::new(0, h - 1, w, 1));
    }
    let room = Area::new(0, top, w, h.saturating_sub(top + bottom));
    if room.h < 2 || w < 8 {
        return sizes;
    }
    if nav.zen {
        // The last row tells the place in the article.
        sizes.reader = Some(Area { h: room.h - u16::from(room.h > 4), ..room });
        return sizes;
    }
    match shape {
        Shape::Wide => wide(&mut sizes, room, widths),
        Shape::Middle if alone(room, nav, widths, typing) => sizes.reader = Some(room),
        Shape::Folded | Shape::Middle => middle(&mut sizes, room, nav, widths),
        Shape::Narrow => narrow(&mut sizes, room, nav.focus),
    }
    sizes
}

fn wide(sizes: &mut Sizes, room: Area, widths: Widths) {
    // Whatever was wished, the text keeps its lines: there is room for them from here on.
    let list_most = room.w.saturating_sub(LEAST_SIDE + FAIR_READER + 2);
    let fair = room.w.saturating_sub(FAIR_SIDE + FAIR_READER + 2).max(FAIR_LIST);
    let list = (room.w * 27 / 100).clamp(FAIR_LIST, 54).min(fair);
    let list = widths.wide.map_or(list, |w| w.cells(room.w)).clamp(LEAST_LIST, list_most);
    let side_most = room.w.saturating_sub(list + FAIR_READER + 2);
    let fair = room.w.saturating_sub(list + FAIR_READER + 2).max(FAIR_SIDE);
    let side = (room.w / 4).clamp(FAIR_SIDE, 50).min(fair);
    let side = widths.side.map_or(side, |w| w.cells(room.w)).clamp(LEAST_SIDE, side_most);
    let reader = room.w - list - side - 2;
    sizes.list = Some(Area { w: list, ..room });
    sizes.reader = Some(Area { x: list + 1, w: reader, ..room });
    let column = Area { x: list + reader + 2, w: side, ..room };
    split(sizes, column, widths);
    sizes.borders = [Some(list), Some(column.x - 1)];
}

/// The article has the keys and would have too short lines beside the list: who reads sees the text, who chooses sees both. Where
/// the reader set the border, or types and waits for what is found, both stay in sight.
fn alone(room: Area, nav: &Nav, widths: Widths, typing: bool) -> bool {
    let reads = nav.focus == Focus::Reader && !typing;
    reads && widths.list.is_none() && room.w < FAIR_LIST + FAIR_READER + 2
}

fn middle(sizes: &mut Sizes, room: Area, nav: &Nav, widths: Widths) {
    // The last column of the article is the scroll mark's here.
    let long = room.w.saturating_sub(FAIR_READER + 2);
    let most = if long < FAIR_LIST { room.w.saturating_sub(LEAST_READER + 1) } else { long };
    let fair = (room.w * 2 / 5).clamp(FAIR_LIST, 42).min(long.max(FAIR_LIST));
    let list = widths.list.map_or(fair, |w| w.cells(room.w)).clamp(LEAST_LIST, most);
    let left = Area { w: list, ..room };
    sizes.reader = Some(Area { x: list + 1, w: room.w - list - 1, ..room });
    sizes.borders = [Some(list), None];
    if sizes.shape == Shape::Folded {
        let high = part(left.h, widths.rows, left.h / 2, LEAST_ROWS, 2 * LEAST_ROWS);
        sizes.list = Some(Area { h: high, ..left });
        let below = Area { y: left.y + high, h: left.h - high, ..left };
        sizes.rules[0] = Some(Rule { area: Area { h: 1, ..below }, from: left.y, rows: left.h });
        split(sizes, below, widths);
    } else if nav.drawer {
        split(sizes, left, widths);
    } else {
        sizes.list = Some(left);
    }
}

fn narrow(sizes: &mut Sizes, room: Area, focus: Focus) {
    match focus {
        Focus::List => sizes.list = Some(room),
        Focus::Reader => sizes.reader = Some(room),
        Focus::Names => sizes.names = Some(room),
        Focus::Related => sizes.related = Some(room),
    }
}

/// Names above, related stories below.
fn split(sizes: &mut Sizes, column: Area, widths: Widths) {
    let names = part(column.h, widths.names, column.h.div_ceil(2), LEAST_ROWS, LEAST_ROWS);
    let related = Area { y: column.y + names, h: column.h - names, ..column };
    sizes.names = Some(Area { h: names, ..column });
    sizes.related = Some(related);
    sizes.rules[1] = Some(Rule { area: Area { h: 1, ..related }, from: column.y, rows: column.h });
}

/// The upper part of some rows: as wished, but each part keeps its least; as it begins where there is no room for that.
fn part(rows: u16, wished: Option<Wide>, begins: u16, least: u16, below: u16) -> u16 {
    let wished = wished.filter(|_| rows >= least + below);
    wished.map_or(begins, |w| w.cells(rows).clamp(least, rows - below))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The panes as `name x+w`, from left to right.
    fn check(screen: (u16, u16), nav: &Nav, widths: Widths, expect: &str) {
        let sizes = solve(screen, nav, widths, false);
        let panes = [
            ("list", sizes.list),
            ("reader", sizes.reader),
            ("names", sizes.names),
            ("related", sizes.related),
        ];
        let shown: Vec<String> =
            panes.iter().filter_map(|(n, a)| a.map(|a| format!("{n} {}+{}", a.x, a.w))).collect();
        assert_eq!(shown.join(", "), expect);
    }

    #[test]
    fn the_shapes() {
        let nav = Nav::default();
        check((140, 40), &nav, Widths::default(), "list 0+32, reader 33+76, names 110+30, related 110+30");
        check((120, 40), &nav, Widths::default(), "list 0+42, reader 43+77, names 0+42, related 0+42");
        check((120, 29), &nav, Widths::default(), "list 0+42, reader 43+77");
        check((200, 60), &nav, Widths::default(), "list 0+54, reader 55+94, names 150+50, related 150+50");
        check((80, 24), &nav, Widths::default(), "list 0+32, reader 33+47");
        check((40, 12), &nav, Widths::default(), "list 0+40");
        let reads = Nav { focus: Focus::Reader, ..nav.clone() };
        check((80, 24), &reads, Widths::default(), "reader 0+80");
        check((109, 24), &reads, Widths::default(), "reader 0+109");
        check((110, 24), &reads, Widths::default(), "list 0+32, reader 33+77");
        check((80, 24), &Nav { drawer: true, ..reads.clone() }, Widths::default(), "reader 0+80");
        check(
            (80, 24),
            &reads,
            Widths { list: Some(Wide::Cells(30)), ..Widths::default() },
            "list 0+30, reader 31+49",
        );
        check((120, 40), &Nav { zen: true, ..nav.clone() }, Widths::default(), "reader 0+120");
        let drawer = Nav { drawer: true, focus: Focus::Names, ..nav };
        check((80, 24), &drawer, Widths::default(), "reader 33+47, names 0+32, related 0+32");
        check((40, 12), &drawer, Widths::default(), "names 0+40");
    }

    #[test]
    fn chosen_widths_are_kept_within_reason() {
        let nav = Nav::default();
        let much = Some(Wide::Cells(200));
        let widths = Widths { list: much, wide: much, side: Some(Wide::Cells(1)), ..Widths::default() };
        check((150, 40), &nav, widths, "list 0+50, reader 51+76, names 128+22, related 128+22");
        check((120, 40), &nav, widths, "list 0+42, reader 43+77, names 0+42, related 0+42");
        check((80, 24), &nav, widths, "list 0+39, reader 40+40");
    }

    #[test]
    fn a_share_keeps_the_proportions_and_the_cells_it_was_dragged_to() {
        let widths = Widths {
            list: Some(Wide::of(50, 200)),
            wide: Some(Wide::of(50, 200)),
            side: Some(Wide::of(40, 200)),
            ..Widths::default()
        };
        let nav = Nav::default();
        check((200, 60), &nav, widths, "list 0+50, reader 51+108, names 160+40, related 160+40");
        check((160, 60), &nav, widths, "list 0+40, reader 41+86, names 128+32, related 128+32");
        check((120, 40), &nav, widths, "list 0+30, reader 31+89, names 0+30, related 0+30");
        for of in 1..400 {
            for cells in 0..=of {
                assert_eq!(Wide::of(cells, of).cells(of), cells, "{cells} of {of}");
            }
        }
    }

    #[test]
    fn a_border_dragged_on_one_screen_ruins_no_other() {
        let nav = Nav::default();
        let dragged = Widths { list: Some(Wide::Share(5500)), ..Widths::default() };
        check((80, 24), &nav, dragged, "list 0+39, reader 40+40");
        check((200, 60), &nav, dragged, "list 0+54, reader 55+94, names 150+50, related 150+50");
        let most = Some(Wide::Share(9000));
        for wished in [Widths { list: most, wide: most, ..dragged }, Widths { side: most, ..dragged }] {
            for w in 110..300 {
                let sizes = solve((w, 40), &nav, wished, false);
                assert!(sizes.text().1 >= 72, "{w}: {}", sizes.text().1);
            }
        }
    }

    #[test]
    fn rows_are_shared_as_wished_and_each_pane_keeps_some() {
        let rows = |widths: Widths| {
            let sizes = solve((120, 40), &Nav::default(), widths, false);
            [sizes.list, sizes.names, sizes.related].map(|a| a.map_or(0, |a| a.h))
        };
        let wished = |rows: Option<u16>, names: Option<u16>| Widths {
            rows: rows.map(Wide::Cells),
            names: names.map(Wide::Cells),
            ..Widths::default()
        };
        assert_eq!(rows(wished(None, None)), [19, 10, 9]);
        assert_eq!(rows(wished(Some(24), None)), [24, 7, 7]);
        assert_eq!(rows(wished(Some(10), Some(20))), [10, 20, 8]);
        assert_eq!(rows(wished(Some(0), Some(99))), [4, 30, 4]);
        assert_eq!(rows(wished(Some(99), Some(0))), [30, 4, 4]);
    }

    #[test]
    fn lines_of_text_are_long_from_120_columns_on() {
        for w in 120..300 {
            for h in [24, 40, 60] {
                let sizes = solve((w, h), &Nav::default(), Widths::default(), false);
                assert!((72..=MEASURE).contains(&sizes.text().1), "{w}x{h}: {}", sizes.text().1);
            }
        }
    }

    #[test]
    fn who_reads_has_long_lines_from_80_columns_on() {
        let reads = Nav { focus: Focus::Reader, ..Nav::default() };
        for w in 80..300 {
            for h in [24, 40, 60] {
                let sizes = solve((w, h), &reads, Widths::default(), false);
                assert!((72..=MEASURE).contains(&sizes.text().1), "{w}x{h}: {}", sizes.text().1);
            }
        }
        let typing = solve((80, 24), &reads, Widths::default(), true);
        assert!(typing.list.is_some(), "what is found is in sight");
    }

    proptest::proptest! {
        #[test]
        fn nothing_overlaps_or_leaves_the_screen(
            w in 0_u16..300, h in 0_u16..100, list: Option<u16>, wide: Option<u16>, side: Option<u16>, rows: Option<u16>, zen: bool, drawer: bool, pane in 0_usize..4, typing: bool,
        ) {
            let nav = Nav { zen, drawer, focus: Focus::ALL[pane], ..Nav::default() };
            let (list, wide, side) = (list.map(Wide::Share), wide.map(Wide::Share), side.map(Wide::Cells));
            let (rows, names) = (rows.map(Wide::Share), rows.map(Wide::Cells));
            let s = solve((w, h), &nav, Widths { list, wide, side, rows, names }, typing);
            let areas: Vec<Area> = [s.filter, s.list, s.reader, s.names, s.related, s.status].into_iter().flatten().collect();
            for (n, a) in areas.iter().enumerate() {
                proptest::prop_assert!(u32::from(a.x) + u32::from(a.w) <= u32::from(w), "{a:?}");
                proptest::prop_assert!(u32::from(a.y) + u32::from(a.h) <= u32::from(h), "{a:?}");
                for b in &areas[n + 1..] {
                    let apart = a.right() <= b.x || b.right() <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
                    proptest::prop_assert!(apart, "{a:?} {b:?}");
                }
            }
        }
    }
}
