//! Writes a folder of made-up article dumps: `cargo run --example generate_folder -- FOLDER COUNT`.
#![expect(clippy::print_stderr, reason = "a program speaks to its user")]

mod made;

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count] = arguments.as_slice() else {
        eprintln!("usage: generate_folder FOLDER COUNT");
        return ExitCode::from(2);
    };
    let Ok(count) = count.parse::<usize>() else {
        eprintln!("COUNT is a number");
        return ExitCode::from(2);
    };
    match write(&PathBuf::from(folder), count) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::from(4)
        }
    }
}

/// A thousand files to a folder: larger ones are slow to look at on some disks.
fn write(folder: &std::path::Path, count: usize) -> std::io::Result<()> {
    for n in 0..count {
        let inner = folder.join(format!("{:03}", n / 1000));
        if n % 1000 == 0 {
            fs::create_dir_all(&inner)?;
        }
        fs::write(inner.join(format!("{n:06}.txt")), made::article(n))?;
    }
    Ok(())
}
