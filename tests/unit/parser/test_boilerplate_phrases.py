"""Phrases of the trade, and sentences that only begin like one."""

import pytest

from warraq_parser.article.body.boilerplate_phrases import boilerplate_lines

ONE = "The council of the old river town met for three hours on Monday and agreed on a plan for the market square."


def test_phrases_are_found_whatever_their_signs_and_marks() -> None:
    lines = ["» READ ALSO: a tree", "إقرأ أيضاً: شجرة", "جميع الحقوق محفوظة", ONE, "", "Share"]
    assert boilerplate_lines(lines) == [True, True, True, False, False, True]


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ أيضا: خطة السوق", "کلیه حقوق محفوظ است", "קראו גם: תכנית השוק", "مزید پڑھیں: منصوبہ",
        "İlginizi çekebilir: Pazar", "Mehr zum Thema", "À lire aussi", "Te puede interesar: El plan",
        "Continua depois da publicidade", "Leggi pure: Il piano", "Lees ook: Het plan", "Czytaj także: Plan rynku",
        "Нашли опечатку? Выделите текст", "Слідкуйте за нами у Facebook", "Διαβάστε ακόμη: Το σχέδιο",
        "Artikeln fortsätter efter annonsen", "Artiklen fortsætter efter annoncen", "Saken fortsetter under annonsen",
        "Juttu jatkuu mainoksen jälkeen", "Mohlo by vás zajímat", "Te-ar putea interesa", "Ez is érdekelheti",
        "Lihat juga: Rencana", "Tin cùng chuyên mục", "इसे भी पढ़ें: योजना", "আরও পড়ুন: পরিকল্পনা",
        "บทความที่เกี่ยวข้อง", "こちらの記事もおすすめ", "【延伸閱讀】老樹的故事", "기사제보 및 보도자료",
    ],
)  # fmt: skip
def test_phrases_of_many_languages_are_known(line: str) -> None:
    assert boilerplate_lines([line]) == [True]


@pytest.mark.parametrize(
    "line",
    [
        "Anzeige gegen den Bürgermeister hat am Montag eine Nachbarin erstattet.",
        "Ранее сообщалось, что рынок закроют до лета.",
        "مشاركة واسعة في الانتخابات البلدية شهدتها المدينة أمس.",
        "Paylaşılan bilgiye göre pazar yaz aylarında açılacak.",
        "네이버는 3일 새로운 서비스를 공개했다.",
        "残り5分で逆転した。",
    ],
)
def test_a_sentence_that_begins_with_a_word_of_the_trade_is_a_sentence(line: str) -> None:
    assert boilerplate_lines([line, "", ""]) == [False, False, False]
