"""The language of a text: from the text first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.parser.page_fields import fields
from warraq_parser.article.language import direction_of, language_in, language_of, primary_subtag, region_of

SENTENCES = {
    "ar": "أعلنت وزارة الطاقة اليوم عن توقيع اتفاقية لإنشاء محطة شمسية في شمال البلاد",
    "fa": "وزارت نیرو امروز از امضای توافق‌نامه‌ای برای ساخت نیروگاه خورشیدی خبر داد",
    "ur": "وزارت توانائی نے آج شمسی بجلی گھر کی تعمیر کے معاہدے پر دستخط کا اعلان کیا ہے",
    "ps": "د انرژۍ وزارت نن د لمریزې برېښنا د فابریکې د جوړولو تړون اعلان کړ",
    "ckb": "وەزارەتی وزە ئەمڕۆ واژۆکردنی ڕێککەوتنێکی بۆ دروستکردنی وێستگەیەک ڕاگەیاند",
    "he": "משרד האנרגיה הודיע היום על חתימת הסכם להקמת תחנה סולארית בצפון הארץ",
    "en": "The ministry of energy has announced today that it will build a new station in the north of the country",
    "de": "Das Ministerium hat am Montag mitgeteilt, dass im Norden des Landes ein neues Kraftwerk gebaut wird",
    "fr": "Le ministère a annoncé la construction d'une nouvelle centrale "
    "dans le nord du pays, qui sera prête en mai",
    "es": "El ministerio anunció que se construirá una nueva central en el norte del país y que será la más grande",
    "pt": "O ministério anunciou que será construída uma nova central no norte do país, que não tem outra",
    "it": "Il ministero ha annunciato che sarà costruita una nuova centrale nel nord del paese, che non ne ha altre",
    "nl": "Het ministerie heeft aangekondigd dat er in het noorden van het land een nieuwe centrale wordt gebouwd",
    "sv": "Ministeriet har meddelat att det ska byggas en ny anläggning i norra delen av landet och att den är stor",
    "no": "Departementet opplyser at det skal bygges et nytt anlegg i den "
    "nordlige delen av landet, og at det blir stort av seg",
    "da": "Ministeriet oplyser, at der skal bygges et nyt anlæg i den nordlige "
    "del af landet, og at det bliver stort efter planen",
    "fi": "Ministeriö ilmoitti, että maan pohjoisosaan rakennetaan uusi "
    "laitos, joka on myös suurin, mutta se ei ole ainoa",
    "pl": "Ministerstwo poinformowało, że na północy kraju powstanie nowa "
    "elektrownia, która jest największa i nie ma innych",
    "cs": "Ministerstvo oznámilo, že na severu země se bude stavět nová elektrárna, která je největší a není jediná",
    "hu": "A minisztérium közölte, hogy az ország északi részén egy új "
    "erőmű épül, és ez nem az egyetlen, de a legnagyobb",
    "ro": "Ministerul a anunțat că în nordul țării se va construi o nouă "
    "centrală, care este cea mai mare și nu este singura",
    "tr": "Bakanlık, ülkenin kuzeyinde yeni bir santral inşa edileceğini ve bu santralin çok büyük olacağını duyurdu",
    "id": "Kementerian mengumumkan bahwa pembangkit baru akan dibangun di "
    "utara dan tidak ada yang lebih besar dari ini",
    "vi": "Bộ đã thông báo rằng một nhà máy mới sẽ được xây dựng ở miền "
    "Bắc của đất nước và không có nhà máy nào lớn hơn",
    "ru": "Министерство сообщило, что на севере страны будет построена новая станция, которая станет самой большой",
    "uk": "Міністерство повідомило, що на півночі країни збудують нову станцію, яка стане найбільшою",
    "bg": "Министерството съобщи, че в северната част на страната ще бъде построена нова централа",
    "sr": "Министарство је саопштило да ће на северу земље бити изграђена "
    "нова централа, која неће бити једина у земљи",
    "el": "Το υπουργείο ανακοίνωσε ότι στα βόρεια της χώρας θα κατασκευαστεί νέος σταθμός",
    "zh": "能源部今天宣布将在该国北部建设新的太阳能电站",
    "ja": "エネルギー省は今日、北部に新しい太陽光発電所を建設すると発表した",
    "ko": "에너지부는 오늘 북부 지역에 새로운 발전소를 건설한다고 발표했다",
    "th": "กระทรวงพลังงานประกาศวันนี้ว่าจะสร้างโรงไฟฟ้าแห่งใหม่ในภาคเหนือ",
    "hi": "ऊर्जा मंत्रालय ने आज घोषणा की है कि देश के उत्तर में एक नया संयंत्र बनाया जाएगा",
    "bn": "শক্তি মন্ত্রণালয় আজ ঘোষণা করেছে যে দেশের উত্তরে একটি নতুন কেন্দ্র নির্মাণ করা হবে",
    "ta": "நாட்டின் வடக்கில் புதிய மின் நிலையம் அமைக்கப்படும் என அமைச்சகம் அறிவித்துள்ளது",
    "am": "የኢነርጂ ሚኒስቴር በሰሜን አገሪቱ አዲስ ጣቢያ እንደሚገነባ ዛሬ አስታወቀ",
}  # fmt: skip


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items())
def test_a_sentence_shows_its_language(language, sentence):
    found = language_in(sentence)
    assert found is not None
    assert found.tag == language


def test_a_false_declaration_is_overruled_by_the_text():
    found = fields("", "<h1>وزارة الطاقة</h1>", attributes='lang="en-US" dir="ltr"', text=SENTENCES["ar"])
    assert (found.language, found.direction) == ("ar", "rtl")
    assert found.evidence["language"].origin == "text"


def test_a_declaration_counts_where_the_text_is_too_short():
    found = language_of("1–2", [("de-AT", "html:lang")])
    assert found is not None
    assert (found.tag, found.origin) == ("de", "html:lang")


def test_a_declaration_decides_between_languages_that_texts_hardly_tell_apart():
    found = language_of(
        "Ministarstvo je saopštilo da će na sjeveru biti izgrađena nova elektrana i da nije jedina",
        [("bs", "html:lang")],
    )
    assert found is not None
    assert found.tag in ("hr", "bs")


@pytest.mark.parametrize(
    ("tag", "subtag", "region"),
    [
        ("ar-EG", "ar", "EG"),
        ("EN_us", "en", "US"),
        ("iw", "he", ""),
        ("zh-Hant-TW", "zh", "TW"),
        ("nb-NO", "no", "NO"),
        ("english", "", ""),
        ("", "", ""),
    ],
)
def test_tags_of_the_web(tag, subtag, region):
    assert primary_subtag(tag) == subtag
    assert region_of(tag) == region


def test_direction_follows_the_language():
    assert [direction_of(language) for language in ("ar", "he", "fa", "ur", "ckb", "de", "zh")] == ["rtl"] * 5 + [
        "ltr"
    ] * 2


@given(st.text(max_size=200))
def test_no_text_raises(text):
    assert language_in(text) == language_in(text)


def test_a_text_near_several_languages_is_not_of_one_far_from_it_though_declared():
    spanish = (
        "El cambio en el estado de ánimo durante el confinamiento, se reflejó en el contenido que se escuchó. Las "
        "canciones de la época están entre lo más consultado. De la música cotidiana a la incertidumbre, del silencio "
        "a la meditación y luego de vuelta a los sonidos de la fiesta, así ha sido el año para los oyentes del país."
    )
    found = language_of(spanish, [("en", "html:lang")])
    assert found is not None
    assert (found.tag, found.origin) == ("es", "text")


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Posle pet godina prekida skela ponovo prevozi putnike, a deca su je dočekala na obali reke", "sr"),
        ("Nakon pet godina prekida skela ponovno prevozi putnike, a djeca su je dočekala na obali rijeke", "hr"),
    ],
)
def test_serbian_in_latin_letters_is_told_from_croatian(sentence, language):
    found = language_in(sentence)
    assert found is not None
    assert found.tag == language
