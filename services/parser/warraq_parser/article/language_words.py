"""What tells languages apart, as data: words that every text has, and letters that only some alphabets have."""

# The words that make up a third of any text, chosen so that neighbours differ (nb "ikke … av", da "ikke … af").
_WORDS = {
    "en": "the and of to in is that for was with it as on are this be have from has not by at they which their were been will "
    "would more about when there than its said",
    "de": "der die und das ist nicht den von zu mit dem des auf für ein eine sich auch es im sind als wird aus bei nach werden "
    "einer einen oder dass wie hat noch zum über",
    "fr": "le la les des et est une du dans pour que qui sur pas par plus avec ce sont au cette mais ont aux ses son comme être "
    "nous vous leur été ces elle il",
    "es": "el la los de que y en un una las por con para del se no es su al lo como más pero fue son han este esta está sus sobre "
    "también entre ha muy años",
    "pt": "o os que e do da em um uma para com não na no dos das por mais se como foi ao são mas pelo pela também sua seu está "
    "à às isso ele ela já",
    "it": "il di che la e un una per con del della dei sono non le gli è da nel alla anche più come ha si al delle questo ma i lo "
    "dal nella essere stato",
    "nl": "de het een van en dat is niet te zijn op voor met die in aan er ook als bij door maar naar om wordt uit worden deze heeft "
    "dit nog kan meer hij zij",
    "af": "die en van in is wat nie het te dat om vir met aan op sy word hy as was ook deur kan meer hulle sal ons maar is nog daar",
    "sv": "och att det som en är på för med av inte den till ett har de om men var jag kan från eller vi när efter så vid också "
    "under nu skulle",
    "da": "og at det som en er på for med af ikke den til et har de om men var jeg kan fra eller vi når efter så ved også blev "
    "blevet efter mere mod nogle",
    "no": "og at det som en er på for med av ikke den til et har de om men var jeg kan fra eller vi når etter så ved også ble "
    "blitt etter mer mot noen",
    "is": "og að í er á sem til við um það ekki en af hann var með fyrir hefur eru þetta þess frá hún verið eftir svo þar",
    "fi": "ja on ei että se hän oli myös mutta kuin ovat joka ole jos tai niin vain mukaan sekä jotka kun olla voi tämä sitä nyt",
    "et": "ja on ei et see oma mis ka kui aga oli ta nii või ning siis selle mida kes nende juba välja eest pärast",
    "lt": "ir kad į yra iš su tai ne bei kaip bet jis buvo už apie dėl tik jau taip kuris savo nuo pat kai prie",
    "lv": "un ir ar no ka uz par kas tas arī bet pie kā lai vai nav pēc tika ja šo savu viņš bija gan jau",
    "pl": "i w na z się nie do to że jest o jak po od za ale dla przez są co był tym oraz być który także przed już ich tego",
    "cs": "a v na se je že to s do z o pro jako by ale po jeho od tak už před při které není jsou být však také podle nebo",
    "sk": "a v na sa je že to s do z o pre ako by ale po jeho od tak už pred pri ktoré nie sú byť však tiež podľa alebo aj",
    "sl": "in v na je se da za so ki z po pri tudi ne kot pa bi še ali bo iz kar od to bil s leta lahko med kako",
    "hr": "i u na je se da za su s od o koji kao ne bi to iz će ali do sam što nije po godine a sa kako ili koja tako",
    "hu": "a az és hogy nem is egy van ez meg volt de csak már mint még ki ha azt azonban lehet vagy el után szerint",
    "ro": "și de în a la cu pe nu care o din este pentru un au mai ca fi să că fost după sau prin sunt dar lui a fost",
    "sq": "të e në dhe i një për me që nga si më do është ka së janë por kjo u ku nuk duke ishte tij edhe",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi kadar sonra ne ama en olduğu göre her oldu ise değil var yıl",
    "az": "və bir bu da ki üçün ilə olan daha çox kimi sonra də edib ən isə olub görə var onun deyil",
    "id": "yang dan di dengan untuk dari ini itu pada tidak dalam akan juga oleh karena telah sebagai ada bahwa adalah mereka lebih "
    "bisa saat",
    "ms": "yang dan di dengan untuk dari ini itu pada tidak dalam akan juga oleh kerana telah sebagai ada bahawa adalah mereka lebih "
    "boleh ialah beliau",
    "tl": "ang ng sa na mga at ay ni para ito hindi kay si nang mula ayon dahil isang may kanyang siya kung",
    "vi": "và của là không có được trong cho một với những người này các đã để khi ở từ tại cũng đến về năm",
    "sw": "na ya wa kwa ni katika za la kuwa hii hiyo cha baada huo kama pia lakini ili watu alisema yake",
    "ca": "de la i el que a en les per un amb els una no del al és es més dels aquest com ha però seva també són",
    "gl": "o a de que e do da en un unha os as para non con no na por se como máis pero foi ao dos das tamén é",
    "eu": "eta da ez dira izan bat ere du zen duen egin dute beste baina horrek hori dela izango urte den",
    "cy": "y yn a i o ar mae ei wedi am gan oedd fod eu hi ond hefyd bod fel cael wrth",
    "ga": "an na agus ar a i go is le tá bhí do ag sé ní seo sin mar ach bhfuil leis",
    "mt": "u li ta f' il-  għal dan kien minn din jew biex fuq wara lil ma' kif qal",
    "eo": "la kaj de en al estas por ke ne per ĝi kun sed kiu oni pri el ankaŭ estis",
    "so": "oo iyo in ka ku waa uu ah la si ee ayaa ay loo kale ugu laga kala aan",
    "ha": "da na ya a ta ba ne ce su wannan cikin don kuma domin shi yi wani an ga",
    "zu": "ukuthi futhi kodwa uma ngoba lapho kanye njengoba nokuthi ngo kule yena khona",
    "xh": "ukuba kwaye kodwa xa ngoku kunye ukuze kuba kwi loo le ngokuba kananjalo yena",
    "st": "le ho ba ea hore ka e tsa ke o ha se a mme bakeng empa hape haholo",
    "uz": "va bilan uchun bu ham bir edi esa deb bo'lgan bo'ldi bo'yicha yil kerak emas ko'p bo'lib uning ushbu yoki haqida",
    "ku": "û ji di bi ku de jî ew wê wî her bû bûn hat dike kir gotin li",
    "lb": "an den déi mat fir net ass vun dat ech hunn awer ginn wéi sech och huet méi",
    "hi": "है के में की का और से को यह पर ने हैं कि एक भी नहीं इस लिए करने था",
    "mr": "आहे आणि च्या या की हे तर मध्ये नाही होते करण्यात त्यांनी असे आहेत येथे झाली",
    "ne": "छ र को मा का भएको गरेको हो पनि लागि ले छन् भने गर्ने नेपाल थियो थिए जना दुई गरे रहेको फेरि आएका देखि भन्ने तथा हुने यस उनले हामी छैन गर्न भएका दिए",
    "bn": "এবং ও করে এই থেকে তার এর হয় জন্য না করা তিনি একটি বলেন সঙ্গে হয়েছে",
}
WORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}

