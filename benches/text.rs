//! Ratios within one run: our fold against decomposing and filtering, search on a prepared fold, wrapping, cleaning.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use diembao::text::{self, Needle};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// An article's worth of press prose with the punctuation, numbers and foreign names that it has.
fn article() -> String {
    "Sáng 3-9, tại xã Đồng Quạnh, ông Lê Văn Mít và đoàn công tác của tỉnh Sông Vắng đã dự lễ khánh thành cây cầu dài \
     1.250 m bắc qua sông Lặng. “Người dân chờ cầu này đã mười năm”, bà Phạm Thị Xoài nói với phóng viên. Theo Sở Giao \
     thông Vận tải, tổng vốn là 12,5 tỷ đồng, nhà thầu Green & Sons của ông John O'Leary thi công trong 14 tháng.\n"
        .repeat(10)
}

/// What a program does that has no table: decompose, drop marks, lower case.
fn naive_fold(text: &str) -> String {
    text.nfd()
        .filter(|&c| !is_combining_mark(c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let article = article();
    let bytes = Throughput::Bytes(article.len() as u64);

    let mut group = criterion.benchmark_group("fold");
    group.throughput(bytes.clone());
    group.bench_function("naive", |b| b.iter(|| naive_fold(black_box(&article))));
    group.bench_function("text only", |b| b.iter(|| text::folded(black_box(&article))));
    group.bench_function("with map", |b| b.iter(|| text::fold(black_box(&article))));
    group.finish();

    let mut group = criterion.benchmark_group("find");
    group.throughput(bytes.clone());
    let prepared = text::fold(&article);
    for typed in ["pham thi xoai", "Phạm Thị Xoài", "khong co"] {
        let Some(needle) = Needle::new(typed) else { continue };
        group.bench_function(format!("{typed}, prepared"), |b| {
            b.iter(|| needle.find_folded(black_box(&prepared), black_box(&article)));
        });
        group.bench_function(format!("{typed}, text"), |b| b.iter(|| needle.find(black_box(&article))));
    }
    group.finish();

    let mut group = criterion.benchmark_group("pass");
    group.throughput(bytes);
    group.bench_function("decode", |b| b.iter(|| text::decode(black_box(article.as_bytes()))));
    group.bench_function("clean", |b| b.iter(|| text::clean(black_box(&article))));
    group.bench_function("spelling", |b| b.iter(|| text::spelling(black_box(&article))));
    group.bench_function("tokens", |b| b.iter(|| text::tokens(black_box(&article))));
    group.bench_function("sentences", |b| b.iter(|| text::sentences(black_box(&article))));
    group.bench_function("width", |b| b.iter(|| text::width(black_box(&article))));
    group.bench_function("wrap 80", |b| b.iter(|| text::wrap(black_box(&article), 80)));
    group.finish();

    criterion.final_summary();
}
