"""Bytes to text: the order of the standard, lies, and readings told by their letters."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq_parser.text.charsets import codec_of
from warraq_parser.text.decode import decode_html

ARABIC = "أعلنت وزارة الطاقة اليوم عن توقيع اتفاقية لإنشاء محطة شمسية بسعة سبعمائة ميغاواط في شمال البلاد"
RUSSIAN = "Министерство энергетики сообщило сегодня о подписании соглашения о строительстве станции"
HEBREW = "משרד האנרגיה הודיע היום על חתימת הסכם להקמת תחנה סולארית בצפון הארץ"
GREEK = "Το υπουργείο ενέργειας ανακοίνωσε σήμερα την υπογραφή συμφωνίας για νέο σταθμό"
FRENCH = "Le ministère de l'énergie a annoncé la signature d'un accord à l'étranger, déjà prévu l'été passé"
CHINESE = "国家能源部今天宣布签署协议在北部地区建设新的太阳能电站这是我们的重要发展"
JAPANESE = "エネルギー省は今日、北部に新しい太陽光発電所を建設する契約を結んだと発表した。"
KOREAN = "에너지부는 오늘 북부 지역에 새로운 태양광 발전소를 건설하는 계약을 체결했다고 발표했다"
THAI = "กระทรวงพลังงานประกาศวันนี้ว่าได้ลงนามในข้อตกลงเพื่อสร้างสถานีพลังงานแสงอาทิตย์ในภาคเหนือ"


def page(text: str, codec: str, declared: str = "") -> bytes:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<html><head>{meta}</head><body><p>{text}</p></body></html>".encode(codec)


class TestTheOrderOfTheStandard:
    def test_a_byte_order_mark_beats_the_header(self):
        decoded = decode_html(b"\xef\xbb\xbf" + "été".encode(), "text/html; charset=windows-1251")
        assert (decoded.text, decoded.origin) == ("été", "bom")

    def test_the_header_beats_the_meta_where_both_could_be_right(self):
        decoded = decode_html(page(RUSSIAN, "cp1251", "koi8-r"), "text/html; charset=windows-1251")
        assert RUSSIAN in decoded.text
        assert (decoded.encoding, decoded.origin) == ("windows-1251", "header")

    def test_latin_1_means_windows_1252(self):
        decoded = decode_html(page("“naïve” – déjà vu", "cp1252", "iso-8859-1"))
        assert "“naïve” – déjà vu" in decoded.text
        assert (decoded.encoding, decoded.origin, decoded.notes) == ("windows-1252", "meta", ())

    def test_an_xml_declaration_is_read(self):
        body = f'<?xml version="1.0" encoding="windows-1256"?><rss>{ARABIC}</rss>'.encode("cp1256")
        assert decode_html(body).origin == "meta"
        assert ARABIC in decode_html(body).text

    @pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
    def test_utf_16_is_known_by_its_mark_and_without_it(self, codec):
        body = page(ARABIC, codec)
        mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[codec]
        assert decode_html(mark + body).text == decode_html(body).text == body.decode(codec)

    def test_utf_7_is_never_read(self):
        assert codec_of("utf-7") == ""
        decoded = decode_html(b"<p>+ADw-script+AD4-</p>", "text/html; charset=utf-7")
        assert decoded.text == "<p>+ADw-script+AD4-</p>"
        assert decoded.notes == ("charset-unknown",)

    def test_a_meta_that_says_utf_16_means_utf_8(self):
        decoded = decode_html(page("été", "utf-8", "utf-16"))
        assert "été" in decoded.text
        assert decoded.encoding == "utf-8"


class TestLies:
    @pytest.mark.parametrize("declared", ["windows-1256", "iso-8859-1", "gbk"])
    def test_valid_utf_8_is_utf_8_whatever_is_declared(self, declared):
        decoded = decode_html(page(ARABIC, "utf-8", declared))
        assert ARABIC in decoded.text
        assert decoded.notes == ("charset-lie",)

    @pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1"])
    @pytest.mark.parametrize(
        ("text", "codec"),
        [
            (ARABIC, "cp1256"),
            (RUSSIAN, "cp1251"),
            (RUSSIAN, "koi8_r"),
            (HEBREW, "cp1255"),
            (GREEK, "cp1253"),
            (CHINESE, "gb18030"),
            (JAPANESE, "cp932"),
            (JAPANESE, "euc_jp"),
            (KOREAN, "cp949"),
            (THAI, "cp874"),
            (FRENCH, "cp1252"),
        ],
    )
    def test_a_missing_or_false_declaration_does_not_garble(self, text, codec, declared):
        assert text in decode_html(page(text, codec, declared)).text

    def test_a_few_broken_bytes_do_not_spoil_utf_8(self):
        body = page(ARABIC, "utf-8").replace(b"</p>", b" \x93quoted\x94</p>")
        decoded = decode_html(body)
        assert ARABIC in decoded.text
        assert "“quoted”" in decoded.text
        assert decoded.notes == ("charset-broken",)

    @pytest.mark.parametrize("text", ["I don’t – “really”", ARABIC, RUSSIAN])
    def test_text_that_was_encoded_twice_is_read_once_more(self, text):
        twice = text.encode().decode("latin-1")
        decoded = decode_html(page(twice, "utf-8", "utf-8"))
        assert text in decoded.text
        assert decoded.notes == ("charset-repaired",)

    def test_accents_that_look_like_a_second_encoding_stay(self):
        assert "PIÙ DI PRIMA, Âge d’or, Ãa" in decode_html(page("PIÙ DI PRIMA, Âge d’or, Ãa", "utf-8")).text

    def test_a_page_cut_inside_a_letter_stays_utf_8(self):
        decoded = decode_html(ARABIC.encode()[:-1])
        assert decoded.text.startswith(ARABIC[:-1])
        assert decoded.encoding == "utf-8"


@given(st.binary(max_size=400), st.sampled_from([None, "text/html", "text/html; charset=gbk", "x; charset=\x00"]))
def test_any_bytes_give_text_that_can_be_stored(body, content_type):
    decoded = decode_html(body, content_type)
    assert "\x00" not in decoded.text
    decoded.text.encode("utf-8")
    assert decode_html(body, content_type) == decoded


def test_random_bytes_take_linear_time():
    body = bytes(range(256)) * 40_000
    start = time.process_time()
    decode_html(body)
    assert time.process_time() - start < 3