# Croatian and Serbian share nearly all of their words in Latin letters, and part by the vowel that was once "jat".
EKAVIAN = frozenset(
    "posle pre gde ovde vreme mesto deca dece dete reka reke svet svetu lepo ceo cela celu sreda nedelja nedelje nedelju "
    "videti pobeda vest vesti takođe deo delom vek hleb mleko sneg premijer opština opštine hiljada hiljade juče "
    "uvek sledeće primer primenu cena cene rešenje ko neko evropske meštani nedelju".split()
)
IJEKAVIAN = frozenset(
    "poslije prije gdje ovdje vrijeme mjesto djeca djece dijete rijeka rijeke svijet svijetu lijepo cijeli cijela cijelu srijeda "
    "nedjelja nedjelje vidjeti pobjeda vijest vijesti također dio vijek stoljeće tjedan kruh mlijeko snijeg općina "
    "općine tisuća tisuće jučer uvijek sljedeće primjer primjenu cijena cijene rješenje tko netko europske mještani".split()
)

# Letters that a language has and its neighbours in the same script have not.
LETTERS = {
    "ar": "ةيكأإىؤئً",
    "fa": "پچژگکی",
    "ur": "ٹڈڑںےھہ",
    "ps": "ټډړږښڼۍې",
    "ckb": "ێۆڕڵەڤ",
    "ug": "ېۈۋڭ",
    "sd": "ڀٻٺڄڃڦ",
    "ru": "ыэёъ",
    "uk": "іїєґ",
    "be": "ўі",
    "bg": "ъщ",
    "sr": "ђјљњћџ",
    "mk": "ѓќѕјљњџ",
    "kk": "қғұңәіһ",
    "ky": "ңөү",
    "mn": "өү",
    "tg": "ҳҷӯӣқғ",
    "tt": "җңһәөү",
}
# Scripts that one language (nearly) alone is written in: first and last code point of the block.
SCRIPTS = (
    (0x0370, 0x03FF, "el"),
    (0x1F00, 0x1FFF, "el"),
    (0x0530, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0980, 0x09FF, "bn"),
    (0x0A00, 0x0A7F, "pa"),
    (0x0A80, 0x0AFF, "gu"),
    (0x0B00, 0x0B7F, "or"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0C00, 0x0C7F, "te"),
    (0x0C80, 0x0CFF, "kn"),
    (0x0D00, 0x0D7F, "ml"),
    (0x0D80, 0x0DFF, "si"),
    (0x0E00, 0x0E7F, "th"),
    (0x0E80, 0x0EFF, "lo"),
    (0x0F00, 0x0FFF, "bo"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1200, 0x137F, "am"),
    (0x1780, 0x17FF, "km"),
    (0x0700, 0x074F, "syr"),
    (0x0780, 0x07BF, "dv"),
    (0x1100, 0x11FF, "ko"),
    (0xAC00, 0xD7AF, "ko"),
    (0x3040, 0x30FF, "ja"),
    (0x0041, 0x024F, "latin"),
    (0x1E00, 0x1EFF, "latin"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0600, 0x06FF, "arabic"),
    (0x0750, 0x077F, "arabic"),
    (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFF, "arabic"),
    (0x0900, 0x097F, "devanagari"),
    (0x3400, 0x9FFF, "han"),
    (0x20000, 0x2FFFF, "han"),
)
# The languages that share a script, the usual one first.
SHARED = {
    "arabic": ("ar", "fa", "ur", "ps", "ckb", "ug", "sd"),
    "cyrillic": ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg", "tt"),
    "devanagari": ("hi", "mr", "ne"),
}
RIGHT_TO_LEFT = frozenset("ar fa ur ps ckb ug sd he yi dv syr arc ks pnb ku-arab".split())
# What one tag calls what another calls otherwise.
SAME_LANGUAGE = {
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "nb": "no",
    "nn": "no",
    "bs": "hr",
    "sh": "hr",
    "fil": "tl",
    "cmn": "zh",
    "yue": "zh",
    "prs": "fa",
    "zh-cn": "zh",
    "mo": "ro",
    "arb": "ar",
}
# Tags that text can hardly tell from what it is taken for: the declaration is believed there.
CLOSE = frozenset(
    (
        ("hr", "bs"), ("hr", "sr"), ("sr", "hr"), ("hr", "sh"), ("no", "nn"), ("no", "nb"), ("id", "ms"), ("ms", "id"), ("da", "no"), ("no", "da"),
        ("ar", "arz"), ("he", "yi"), ("hi", "bho"), ("zh", "yue"), ("fa", "prs"), ("bn", "as"), ("cs", "sk"), ("sk", "cs"),
        ("ru", "kk"), ("ru", "ky"), ("ru", "be"), ("zu", "xh"), ("xh", "zu"), ("am", "ti"), ("ro", "mo"),
    )
)  # fmt: skip
