//! Picture files beside a saved article.
//!
//! Owns: which file an address means (never one outside of the article's folder), reading it within bounds.
//! Refuses: the network: what does not lie on this disk is not there.
//! Tests: at the foot.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Seek};
use std::path::{Component, Path, PathBuf};

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use percent_encoding::percent_decode_str;

/// Bytes of a picture's file at most.
const BYTES: u64 = 20 << 20;
/// Pixels across or down at most, and in all: of a photograph of a good camera.
const SIDE: u32 = 16_000;
const PIXELS: u64 = 30_000_000;
/// Bytes that a decoder may take.
const MEMORY: u64 = 256 << 20;

/// Padding may lack, as browsers allow it.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

trait Source: BufRead + Seek {}
impl<T: BufRead + Seek> Source for T {}

/// Pixels across and down, as far as the beginning of the file tells; `None` where there is nothing to draw.
pub fn measure(article: &Path, address: &str) -> Option<(u32, u32)> {
    let mut decoder = decoder(article, address).ok()?;
    let (wide, high) = decoder.dimensions();
    Some(if turned(decoder.orientation().unwrap_or(Orientation::NoTransforms)) {
        (high, wide)
    } else {
        (wide, high)
    })
}

/// The picture; of a film its first frame.
pub fn read(article: &Path, address: &str) -> Result<DynamicImage, String> {
    let mut decoder = decoder(article, address)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|e| e.to_string())?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// A camera that was held upright.
fn turned(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

fn decoder(article: &Path, address: &str) -> Result<impl ImageDecoder, String> {
    let source: Box<dyn Source> = match address.strip_prefix("data:") {
        Some(data) => Box::new(Cursor::new(within(data).ok_or("not a picture")?)),
        None => Box::new(open(article, address).map_err(|e| e.to_string())?),
    };
    let mut reader = ImageReader::new(source).with_guessed_format().map_err(|e| e.to_string())?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(SIDE), Some(SIDE));
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|e| e.to_string())?;
    let (wide, high) = decoder.dimensions();
    let fits = wide <= SIDE && high <= SIDE && u64::from(wide) * u64::from(high) <= PIXELS;
    if fits { Ok(decoder) } else { Err(format!("{wide}×{high} pixels are too many")) }
}

/// The bytes of an address that holds them itself: `image/png;base64,…`.
fn within(data: &str) -> Option<Vec<u8>> {
    let (head, body) = data.split_once(',')?;
    if !head.trim_end().ends_with(";base64") || body.len() as u64 > BYTES {
        return None;
    }
    let body: Vec<u8> = percent_decode_str(body).filter(|b| !b.is_ascii_whitespace()).collect();
    BASE64.decode(body).ok()
}

