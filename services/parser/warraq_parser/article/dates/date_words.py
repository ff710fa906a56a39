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
# Dates that count back from now: the units, and what says "ago". What ends with a hyphen is how longer words begin:
# endings for case and number, and in scripts without spaces what runs on behind ("小时前").
UNITS = {
    "minutes": "min mins m minut- хвілін- minuut- minuto- minuti- minuutti- mín mínút- хв хвил- мин минут- мүн мүнөт- perc- dakika dakik- dk "
    "dəqiqə daqiq- menit mnt minit phút λεπ λεπτ- minut- nóim nóiméad munud mun րոպե ր წუთ- წთ دقيق- دقایق دقیق- دقائق منٹ خولەک- "
    "דק דקה דקות मिनट- मि मिनि- मिनिट- मिनेट মিনিট- મિનિટ- ਮਿੰਟ- நிமி- నిమి- ನಿಮಿಷ- മിനി- මිනිත්තු นาที- ນາທີ- ນທ នាទី- မိနစ်- ደቂቃ- "
    "分- 분- daqiiqad-",
    "hours": "h hr hrs hour- std stund- heure- hora- hore- ora ore orë uur u tim timm- time timer timar t tuntia tunni tund tundi klst klukku- "
    "val valand- st godz- hodin- ur- ure uro sat sata sati sada órá- saat- sa soat sagat sag сағат- сағ саат- цаг- ц час- ч "
    "годин- год гадзін- гадз сат- jam giờ ώρ- ώ oras ordu awr uair ժամ- ժ საათ- სთ ساع- گھنٹ- کاتژمێر- سعات- שע שעה שעות घंटे घंटा घंटों "
    "घं घण्टा ঘণ্টা ঘন্টা કલાક- तास- ਘੰਟ- மணி- గంట- గం ಗಂಟೆ- മണിക്കൂ- පැය ชั่วโมง- ชม ຊົ່ວໂມງ- ຊມ ម៉ោង- နာရီ- ሰዓ- saa saac- 小时- 小時- 時間- "
    "시간-",
    "days": "day days tag tage tagen jour jours día dias dies dia giorno giorni dag dagen dagar dage dager dagur dögum päivä- päev- dien- dzień dni "
    "dny dní dnem dnoma dnevoma dnevom dnevi dňami dan dana дан дана ден дена дня дни дней день дні днів дзён дзень zi zile nap- ditë gün- gun kun "
    "күн- өдр- hari araw ngày ημέρ- μέρ- egun diwrnod lá օր- დღ- يوم يومين أيام ايام روز- دن ورځ- ڕۆژ- יום ימים दिन- दिवस- দিন- દિવસ- ਦਿਨ- "
    "நாள- நாட்- రోజు- ದಿನ- ദിവസ- දින วัน- ມື້- ວັນ- ថ្ងៃ- ရက်- ቀን- ቀና- siku maalmood 天- 日- 일-",
}
AGO = re.compile(
    r"\bago\b|\bvor\b|il y a|\bhace\b|\bhá\b|\bhai\b|\bfa\b|gel[ei]den?\b|\bsedan\b|\bsen\b|\bsidan\b|\bsiden\b|\bfyrir\b|sitten|"
    r"\btagasi\b|\beest\b|prieš|\bpirms\b|\btemu\b|\bpřed\b|\bpred\b|\bprije\b|\bpre\b|\bпре\b|\bпред\b|преди|назад|тому|таму|"
    r"бұрын|мурун|өмнө|\böň\b|ezelőtt|\b(?:perce|órája|napja)\b|\bacum\b|më parë|önce|əvvəl|öncə|oldin|\bduela\b|yn ôl|ó shin|πριν|"
    r"yang lalu|lalu\b|nakalipas|nakaraan|trước|zilizopita|iliyopita|kahor|առաջ|წინ|منذ|قبل|پیش|پہلے|مخکې|وړاندې|لەمەوبەر|پێش|"
    r"לפני|पहले|पहिले|पूर्वी|আগে|পূৰ্বে|পূর্বে|પહેલાં|ਪਹਿਲਾਂ|முன்|క్రితం|ಹಿಂದೆ|മുമ്പ്|മുൻപ്|පෙර|ที่แล้ว|ที่ผ่านมา|ກ່ອນ|មុន|ပြီးခဲ့|လွန်ခဲ့|"
    r"በፊት|前|전",
    re.IGNORECASE,
)
# What stands for the moment of the fetch itself, at the end of a line.
JUST_NOW = re.compile(
    r"(?:just now|moments ago|a moment ago|gerade eben|à l['’]instant|ahora mismo|hace un momento|hace instantes|agora mesmo|há instantes|"
    r"pochi istanti fa|poco fa|zojuist|nyss|akkurat nå|lige nu|juuri nyt|przed chwilą|právě teď|pred chvíľou|upravo sada|только что|щойно|току-що|"
    r"az önce|şimdi|indicə|жаңа ғана|πριν από λίγο|vừa xong|baru saja|منذ لحظات|قبل لحظات|لحظاتی پیش|هم‌اکنون|ابھی ابھی|לפני רגע|ממש עכשיו|"
    r"कुछ ही क्षण पहले|कुछ क्षण पहले|अभी-अभी|अभी अभी|এইমাত্র|সদ্য|சற்று முன்|ఇప్పుడే|เมื่อสักครู่|เมื่อกี้|刚刚|剛剛|たった今|방금(?: 전)?|moments? ago)\s*$",
    re.IGNORECASE,
)
# What may stand between the day, the month and the year: ordinal endings, "of", era marks.
JOINING = frozenset(
    "st nd rd th er eme e o a de del di do da d of the la le el den der "
    "am på kl г р m d dia ngay ος η ο م هـ ه من في سنة عام ל של व "
    "gada gads g ж жылғы жылы года оны он сарын թ կ ի թվականի ko ta ta' lá ê an ng "
    "د کال ی ێ ቀን ዓ.ም ዓ ም "
    "को রা ই লা শে ที่ พ.ศ พศ ค.ศ คศ năm tháng an na -go".split()
)
