"""Pages that stand in place of the article: "not found" sent with 200, consent walls, bot checks.

Judged only on pages with little text: an article *about* captchas or error 404 is an article. The phrases are data, as
regular expressions by language: add a language by adding its line.
"""

import re
from collections.abc import Iterable

from warraq_shared.reasons import Reason

# A page whose own text is longer says more than "not here" or "are you human" (characters; see ``own_text``).
LITTLE_TEXT = 600
VERY_LITTLE_TEXT = 250

# What a title or main heading says when there is nothing here. Whole headlines only: "404" in one is a bus line.
_NOT_FOUND_TITLES = {
    "any": r"(?:http )?(?:error|errore|fehler|erreur|erro|خطأ|خطای|ошибка|错误|エラー)?\W{0,3}(?:404|410)\b.{0,60}|.{0,40}\b404 error",
    "en": r"(?:sorry,? )?(?:(?:the|this|that|your) )?(?:requested )?(?:page|article|story|file|content|url|post|link)"
    r" (?:\w+ ){0,4}(?:not|n['’]t|cannot be|no longer) ?(?:be )?(?:found|exists?|available).{0,20}|not found|page missing|nothing found",
    "de": r".{0,40}(?:seite|artikel|inhalt)\w* .{0,30}(?:nicht (?:mehr )?(?:gefunden|verfügbar|vorhanden)|existiert nicht).{0,10}",
    "fr": r".{0,20}(?:page|article|contenu) .{0,20}(?:introuvable|n['’]existe (?:pas|plus)|non trouvée?).{0,10}",
    "es": r".{0,20}(?:p[áa]gina|art[íi]culo|contenido) .{0,20}(?:no encontrad[ao]|no existe|no se (?:ha )?enc?ontr).{0,20}",
    "pt": r".{0,20}(?:p[áa]gina|artigo|conteúdo) .{0,20}não (?:foi )?(?:encontrad[ao]|existe|disponível).{0,10}",
    "it": r".{0,20}(?:pagina|articolo) .{0,20}(?:non (?:è stat[ao] )?trovat[ao]|non esiste|inesistente).{0,10}",
    "nl": r".{0,20}(?:pagina|artikel) .{0,20}(?:niet gevonden|bestaat niet).{0,10}",
    "sv/no/da/fi": r".{0,20}(?:sidan|siden|sivua) .{0,20}(?:hittades inte|finns inte|ikke (?:funnet|fundet)|ei löyt\w+).{0,10}",
    "pl/cs/hu/ro": r".{0,20}(?:nie znaleziono|nie istnieje|nenalezen\w*|neexistuje|nem található|nu (?:a fost găsit|există)).{0,20}",
    "tr/id/vi": r".{0,20}(?:sayfa bulunamadı|haber bulunamadı|tidak ditemukan|không (?:tìm thấy|tồn tại)).{0,20}",
    "ru/uk/bg": r".{0,20}(?:страница|сторінк|статья|материал|страницата).{0,20}(?:не найден|не существует|не знайден|не існує|не е намерен).{0,10}",
    "el": r".{0,20}σελίδα .{0,20}(?:δεν βρέθηκε|δεν υπάρχει).{0,10}",
    "ar": r".{0,30}(?:الصفحة|الخبر|المقال|الرابط|المحتوى).{0,30}(?:غير موجود|غير متوفر|غير متاح|لم يتم العثور|لا يمكن العثور|محذوف).{0,10}|"
    r"لم يتم العثور على .{0,30}|لا توجد صفحة.{0,20}|عفوا.{0,20}غير موجود.{0,10}",
    "fa/ur": r".{0,30}(?:صفحه|خبر|مطلب|صفحہ).{0,30}(?:یافت نشد|پیدا نشد|وجود ندارد|موجود نیست|نہیں ملا|موجود نہیں).{0,10}",
    "he": r".{0,20}(?:הדף|העמוד|הכתבה).{0,20}(?:לא נמצא|אינו קיים|לא קיים).{0,10}",
    "hi/bn/th": r".{0,20}(?:पेज|पृष्ठ).{0,10}नहीं मिल.{0,10}|.{0,20}পাওয়া যায়নি.{0,10}|.{0,20}ไม่พบหน้า.{0,20}",
    "zh": r".{0,20}(?:页面|頁面|网页|網頁|文章|内容).{0,10}(?:找不到|未找到|不存在|已删除|已刪除|已被删除).{0,10}|找不到.{0,10}[页頁].{0,10}",
    "ja/ko": r".{0,20}(?:ページ|記事).{0,10}(?:見つかりません|存在しません|ありません).{0,10}|.{0,20}(?:페이지|기사).{0,10}(?:찾을 수 없|존재하지 않).{0,10}",
}  # fmt: skip
# What a title or main heading says when somebody must prove to be human.
_BOT_CHECKS = {
    "en": r"just a moment.{0,5}|attention required.{0,30}|access (?:to this page has been )?denied.{0,20}|pardon our interruption.{0,5}|"
    r".{0,20}verify(?:ing)? (?:that )?you(?:'re| are) (?:a )?human.{0,20}|are you (?:a )?(?:human|robot)\W{0,3}|.{0,10}not a robot.{0,10}|"
    r"checking your browser.{0,40}|one more step|security check.{0,20}|(?:human|bot) verification|ddos.{0,30}|request unsuccessful.{0,20}|"
    r"captcha.{0,10}|.{0,20}enable javascript.{0,30}|403 forbidden|forbidden",
    "other": r"einen moment.{0,10}|un instant.{0,10}|un momento.{0,10}|.{0,20}не робот.{0,10}|.{0,20}لست (?:روبوت|برنامج).{0,10}|.{0,20}أنك إنسان.{0,10}|"
    r"请稍候.{0,5}|安全验证|人机验证|.{0,10}ロボットではない.{0,10}",
}  # fmt: skip
# What a title or main heading says when the reader must agree first.
_CONSENT = {
    "en": r"before you continue.{0,30}|.{0,5}(?:value|respect|care about) your privacy.{0,20}|your (?:privacy|choices?).{0,30}|.{0,20}consent.{0,20}|"
    r"(?:we use |accept )?cookies?(?: (?:policy|wall|settings|preferences))?",
    "other": r"bevor sie .{0,30}|.{0,20}(?:zustimm|einwillig|privatsphäre).{0,20}|avant de continuer.{0,30}|.{0,20}respectons votre vie privée.{0,10}|"
    r"antes de continuar.{0,30}|tu privacidad.{0,20}|prima di continuare.{0,30}|.{0,10}(?:toestemming|samtykke).{0,20}|.{0,20}ملفات تعريف الارتباط.{0,20}",
}  # fmt: skip


