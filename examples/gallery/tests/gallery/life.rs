use edgeproof_gallery::life::{after, parse, task, Board, PATTERNS};
use rand::Rng;

use crate::support::{both, gpu, random};

/// One generation, cell by cell.
fn reference(board: &Board) -> Board {
    let (columns, rows) = (board.columns(), board.rows());
    let mut next = Board::new(columns, rows).unwrap();
    for row in 0..rows {
        for column in 0..columns {
            let around = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1), (2, 2)];
            let neighbours = around
                .iter()
                .filter(|(x, y)| board.lives(column + columns + x - 1, row + rows + y - 1))
                .count();
            if neighbours == 3 || (neighbours == 2 && board.lives(column, row)) {
                next.raise(column, row);
            }
        }
    }
    next
}

fn pattern(name: &str, columns: u32, rows: u32) -> Board {
    let (_, text) = PATTERNS.iter().find(|(known, _)| *known == name).unwrap();
    parse(text, Board::new(columns, rows).unwrap()).unwrap()
}

#[test]
fn a_random_board_lives_as_the_plain_rules_say() {
    let mut random = random();
    for (columns, rows) in [(32, 1), (32, 7), (96, 40)] {
        let mut start = Board::new(columns, rows).unwrap();
        for cell in 0..columns * rows {
            if random.random_ratio(2, 5) {
                start.raise(cell % columns, cell / columns);
            }
        }
        let expected = (0..20).fold(start.clone(), |board, _| reference(&board));
        let outcome = both(&task(&start, 20).unwrap());
        assert_eq!(after(&start, &outcome), expected, "{columns} x {rows}");
    }
}

#[test]
fn a_glider_moves_by_one_cell_in_four_generations_and_around_the_torus() {
    let start = pattern("glider", 64, 48);
    for moves in [1, 5, 48] {
        let outcome = gpu(&task(&start, 4 * moves).unwrap());
        let mut expected = Board::new(64, 48).unwrap();
        for row in 0..48 {
            for column in 0..64 {
                if start.lives(column, row) {
                    expected.raise(column + moves, row + moves);
                }
            }
        }
        assert_eq!(after(&start, &outcome), expected, "{moves}");
    }
}

#[test]
fn the_gun_sends_a_glider_every_30_generations() {
    let start = pattern("gun", 128, 128);
    assert_eq!(start.population(), 36);
    for gliders in 1..=3 {
        let outcome = gpu(&task(&start, 30 * gliders).unwrap());
        assert_eq!(after(&start, &outcome).population(), 36 + 5 * gliders);
    }
}

#[test]
fn every_pattern_of_the_gallery_can_be_read() {
    for (name, cells) in [("glider", 5), ("gun", 36), ("acorn", 7), ("r-pentomino", 5)] {
        assert_eq!(pattern(name, 64, 64).population(), cells, "{name}");
    }
}

#[test]
fn what_is_no_pattern_is_refused_with_the_reason() {
    let refusal = |text: &str| parse(text, Board::new(32, 32).unwrap()).unwrap_err().to_string();
    assert!(refusal("").contains("begins with"));
    assert!(refusal("x = 3\n3o!").contains("begins with"));
    assert!(refusal("x = 33, y = 1\n33o!").contains("does not fit"));
    assert!(refusal("x = 3, y = 3, rule = B36/S23\n3o!").contains("B36/S23"));
    assert!(refusal("x = 3, y = 1\n4o!").contains("larger than its header"));
    assert!(refusal("x = 3, y = 1\n99999999999o!").contains("larger than its header"));
    assert!(refusal("x = 3, y = 1\n$o!").contains("larger than its header"));
    assert!(refusal("x = 3, y = 1\n3o").contains("no end"));
    assert!(refusal("x = 3, y = 1\n2oz!").contains("`z`"));
    assert!(Board::new(0, 5).is_err());
    assert!(Board::new(1 << 20, 5).is_err());
    assert!(task(&pattern("glider", 32, 32), 0).is_err());
}
