/// Pixels on a side of an image.
const SIDE: usize = 8;
/// Ink of a pixel that shows; pixels hold 0 to 16.
const VISIBLE: u8 = 7;

/// An image as four lines of eight characters, each two pixels high.
pub fn render(image: &[u8]) -> Vec<String> {
    let rows: Vec<&[u8]> = image.chunks(SIDE).collect();
    rows.chunks(2)
        .map(|pair| line(pair[0], pair.get(1).copied().unwrap_or_default()))
        .collect()
}

/// Images beside each other, each with its caption below.
pub fn beside(images: &[(&[u8], String)]) -> String {
    let drawn: Vec<Vec<String>> = images.iter().map(|(image, _)| render(image)).collect();
    let mut lines: Vec<String> = (0..SIDE / 2)
        .map(|row| join(drawn.iter().map(|image| image.get(row).cloned())))
        .collect();
    lines.push(join(images.iter().map(|(_, caption)| Some(caption.clone()))));
    lines.join("\n")
}

fn join(cells: impl Iterator<Item = Option<String>>) -> String {
    let cells: Vec<String> = cells
        .map(|cell| format!("{:^SIDE$}", cell.unwrap_or_default()))
        .collect();
    cells.join("  ").trim_end().into()
}

fn line(upper: &[u8], lower: &[u8]) -> String {
    let visible = |row: &[u8], column: usize| row.get(column).is_some_and(|ink| *ink >= VISIBLE);
    (0..upper.len())
        .map(|column| match (visible(upper, column), visible(lower, column)) {
            (false, false) => ' ',
            (true, false) => '▀',
            (false, true) => '▄',
            (true, true) => '█',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TestSet;

    #[test]
    fn an_image_shows_its_ink() {
        let mut image = [0; 64];
        image[0] = 16;
        image[8 + 1] = VISIBLE;
        image[8 + 2] = VISIBLE - 1;
        image[7] = 16;
        image[15] = 16;
        assert_eq!(render(&image), ["▀▄     █", "        ", "        ", "        "]);
    }

    #[test]
    fn images_stand_beside_each_other_above_their_captions() {
        let set = TestSet::embedded();
        let images: Vec<_> = (0..3)
            .map(|n| (set.image(n).unwrap(), set.truth[n].to_string()))
            .collect();
        let lines = [
            "   ▄██      ███▄       █▀ ▄",
            " ▀█▀██     ▀█ ▄█▄     ██ █▀",
            "    ██       ▀▀██    ▀▀███",
            "    ███     ▄▄▄█▀      ██",
            "   1         9         4",
        ];
        assert_eq!(beside(&images), lines.join("\n"));
    }
}
