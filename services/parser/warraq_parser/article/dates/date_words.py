"""The words around dates, as data: names of meta elements, labels of dates, and places on a page that speak of others."""

import re

from warraq_parser.article.called import called

# Names of meta elements that give the day of publication, in the order of trust; then those of the last change.
PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "og:pubdate",
    "datepublished", "date_published", "publish_date", "publish-date", "published_date", "published-date", "publishdate",
    "published_time", "published", "publication_date", "publication-date", "publicationdate", "originalpublicationdate",
    "pubdate", "pub_date", "article.published", "article:create_at", "article_date_original", "article.created",
    "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "cxense:publishtime",
    "rnews:datepublished", "schema:datepublished", "dcterms.issued", "dc.date.issued", "dc.issued", "dcterms.created",
    "dc.date.created", "dc.created", "dcterms.date", "dcterms.available", "dc.date", "dc:date", "dc.date.x-metadatalastmodified",
    "citation_publication_date", "citation_online_date", "citation_date", "prism.publicationdate", "eprints.date",
    "bt:pubdate", "ptime", "pagedate", "displaydate", "article-date", "article_date", "date.release", "release_date",
    "releasedate", "content_created", "datecreated", "created", "creation_date", "creationdate", "created_at",
    "timestamp", "time", "date", "sort_date", "storydate", "doc_date", "publisheddate", "published_at", "video:release_date",
    "og:video:release_date", "og:release_date", "apub:time", "weibo:article:create_at", "nypub:date", "gnm:date", "vr:published_time",
    "article:post_date", "dateposted",
)  # fmt: skip
MODIFIED_METAS = (
    "article:modified_time", "og:updated_time", "og:modified_time", "og:article:modified_time", "article:updated_time",
    "article:modified", "article:updated", "datemodified", "date_modified", "modified_date", "modified_time", "lastmodified",
    "last-modified", "last_modified", "lastmod", "modified", "updated", "updated_time", "update_date", "dcterms.modified", "dc.modified",
    "dc.date.modified", "revised", "article.updated", "last_updated", "moddate", "utime", "bt:moddate",
    "cxenseparse:lastmodified", "date.modified", "date_updated", "revision_date", "rnews:datemodified",
)  # fmt: skip
# Of these, a value with a time in the same minute as the page was made says nothing: it is written on each request.
LOOSE_METAS = frozenset(
    ("date", "time", "timestamp", "created", "pagedate", "dc.date", "dcterms.date", "last-modified", "revised")
)

UPDATED = re.compile(
    r"ažurir|ажурир|posodob|uuendatud|muudetud|atnaujin|atjauni|përditës|endret|ændret|redigert|redigerad|kemas ?kini|diperbaharui|imesasishwa|"
    r"অদ্যতন|সর্বশেষ|अद्यतन|"
    r"updat|modif|aktualisiert|geändert|stand:|mise? [àa] jour|actualiz|atualiz|aggiorna|bijgewerkt|gewijzigd|oppdatert|"
    r"opdateret|uppdaterad|ändrad|päivitetty|muokattu|zaktualizowan|aktualizac|aktualizovan|aktualizáno|frissítve|módosítva|"
    r"обновл|изменен|оновлен|ενημ[εέ]ρ|τροποποί|güncelle|guncelle|diperbarui|cập nhật|تحديث|تعديل|به‌روز|بروزرسانی|"
    r"ویرایش|עודכן|עדכון|更新|修改|수정|업데이트|अपडेट|হালনাগাদ|আপডেট|อัปเดต|ปรับปรุง|actualisé|refreshed|last changed|edited",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"publi[scé]|pubblic|publikuar|publikas|paskelbt|avaldat|objavlj|posted|veröffentlicht|erschienen|erstellt|geplaatst|publicerad|udgivet|publisert|julkaistu|opublikowan|zveřejněn|"
    r"megjelent|опубликован|опубліков|создан|δημοσι|yayın|diterbitkan|đăng|نشر|منتشر|انتشار|تاریخ|التاريخ|פורסם|发布|發布|"
    r"入力|입력|등록|公開|配信|掲載|प्रकाशित|প্রকাশ|เผยแพร่|gespeichert von|submitted|written|filed|first ",
    re.IGNORECASE,
)
# Words that say a date belongs to something else: an event, a person's life, a comment, a copyright.
_OF_AN_ACCOUNT = r"registered|registriert|joined|beigetreten|member since|mitglied seit|miembro desde|inscrit|born|geboren|expires|valid until"
OF_A_PERSON = re.compile(_OF_AN_ACCOUNT, re.IGNORECASE)
NOT_OF_ARTICLE = re.compile(
    rf"copyright|©|\(c\)|all rights|released:|{_OF_AN_ACCOUNT}|"
    r"comment|kommentar|replied|reply|related|recent posts?|read more|weiterlesen|copyleft",
    re.IGNORECASE,
)
speaks_of_others = called(
    r"related|recommend|teaser|comments?\b|most-?read|popular|latest|recent|trending|\bmore-|also-|carousel|"
    r"promo\b|newsletter|caption|pic-?box|\bmenu|navbar|breadcrumb|event|upcoming|similar|ticker|slider|swiper|disqus|repl(?:y|ies)\b"
)
stands_beside = called(r"(?<!has-)(?<!with-)(?<!no-)sidebar|footer|widget|archive|calendar")
# Dates that count back from now: the units, and what says "ago".
UNITS = {
    "minutes": "minute minutes min mins minuten minuut minuto minutos minuti minuut minuter minutter minuuttia minuty minut "
    "минут минуты минуту хвилин dakika menit phút دقيقة دقائق دقیقه דקות दקה मिनट মিনিট 分钟 分鐘 分 분",
    "hours": "hour hours hr hrs h stunde stunden heure heures hora horas ora ore uur timme timmar time timer tuntia godzin "
    "godziny godzinę hodin hodinami órája час часа часов годин годину saat jam giờ ساعة ساعات ساعت שעות घंटे ঘণ্টা 小时 小時 時間 시간",
    "days": "day days tag tage tagen jour jours día días dia dias giorno giorni dag dagen dagar dage päivää dni dzień dny "
    "день дня дней днів gün hari ngày يوم أيام ايام روز ימים दिन দিন 天 日 일",
}
AGO = re.compile(
    r"\bago\b|\bvor\b|il y a|\bhace\b|\bhá\b|\bfa\b|geleden|\bsedan\b|\bsiden\b|sitten|\btemu\b|\bpřed\b|ezelőtt|назад|тому|önce|"
    r"yang lalu|lalu\b|trước|منذ|قبل|پیش|לפני|पहले|আগে|前|전",
    re.IGNORECASE,
)
# What may stand between the day, the month and the year: ordinal endings, "of", era marks.
JOINING = frozenset(
    "st nd rd th er eme e o a de del di do da d of the la le el den der "
    "am på kl г р m d dia ngay ος η ο م هـ ه من في سنة عام ל של व "
    "को রা ই লা শে ที่ พ.ศ พศ ค.ศ คศ năm tháng an na -go".split()
)
