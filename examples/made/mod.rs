//! Made-up press articles for measurements: invented places, people and sentences, the same for the same number.

use std::fmt::Write as _;

/// Syllables that names are made of.
const FAMILY: [&str; 10] = ["Trần", "Đinh", "Lương", "Tạ", "Phùng", "Quách", "Mai", "Khúc", "Thái", "Cù"];
const MIDDLE: [&str; 8] = ["Văn", "Thị", "Quang", "Ngọc", "Hữu", "Bích", "Đức", "Minh"];
const GIVEN: [&str; 12] =
    ["Lụa", "Thạch", "Hoài", "Sương", "Kiên", "Vịnh", "Trúc", "Bằng", "Nhạn", "Lĩnh", "Diệp", "Khoa"];
const PLACE_A: [&str; 12] =
    ["Bến", "Hoài", "Vạn", "Khe", "Đồng", "Suối", "Thạch", "Phú", "Tân", "Cầu", "Gò", "Rạch"];
const PLACE_B: [&str; 12] =
    ["Lở", "Thượng", "Xàng", "Ngân", "Sậy", "Mây", "Bàng", "Lộc", "Khê", "Nổi", "Vông", "Sen"];
const BODIES: [&str; 8] = [
    "Sở Giao thông",
    "Sở Nông nghiệp",
    "Trạm Thủy văn",
    "Hội Chữ thập đỏ",
    "Công an tỉnh",
    "Trường Cao đẳng",
    "Bệnh viện",
    "Hợp tác xã",
];
const OUTLETS: [&str; 10] = [
    "Báo Vạn Hoài",
    "Lạc Phong",
    "Bến Sông",
    "Tin Miền Đông",
    "Đồng Bằng",
    "Nhật báo Khê",
    "Sáng Nay",
    "Người Gác Đèn",
    "Cửa Biển",
    "Đường Dài",
];
const SUBJECTS: [&str; 12] = [
    "người dân",
    "đoàn kiểm tra",
    "lực lượng cứu hộ",
    "các hộ nuôi cá",
    "học sinh",
    "chủ ghe",
    "công nhân",
    "ban quản lý",
    "nhà thầu",
    "nông dân",
    "thương lái",
    "cán bộ xã",
];
const VERBS: [&str; 14] = [
    "sửa lại",
    "kiểm tra",
    "mở lại",
    "di dời",
    "khởi công",
    "báo cáo về",
    "theo dõi",
    "tạm dừng",
    "nghiệm thu",
    "gia cố",
    "chia sẻ",
    "phản đối",
    "bàn giao",
    "khảo sát",
];
const OBJECTS: [&str; 16] = [
    "đoạn đê xung yếu",
    "cây cầu gỗ",
    "tuyến đường ven sông",
    "khu chợ nổi",
    "trạm bơm",
    "vụ lúa đông xuân",
    "bến phà",
    "lớp học tạm",
    "hồ chứa nước",
    "giá cá tra",
    "dự án điện gió",
    "kho lạnh",
    "tuyến buýt đêm",
    "nhà máy nước",
    "khu tái định cư",
    "cảng cá",
];
const WHEN: [&str; 10] = [
    "từ sáng sớm",
    "trong đêm qua",
    "suốt hai tuần nay",
    "ngay sau cơn mưa",
    "trước mùa nước nổi",
    "vào cuối tháng",
    "sau ba năm chờ đợi",
    "khi nước vừa rút",
    "giữa trưa nắng",
    "trong quý này",
];
const TAILS: [&str; 10] = [
    "và cho biết việc này còn kéo dài",
    "trong khi kinh phí mới có một nửa",
    "để kịp mùa vụ tới",
    "dù trời còn mưa lớn",
    "theo kế hoạch đã duyệt",
    "với sự giúp sức của dân quân",
    "nhưng nhiều nhà còn lo",
    "nhờ nguồn vốn của tỉnh",
    "sau khi có ý kiến của dân",
    "mà không phải đóng cửa ngày nào",
];

/// A small generator of numbers (splitmix64, Steele et al. 2014).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.roll() % n as u64) as usize
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    fn person(&mut self) -> String {
        format!("{} {} {}", self.of(&FAMILY), self.of(&MIDDLE), self.of(&GIVEN))
    }

    fn place(&mut self) -> String {
        format!("{} {}", self.of(&PLACE_A), self.of(&PLACE_B))
    }

    fn sentence(&mut self, place: &str) -> String {
        let subject = self.of(&SUBJECTS);
        let mut letters = subject.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        let subject: String = first.chain(letters).collect();
        let (verb, object, when, tail) =
            (self.of(&VERBS), self.of(&OBJECTS), self.of(&WHEN), self.of(&TAILS));
        let number = self.below(900) + 20;
        match self.below(3) {
            0 => format!("{subject} ở {place} {verb} {object} {when}, {tail}."),
            1 => format!("{subject} {verb} {object} dài {number} m {when}, {tail}."),
            _ => format!("{subject} nói đã {verb} {object} cho {number} hộ {when}, {tail}."),
        }
    }
}

/// One article as a page dumped as text. Articles come in events of one to six about the same place, person and matter.
pub fn article(n: usize) -> String {
    let mut event = Dice((n / 4) as u64 * 7919 + 1);
    let (place, person, body) = (event.place(), event.person(), event.of(&BODIES));
    let (verb, object) = (event.of(&VERBS), event.of(&OBJECTS));
    let day = (n / 4) % 1000;
    let mut dice = Dice(n as u64 * 104_729 + 17);
    let outlet = dice.of(&OUTLETS);
    let (hour, minute) = (6 + dice.below(15), dice.below(60));
    let date = format!(
        "{:02}/{:02}/{} {hour:02}:{minute:02} GMT+7",
        day % 28 + 1,
        day / 28 % 12 + 1,
        2023 + day / 336
    );
    let mut out = format!(
        "Trang chủ\nThời sự\nKinh tế\n\n{place} {verb} {object}: {}\n\n{outlet} - {date}\n\n",
        dice.of(&WHEN)
    );
    let _ =
        write!(out, "({outlet}) - {body} {place} {verb} {object} {}, theo ông {person}.\n\n", dice.of(&WHEN));
    for _ in 0..6 + dice.below(6) {
        let other = dice.place();
        for _ in 0..2 + dice.below(3) {
            let about = if dice.below(2) == 0 { &place } else { &other };
            out += &dice.sentence(about);
            out.push(' ');
        }
        if dice.below(3) == 0 {
            let _ = write!(out, "Ông {person} nói: “{}”", dice.sentence(&place));
        }
        out += "\n\n";
    }
    out + &format!(
        "Tin liên quan\n- {}\nBình luận (0)\n© {outlet}. Ghi rõ nguồn khi phát hành lại.\n",
        dice.sentence(&place)
    )
}
