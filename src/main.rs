//! The program: hands its arguments to [`diembao::cli`] and ends with the code that it gives.

use std::process::ExitCode;

fn main() -> ExitCode {
    diembao::cli::main()
}