def _whole(*tables: dict[str, str]) -> re.Pattern[str]:
    """Return what matches a whole headline of one of ``tables``."""
    return re.compile("|".join(f"(?:{phrase})" for table in tables for phrase in table.values()), re.I)


_HEADLINES = {
    Reason.SOFT_NOT_FOUND: _whole(_NOT_FOUND_TITLES),
    Reason.CONSENT_WALL: _whole(_BOT_CHECKS, _CONSENT),
}
# Machinery that bot checks carry, and that explains why a page has next to no text.
_MACHINERY = re.compile(
    r"cf-chl|cf_chl|challenge-platform|_incapsula_resource|px-captcha|perimeterx|captcha-delivery|datadome|ddos-guard|"
    r"sucuri_cloudproxy|distil_r_captcha|awswaf|g-recaptcha|h-captcha|cf-turnstile|consent\.google|consent-form",
    re.I,
)
_AROUND_TITLE = re.compile(r"\s[-|–—:·»«]\s")


def reason_instead(headlines: Iterable[str], own_text: str, source: str) -> Reason | None:
    """Return why a page stands in place of an article, or None where it does not look so.

    ``headlines`` are the page's title and its main headings; ``own_text`` is its text but for links, scripts and
    navigation; ``source`` the beginning of its HTML, where the machinery of bot checks shows.
    """
    if len(own_text) > LITTLE_TEXT:
        return None
    for headline in headlines:
        for part in (headline, *_AROUND_TITLE.split(headline)[:4]):
            for reason, says in _HEADLINES.items():
                if says.fullmatch(part.strip(" .!?…")[:160]):
                    return reason
    if len(own_text) < VERY_LITTLE_TEXT and _MACHINERY.search(source):
        return Reason.CONSENT_WALL
    return None
