//! Vietnamese numbers in words: `bốn trăm mười hai`.
//!
//! Owns: their grammar; a closed class of words, so it is code. Refuses: `một` and `năm` alone, which are an article and a
//! year as well; round words without a number before them (`hàng trăm`). Tests: at the foot.

/// A word of a number, in its one spelling.
pub(super) fn is_numeral(word: &str) -> bool {
    digit(word).is_some() || matches!(word, "mười" | "mươi" | "trăm" | "linh" | "lẻ" | "nghìn" | "ngàn")
}

fn digit(word: &str) -> Option<u64> {
    Some(match word {
        "một" | "mốt" => 1,
        "hai" => 2,
        "ba" => 3,
        "bốn" | "tư" => 4,
        "năm" | "lăm" | "nhăm" => 5,
        "sáu" => 6,
        "bảy" | "bẩy" => 7,
        "tám" => 8,
        "chín" => 9,
        _ => return None,
    })
}

/// A word that may be a number where it stands alone: `một` is an article, `năm` a year as well.
pub(super) fn lone(word: &str) -> Option<u64> {
    digit(word).filter(|_| matches!(word, "một" | "năm"))
}

/// The number that some words begin with, and how many of them it takes. Millions are scale words of written numbers, too.
pub(super) fn spelt(words: &[String]) -> Option<(u64, usize)> {
    let (thousands, taken) = hundreds(words)?;
    let is_scale = words.get(taken).is_some_and(|w| matches!(w.as_str(), "nghìn" | "ngàn"));
    let (value, taken) = if is_scale {
        let (rest, more) = hundreds(&words[taken + 1..]).unwrap_or((0, 0));
        (thousands * 1000 + rest, taken + 1 + more)
    } else {
        (thousands, taken)
    };
    // `một người` is somebody, `năm người` may be a year's.
    let alone = taken == 1 && matches!(words[0].as_str(), "một" | "mốt" | "năm" | "lăm" | "nhăm" | "tư");
    (!alone).then_some((value, taken))
}

/// A number below a thousand.
fn hundreds(words: &[String]) -> Option<(u64, usize)> {
    let word = |n: usize| words.get(n).map_or("", String::as_str);
    let Some(hundred) = digit(word(0)).filter(|_| word(1) == "trăm") else { return tens(words) };
    let linked = usize::from(matches!(word(2), "linh" | "lẻ"));
    let (rest, more) = match tens(&words[(2 + linked).min(words.len())..]) {
        // `hai trăm năm`: two hundred years.
        Some((_, 1)) if word(2 + linked) == "năm" && linked == 0 => (0, 0),
        Some((rest, more)) => (rest, more + linked),
        None => (0, 0),
    };
    Some((hundred * 100 + rest, 2 + more))
}

/// A number below a hundred.
fn tens(words: &[String]) -> Option<(u64, usize)> {
    let word = |n: usize| words.get(n).map_or("", String::as_str);
    let (tens, taken) = match (word(0), digit(word(0)), word(1)) {
        ("mười", ..) => (10, 1),
        (_, Some(ten), "mươi") => (ten * 10, 2),
        (_, Some(one), _) => return Some((one, 1)),
        _ => return None,
    };
    // Behind tens five is `lăm`: `năm` is what they count.
    match digit(word(taken)).filter(|_| word(taken) != "năm") {
        Some(one) if !matches!(word(taken + 1), "trăm" | "mươi") => Some((tens + one, taken + 1)),
        _ => Some((tens, taken)),
    }
}

/// `10.000`, `10,000`, `6,7`, `2.5`: a group of three digits behind a point or comma is thousands.
pub(super) fn value(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['.', ',']).collect();
    if parts.iter().any(|p| p.is_empty() || !p.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let (last, head) = parts.split_last()?;
    let whole = |parts: &[&str]| parts.concat().trim_start_matches('0').to_owned();
    let grouped = |parts: &[&str]| parts.iter().skip(1).all(|p| p.len() == 3) && parts[0].len() <= 3;
    let digits = if head.is_empty() || (grouped(&parts) && *parts.first()? != "0") {
        whole(&parts)
    } else if grouped(head) {
        format!("{}.{}", if head == ["0"] { "0".to_owned() } else { whole(head) }, last.trim_end_matches('0'))
    } else {
        return None;
    };
    let digits = digits.trim_end_matches('.');
    Some(if digits.is_empty() { "0".to_owned() } else { digits.to_owned() })
}

/// `81,764` before a scale word, where a comma stands before a fraction even of three digits; one that ends in a zero is no fraction.
pub(super) fn decimal(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once(',')?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let sure = digits(whole) && digits(fraction) && !fraction.ends_with('0');
    sure.then(|| format!("{whole}.{fraction}"))
}

/// A value times a power of ten, in digits.
pub(super) fn scaled(value: &str, power: u32) -> String {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let power = power as usize;
    let mut digits = format!("{whole}{fraction}");
    let places = fraction.len();
    if places <= power {
        digits.extend(std::iter::repeat_n('0', power - places));
        let digits = digits.trim_start_matches('0');
        return if digits.is_empty() { "0".to_owned() } else { digits.to_owned() };
    }
    digits.insert(digits.len() - (places - power), '.');
    let trimmed = digits.trim_start_matches('0');
    if trimmed.starts_with('.') { format!("0{trimmed}") } else { trimmed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_numbers() {
        for (text, expect) in [
            ("bốn trăm mười hai", Some((412, 4))),
            ("bốn trăm", Some((400, 2))),
            ("ba mươi mốt", Some((31, 3))),
            ("hai mươi năm", Some((20, 2))),
            ("mười lăm", Some((15, 2))),
            ("hai trăm linh năm", Some((205, 4))),
            ("hai trăm năm", Some((200, 2))),
            ("hai trăm năm mươi", Some((250, 4))),
            ("một nghìn hai trăm", Some((1200, 4))),
            ("một", None),
            ("năm", None),
            ("trăm", None),
            ("mươi", None),
        ] {
            let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
            assert_eq!(spelt(&words), expect, "{text}");
        }
    }
}
