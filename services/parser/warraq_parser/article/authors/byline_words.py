"""The words around names in bylines, as data: what leads to a name, what follows it, and what is no person."""

import re

# Names of meta elements that give authors, in the order of trust.
AUTHOR_METAS = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "byline",
    "article:author_name", "cxenseparse:author", "citation_author", "og:article:author", "authors", "article.author", "creator",
    "rbauthors", "vr:author", "og:author", "dc.contributor", "publisher_author", "cxense:author", "article_author", "nyt:author",
)  # fmt: skip
# Leads: "By", "Written by", in the languages of the web. Longest first where one begins another.
_LEADS = (
    r"(?:(?:story|report(?:ing)?|words|text|written|reported|posted|published|authored|edited|compiled|review(?:ed)?|article|photos?|"
    r"submitted|contributed)\s+by|by|byline|authors?|author(?:\(s\))?|writer|reporter|columnist|"
    r"interview|fotos?|protokoll|kommentar|analyse|gastbeitrag|essay|eingestellt von|"
    r"von|autor(?:en|in|innen|es|as|a|e|i|ka|zy|ius|ė|s)?|verfasst von|geschrieben von|ein (?:kommentar|beitrag|gastbeitrag|artikel|bericht|interview|essay|porträt) von|bericht von|"
    r"eine (?:analyse|kolumne|reportage) von|ein interview von|gespeichert von|text|bericht|redaktion|"
    r"par|écrit par|rédigé par|publié par|propos recueillis par|auteurs?|por|escrito por|redacci[oó]n|texto|di|a cura di|scritto da|"
    r"de|door|geschreven door|av|skrevet av|af|skrevet af|skriven av|journalist|tekst|kirjoittanut|teksti|"
    r"przez|napisał[a]?|opracował[a]?|tekst|autorzy|autoři|napsal[a]?|írta|szerző|scris de|автор|авторы|автори|редактор(?=\s*:)|текст|"
    r"подготовил[аи]?|από|γράφ(?:ει|ουν)(?:\s+(?:ο|η|οι))?|των|της|του|συντάκτης|yazan|yazar|haber|oleh|penulis|reporter|tác giả|theo|โดย|"
    r"بقلم|كتب(?:ت|ه|ها)?|كتبه|إعداد|اعداد|تحرير|تقرير|الكاتب(?:ة)?|نشر (?:بواسطة|من قبل)|بواسطة|المصدر|حاوره|حاورها|ترجمة|متابعة|متابعات|"
    r"نویسنده|نوشته(?:ی)?|خبرنگار|به قلم|گزارش|تحریر|مصنف|از|"
    r"מאת|כתב(?:ה)?|צילום|लेखक|द्वारा|লেখক|প্রতিবেদক|文[・／]|文|文/|作者|记者|記者|撰文|編輯|编辑|責任編輯|责任编辑|取材・文|著者|執筆|글|기자)"
)
# Words for writers that lead to a name only with a colon: without it they begin sentences.
_TITLED = (
    r"(?:author|autor(?:[aei]|ka|zy|ři)?|autor článku|autrice|auteurs?|opracował[a]?|napsal[a]?|piše|teksti|tekst ja fotod?|text[eo]?|interview|"
    r"текст|редактор|تقرير|إعداد|اعداد|執筆|著者|yazar|yozgan|muallif|autorius|autorė|autors|haber|muhabir|penulis|reporter|editor|tekst|texto|redactor|redator|szerző|författare|skribent|"
    r"forfatter|toimittaja|kirjoittaja|συντάκτης|mwandishi|na mwandishi|tác giả|ผู้เขียน|ผู้สื่อข่าว|автори?|журналист|кореспондент|корреспондент|"
    r"लेखक|लेखिका|संवाददाता|रिपोर्टर|লেখক|প্রতিবেদক|নিজস্ব প্রতিবেদক|எழுதியவர்|நிருபர்|రచయిత|تحریر|مصنف|رپورٹ|الكاتبة?|כתבת?|"
    r"기자|작성자|글쓴이|հեղինակ(?:ներ)?|ავტორ(?:ი|ები)|ጸሐፊ|ዘጋቢ|müəllif(?:lər)?|avtor(?:ica|ji|ja)?|besedilo|priredi[ol]a?|аўтар(?:ка|ы)?|піша|пише|аутор(?:ка|и)?|пишува|авторка|"
    r"мүəллиф|муаллиф|мақола муаллифи|автордар|зохиогч|сурвалжлагч|autor(?:ė|iai|e)|teksts?|höfundur|autores|awtur|yazarlar|hazırlayan|nivîskar|"
    r"نووسەر|ئامادەکردنی|ڕاپۆرت|لیکوال|خبریال|نامہ نگار|رپورٹر|ليکڪ|ليکوال|مۇئەللىپ|"
    r"প্রতিনিধি|লেখিকা|প্রতিবেদন|লিখক|लेखन|वार्ताहर|प्रतिनिधी|लेखक/लेखिका|લેખક|અહેવાલ|ਲੇਖਕ|ਰਿਪੋਰਟ|ଲେଖକ|எழுதியது|செய்தியாளர்|ఎడిటర్|రచయిత్రి|"
    r"ಲೇಖಕ(?:ರು)?|ವರದಿ(?:ಗಾರ)?|ലേഖക[ൻന്‍]*|ലേഖിക|തയ്യാറാക്കിയത്|റിപ്പോർട്ട്|එක් කළේ|කර්තෘ|ผู้เขียน|เรื่อง|ຂຽນໂດຍ|ໂດຍ|ដោយ|និពន្ធ|ရေးသားသူ|"
    r"anilisi|qoraa|marubuci|na mwandishi wetu)\s*[:：՝፦]"
)
LEAD = re.compile(rf"^[\s\-–—|•·/(]*(?:{_TITLED}\s*|{_LEADS}\s*(?:[:：/／・|\-–—]\s*|(?<=\w)\s+))", re.IGNORECASE)
# A lead that alone is enough to take a plain line of text near the headline for a byline.
# What was done "by": phrases of their own, longer than the one word.
_BY_OTHERS = (
    r"(?:(?:ein(?:e)? )?(?:bericht|beitrag|gastbeitrag|kommentar|analyse|kolumne|reportage|essay|interview|porträt|geschrieben|verfasst) von|"
    r"escrito por|scritto da|a cura di|(?:écrit|rédigé|propos recueillis) par|geschreven door|skrevet a[fv]|skriven av|scris de|来源[:：]\s*\S{2,20}\s+作者[:：])"
)
BYLINE = re.compile(
    rf"^[\s\-–—|•·(]*(?:{_TITLED}(?=\s*\S)|(?:(?:written |reported |reporting |posted |published |words |text |story )?by|von|par|por|di|av|af|door|oleh|autor(?:in(?:/autor)?)?:|"
    r"author:|auteurs?\s?:|автор:?|napsal[a]?|opracował[a]?|kirjoittanut|yazan:?|autor(?:ius|ė)|โดย|ผู้เขียน|ໂດຍ|ដោយ|piše|пише|пишува|par:|بقلم|كتبت?|إعداد|اعداد|نویسنده|خبرنگار|به قلم|מאת|作者|记者|記者|文[/／：・]|글|írta:?|γράφ(?:ει|ουν)(?:\s+(?:ο|η|οι))?|(?:της|του|των)(?=\s+\S+\s+\S+\s*$))"
    rf"(?:\s*[:：\-–—/]\s*|(?<=[／・])|\s+)(?=\S)|{_BY_OTHERS}\s*(?=\S))",
    re.IGNORECASE,
)
# A lead in the middle of a line: "Posted on 3 May by Jane Doe".
MIDDLE_LEAD = re.compile(
    r"(?:^|\s|\|)(?:by|(?:von|par|por|door|av|af)(?=\s+\S+\s+\S))\s+(?=[A-ZÀ-Þ])|(?:بقلم|كتب|作者)\s*[:：]\s*"
)
WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,?|\b(?:mo|di|mi|do|fr|sa|so)\b[.,]|"
    r"\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|segunda-feira|terça-feira|"
    r"quarta-feira|quinta-feira|sexta-feira|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|poniedziałek|wtorek|środa|czwartek|"
    r"piątek|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|понеділок|вівторок|середа|четвер|субота|неділя|"
    r"selasa|kamis|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|jumatatu|jumanne|jumatano|alhamisi|ijumaa|jumamosi|jumapili)\b,?|"
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    r"dec(?:ember)?)\.?\s\d{1,2}\b",
    re.IGNORECASE,
)
# A label that stands alone before a name, in an element of its own.
LABEL = re.compile(
    rf"^(?:{_TITLED}|autorin/autor|autor(?:in|en|innen|es|a|e)?|authors?|auteurs?|reporter|writer|written by|by|von|por|par|автор|"
    r"بقلم|الكاتب|كتب|نویسنده|خبرنگار|מאת|作者|記者|记者|โดย|oleh|av|af|di|door|γράφει|piše)\s*[:：]?$",
    re.IGNORECASE,
)
# The reporter in the first or last line of a Chinese, Taiwanese or Korean report: 〔記者王小明／台北報導〕, (记者 王小明), 홍길동 기자.
EASTERN = re.compile(
    r"(?:記者|记者|评论员|評論員|特派员|特派員)\s?(?P<zh>[\u4e00-\u9fff·]{2,4}(?:[、，\s][\u4e00-\u9fff·]{2,4}){0,4})\s?(?:[／/）)〕\]【]|$)"
    r"|(?:^|[\s=\[(])(?P<ko>[가-힣]{2,4})\s?(?:기자|특파원)(?![가-힣])"
)
# What follows a name and is none: roles, outlets, times.
TAIL = re.compile(
    r"\s*(?:[|•·(\[/]|[-–—]\s|\s[-–—]|,\s*(?=(?:staff|senior|chief|special|political|deputy|associate|contributing|correspondent|reporter|"
    r"editor|writer|journalist|columnist|head of|ceo|cfo|cto|redakteur|korrespondent|journaliste|corresponsal|redactor|\d|for\s|at\s|in\s|the\s|"
    r"[A-Z]{2,}\b))|\s(?:for the|is an?|was an?|is the|has been|covers|on behalf of|on (?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|"
    r"published|updated|last updated|posted|am\s\d|vom\s\d|le\s\d|el\s\d|den\s\d|at\s\d|\d{1,2}[./:]\d|\d{4})|"
    r"\s(?:기자|특파원|記者|记者|特約|報導|报道)\b|(?<=[가-힣]) (?:기자|특파원|선임기자|인턴기자|논설위원)).*$",
    re.IGNORECASE | re.DOTALL,
)
# Between the names of several people.
BETWEEN = re.compile(
    r"\s*[;|\n、，·•●፣]\s*|\s+(?:and|und|et|y|e|og|och|en|ed|&|\+|i|a|ja|és|și|şi|dhe|agus|и|та|й|і|да|және|жана|болон|και|ve|və|va|û|"
    r"dan|và|với|و|وَ|او|ۋە|اور|۽|και|և|եւ|ու|და|እና|ና|और|र|व|एवं|तथा|आणि|ও|এবং|আৰু|અને|ਅਤੇ|ଓ|மற்றும்|మరియు|ಮತ್ತು|ഒപ്പം|සහ|හා|และ|กับ|"
    r"ແລະ|និង|နှင့်|iyo)\s+|\s*&\s*|\s+/\s+|(?<=[a-z])/(?=[A-Z])",
    re.IGNORECASE,
)
# The same, and what leads to a name, in one language only: elsewhere the words are others, or parts of names.
OWN_BETWEEN = {"sl": "in", "sw": "na", "tl": "at", "ha": "da", "lv": "un", "lt": "ir", "eu": "eta", "cy": "a|ac"}
OWN_LEADS = {
    "ro": "de",
    "ca": "per",
    "sw": "na",
    "cy": "gan",
    "sq": "nga",
    "tl": "ni|nina",
    "mt": "minn",
    "is": "eftir",
    "ha": "daga",
}
# Given names that begin with the letter that is also "and" before a name in Arabic ("سامر ورنا") and Hebrew.
BEGIN_WITH_AND = frozenset(
    "وليد وائل وسام وسيم وفاء وفيق وجدي وجيه وحيد وهيب وهبة وهبي ورد وردة وداد وديع ولاء ولي ويليام وضاح واصف وصفي "
    "וואליד ויקטור ויקטוריה ויקי ולדימיר ולרי ולנטינה ויולט ורד ורדה ורה ורוניקה ויטל ויטלי וסים".split()
)
COMMA = re.compile(r"\s*[,،]\s*(?:(?:and|und|et|y|e|og|och|en|&|و)\s+)?", re.IGNORECASE)
# Not even an organisation: the desk, a role, an account that came with the software.
_ROLES = (
    r"staff|editor(?:s|ial)?|editors?|admin(?:istrator)?|adminn?|webmaster|news ?room|news ?desk|desk|team|redaktion(?:en)?|redakteur|"
    r"redaction|rédaction|redacci[oó]n|redazione|redactie|redação|redakcja|redakce|redaktionen|toimitus|redaksi(?:onen)?|szerkesztőség|"
    r"редакц\w*|ρεδακτ\w*|editör|haber merkezi|unknown|anonymous|guest|contributors?|correspondents?|reporters?|bureau|author|writer|"
    r"user|root|sponsored|advertorial|press release|pressemitteilung|wordpress|no author|publisher|undefined|null|none|"
    r"συντακτικ\w*|redaktor\w*|(?:developed|designed|powered) by"
)
_EASTERN_ROLES = (
    r"فريق|التحرير|هيئة|محرر|المحرر|وكالات|مراسل|تحریریه|گروه|سرویس|编辑部|編集部|本报|本報|편집국|온라인|מערכת"
)
ROLE = re.compile(rf"\b(?:{_ROLES})\b|{_EASTERN_ROLES}|^red\.?$", re.IGNORECASE)
# Not a person: a role, an organisation, a word of the page's furniture.
NOBODY = re.compile(
    rf"\b(?:{_ROLES}|agenc(?:y|ies|ia|ias)|agences?|agenturen|online|magazine|media|digital|"
    r"disqus|facebook|twitter|instagram|share|follow|subscribe|comments?|published|updated|read|view|photo(?:s|graph)?|getty|images|"
    r"company|inc|ltd|llc|gmbh|e\.v|datum|date|credits?|kontakt|startseite|kategorie|category|tags?|autorenseite|posted|learn more|categories|uncategorized|reviews?|forum|modified|updates?|bio|drucken|print|years|grader|veröffentlicht|artikel|beitrag|beiträge|podcast|video|home|all posts|about|contact|login)\b|"
    rf"{_EASTERN_ROLES}|^red\.?$",
    re.IGNORECASE,
)
# Words of outlets: where the site's name holds one, an author of that name is the outlet and no blogger.
OUTLET = re.compile(
    r"times|news|post\b|herald|tribune|journal|gazette|daily|press|zeitung|nachrichten|blatt|welle|kurier|presse|radio|\btv\b|"
    r"media|magazin|today|guardian|mail\b|\bstar\b|\bsun\b|chronicle|telegraph|review|report|network|group|institut|universit|"
    r"club|verein|stiftung|diario|periódico|noticias|giornale|gazzetta|corriere|dnevnik|agency|blog|agentur|online|"
    r"portal|welt|mundo|monde|figaro|expert|guide|travel|shop|studio|solutions|services|health|hotel",
    re.IGNORECASE,
)
# What can end the name of an outlet or a section of it, and hardly that of a person.
OUTLET_END = re.compile(
    r"(?:\b(?:news|times|zeitung|nachrichten|herald|tribune|gazette|chronicle|telegraph|magazine?|online|media|politics|sports?|"
    r"business|world|economy|opinion|culture|politik|wirtschaft|panorama|kultur|wissen)|\.(?:com|net|org|de|co|uk|at|ch|fr|info)\b.*|"
    r"(?:신문|일보|뉴스|방송|통신|타임스|데일리|저널|투데이|헤럴드|[가-힣]{2}경제|新聞|日報|日报|晚報|晚报|時報|时报|通信|通訊|通讯|放送|テレビ|ニュース|タイムズ))$",
    re.IGNORECASE,
)
# Where the people who did something else than write begin, and the same anywhere in a line.
OTHERS_INSIDE = re.compile(
    r"\b(?:reviewed|edited|fact.?checked|translated) by\b|\b(?:photos?|fotos?|bild(?:er)?):", re.IGNORECASE
)
OTHERS = re.compile(
    r"^(?:medically |fact.?)?(?:reviewed|edited|checked|photo|photograph|translated|illustrat|übersetz|foto|bild)",
    re.IGNORECASE,
)
# Agencies that sign for their people; kept where a page names no person.
AGENCIES = frozenset(
    "afp ap apa dpa reuters sda sid ansa efe tass xinhua kyodo jiji yonhap pti ani ians kna epd kathpress belga ntb tt ritzau stt "
    "ctk čtk pap mti aa wam spa qna mena irna isna bloomberg upi tpn anp lusa agi adnkronos ats keystone-sda cnn afp-tt "
    "رويترز أ.ف.ب أف.ب ا.ف.ب د.ب.أ أ.ب واس وام قنا سانا رويترز: רויטרס ריהאל 新华社 新華社 共同 時事 連合ニュース 연합뉴스 뉴시스 뉴스1".split()
)
PARTICLES = frozenset(
    "de da do dos das di del della delle der den des du von van vom zu zum zur ter ten te la le les el al bin ibn abu ben bint y e i "
    "und of and af av o' st mac mc jr sr ii iii dr prof mag ing phd md".split()
)
