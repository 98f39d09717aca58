//! Pictures in a real pseudo-terminal. The pictures are made here.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use image::{ImageFormat, Rgb, RgbImage};

use crate::pty::Pty;

/// Four stripes, so that every cell has two colours somewhere.
fn stripes() -> Vec<u8> {
    let colours = [Rgb([250, 20, 20]), Rgb([20, 250, 20]), Rgb([20, 20, 250]), Rgb([250, 250, 20])];
    let picture = RgbImage::from_fn(300, 210, |_, y| colours[(y / 7 % 4) as usize]);
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, ImageFormat::Png).expect("a picture");
    out.into_inner()
}

/// A saved page with a picture beside it, as browsers save it, and pictures that are none.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let text =
        "The ferry over the Slip ran again on Monday after a week of high water, and the mayor was there.";
    let figure = |src: &str, says: &str| {
        format!("<figure><img src='{src}' alt=''><figcaption>{says}</figcaption></figure><p>{text}</p>")
    };
    let page = format!(
        "<html><head><title>The ferry runs again</title></head><body><article><h1>The ferry runs again</h1>\
         <p>{text}</p>{}{}{}{}<p>{text}</p><p>{text}</p></article></body></html>",
        figure("https://ashby.example/img/ferry.png?w=9", "The ferry in stripes"),
        figure("ferry_files/cut.png", "A broken picture"),
        figure("../../outside.png", "A picture elsewhere"),
        figure("ferry_files/none.png", "A picture that is not there"),
    );
    fs::write(folder.path().join("ferry.html"), page).expect("a page");
    fs::create_dir(folder.path().join("ferry_files")).expect("a folder");
    let picture = stripes();
    fs::write(folder.path().join("ferry_files/ferry.png"), &picture).expect("a picture");
    fs::write(folder.path().join("ferry_files/cut.png"), &picture[..picture.len() / 2]).expect("half of one");
    folder
}

fn opened(folder: &Path, more: &[(&str, &str)]) -> Pty {
    let mut pty = Pty::start(folder, 120, 60, more);
    read(&mut pty);
    pty
}

/// All is read, and the card of the first run is gone.
fn read(pty: &mut Pty) {
    pty.wait("all is read", |s| s.contains("1/1") && s.contains("Welcome"));
    pty.type_("\x1b");
    pty.wait("the card is gone", |s| !s.contains("Welcome"));
}

fn quit(mut pty: Pty) {
    pty.type_("Q");
    assert!(pty.ended().success());
}

#[test]
fn a_picture_is_drawn_in_half_blocks_and_taken_away() {
    let folder = folder();
    let mut pty = opened(folder.path(), &[("COLORTERM", "truecolor")]);
    let drawn = |s: &str| s.matches(['▀', '▄']).count() > 100;
    // The broken one has a frame until it is seen to be broken.
    let whole = |s: &str| drawn(s) && !s.contains('┌') && s.contains("A broken picture");
    pty.wait("half blocks, and words for what is no picture", whole);
    pty.wait_written("in colours", "\x1b[38;2;");
    pty.type_("gp");
    pty.wait("words only", |s| !s.contains(['▀', '▄']) && s.contains("The ferry in stripes"));
    pty.type_("gp");
    pty.wait("half blocks again", drawn);
    // Nothing is drawn over what lies over the panes.
    pty.type_("?");
    pty.wait("the help is whole", |s| s.contains("Moving") && !s.contains(['▀', '▄']));
    pty.type_("\x1b");
    pty.wait("half blocks again", |s| drawn(s) && !s.contains("Moving"));
    quit(pty);
}

#[test]
fn a_slow_link_and_few_colours_begin_without_pictures_and_a_choice_is_kept() {
    let folder = folder();
    for more in [("SSH_CONNECTION", "far"), ("NO_COLOR", "1"), ("TERM", "xterm")] {
        let pty = opened(folder.path(), &[more]);
        pty.wait_for("The ferry in stripes");
        assert!(!pty.text().contains(['▀', '▄', '┌']), "{more:?}");
        quit(pty);
    }
    let mut pty = opened(folder.path(), &[]);
    pty.wait("half blocks", |s| s.contains('▄'));
    pty.type_("gp");
    pty.wait("words only", |s| !s.contains(['▀', '▄']));
    pty.type_("Q");
    assert!(pty.ended().success());
    let home = pty.home().to_str().expect("UTF-8").to_owned();
    let mut again = Pty::start(folder.path(), 120, 60, &[("HOME", &home)]);
    again.wait_for("The ferry in stripes");
    again.wait_for("1/1");
    again.type_("gp");
    again.wait("only now", |s| s.contains('▄') && s.contains("are drawn"));
    quit(again);
}

#[test]
fn a_terminal_that_draws_pictures_is_told_and_cleared() {
    let folder = folder();
    let mut pty = Pty::start(folder.path(), 120, 60, &[]);
    // The answers of a terminal like kitty, there before the question: on a busy machine they would come too late.
    pty.type_("\x1b_Gi=31;OK\x1b\\\x1b[6;20;10t\x1b[?62;22c");
    pty.wait_written("the question", "\x1b_Gi=31,");
    read(&mut pty);
    pty.wait_written("a picture", "a=T,U=1,f=32");
    assert!(!pty.text().contains("i=31"), "no answer is typed");
    pty.type_("gp");
    pty.wait_for("words only");
    pty.type_("Q");
    assert!(pty.ended().success());
    let bytes = String::from_utf8_lossy(&pty.bytes()).into_owned();
    let number = bytes.split("\x1b_Gq=2,i=").nth(1).and_then(|s| s.split(',').next()).expect("a number");
    assert!(bytes.contains(&format!("\x1b_Ga=d,d=I,q=2,i={number}\x1b\\")), "it is forgotten at the end");
}