fn open(article: &Path, address: &str) -> io::Result<BufReader<File>> {
    let path = find(article, address).ok_or(io::ErrorKind::NotFound)?;
    let file = File::open(path)?;
    if file.metadata()?.len() > BYTES {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(BufReader::new(file))
}

/// The file that an address means: relative to the article's folder, or as browsers save what a page shows, in `NAME_files`.
fn find(article: &Path, address: &str) -> Option<PathBuf> {
    let file = article.canonicalize().ok().filter(|p| p.is_file())?;
    let folder = file.parent()?;
    let saved = format!("{}_files", file.file_stem()?.to_str()?);
    let bare = address.split(['?', '#']).next().unwrap_or(address);
    let remote = bare.contains("://") || bare.starts_with("//");
    for address in [address, bare] {
        let name = address.rsplit('/').next().unwrap_or(address);
        let beside = if remote { None } else { path_of(address) };
        let saved = path_of(name).map(|name| Path::new(&saved).join(name));
        let found = [beside, saved].into_iter().flatten().find_map(|path| inside(folder, &path));
        if found.is_some() {
            return found;
        }
    }
    None
}

/// A relative path without a step upwards.
fn path_of(address: &str) -> Option<PathBuf> {
    let path = percent_decode_str(address).decode_utf8().ok()?.into_owned();
    let path = PathBuf::from(path);
    let tame = |c: Component<'_>| matches!(c, Component::Normal(_) | Component::CurDir);
    (path.components().all(tame) && path.file_name().is_some()).then_some(path)
}

/// A file in a folder, wherever links lead.
fn inside(folder: &Path, path: &Path) -> Option<PathBuf> {
    let path = folder.join(path).canonicalize().ok()?;
    // A pipe or a device would keep us waiting.
    let is_file = fs::metadata(&path).is_ok_and(|m| m.is_file());
    (is_file && path.starts_with(folder)).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(wide: u32, high: u32) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        let picture = image::RgbImage::from_fn(wide, high, |x, y| image::Rgb([x as u8, y as u8, 90]));
        picture.write_to(&mut out, image::ImageFormat::Png).expect("a picture");
        out.into_inner()
    }

    /// A folder with a page, pictures beside it, and one outside.
    fn folder() -> (tempfile::TempDir, PathBuf) {
        let outer = tempfile::tempdir().expect("a folder");
        let inner = outer.path().join("bài");
        fs::create_dir_all(inner.join("trang_files/sâu")).expect("folders");
        fs::write(outer.path().join("outside.png"), png(9, 9)).expect("written");
        fs::write(inner.join("trang.html"), "<p>").expect("written");
        for (name, wide) in
            [("a b.png", 1), ("trang_files/cầu.png", 2), ("trang_files/sâu/x.png", 3), ("q?v=1.png", 4)]
        {
            fs::write(inner.join(name), png(wide, 5)).expect("written");
        }
        let page = inner.join("trang.html");
        (outer, page)
    }

    #[test]
    fn addresses_lead_to_files_beside_the_article_and_nowhere_else() {
        let (outer, page) = folder();
        let absolute = outer.path().join("outside.png").display().to_string();
        let data = format!("data:image/png;base64,{}", BASE64.encode(png(6, 5)));
        for (address, wide) in [
            ("a%20b.png", Some(1)),
            ("./a b.png?w=640#top", Some(1)),
            ("trang_files/cầu.png", Some(2)),
            ("https://havan.example/anh/c%E1%BA%A7u.png?w=640", Some(2)),
            ("//havan.example/anh/cầu.png", Some(2)),
            ("trang_files/sâu/x.png", Some(3)),
            ("q?v=1.png", Some(4)),
            (&data, Some(6)),
            ("data:image/png;base64,AAAA", None),
            ("data:,hello", None),
            ("../outside.png", None),
            ("%2e%2e/outside.png", None),
            ("trang_files/../../outside.png", None),
            (&absolute, None),
            (&format!("file://{absolute}"), None),
            ("a%00b.png", None),
            ("trang.html", None),
            ("trang_files", None),
            ("", None),
            ("..", None),
        ] {
            assert_eq!(measure(&page, address), wide.map(|w| (w, 5)), "{address}");
            assert_eq!(read(&page, address).ok().map(|p| p.width()), wide, "{address}");
        }
        assert_eq!(measure(Path::new("-"), "a b.png"), None);
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_nowhere_else_either() {
        let (outer, page) = folder();
        let inner = page.parent().expect("a folder");
        std::os::unix::fs::symlink(outer.path(), inner.join("up")).expect("a link");
        std::os::unix::fs::symlink("a b.png", inner.join("same.png")).expect("a link");
        assert_eq!(measure(&page, "up/outside.png"), None);
        assert_eq!(measure(&page, "same.png"), Some((1, 5)));
    }

    #[test]
    fn hostile_files_are_refused() {
        let (_outer, page) = folder();
        let inner = page.parent().expect("a folder");
        let mut huge = png(4, 4);
        huge[16..24].copy_from_slice(&[0, 0, 0x3e, 0x80, 0, 0, 0x3e, 0x80]);
        let mut wide = png(4, 4);
        wide[16..20].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff]);
        let large = [png(4, 4), vec![0; BYTES as usize]].concat();
        for (name, bytes) in [("huge.png", huge), ("wide.png", wide), ("large.png", large)] {
            fs::write(inner.join(name), bytes).expect("written");
            assert_eq!(measure(&page, name), None, "{name}");
            assert!(read(&page, name).is_err(), "{name}");
        }
        // The head alone is right: that is seen when the rest is read.
        let whole = png(300, 300);
        fs::write(inner.join("cut.png"), &whole[..whole.len() / 2]).expect("written");
        assert_eq!(measure(&page, "cut.png"), Some((300, 300)));
        assert!(read(&page, "cut.png").is_err());
    }
}
