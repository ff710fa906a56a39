"""The names of the months as newspapers write them: one column a month, alternatives by ``|``.

Folded like words are looked up (``fold_word``): lower case, no accents, one alef. The Gregorian months have several
sets of names in Arabic (Egypt and the Gulf, the Levant and Iraq, Tunisia and Algeria, Morocco), and a page may
write two of them: "3 مارس/ آذار". The same word can be another month in another language: "listopada" is October in
Croatian and November in Polish; the language of the page decides, and where it does not, the word is no month.
"""

import unicodedata
from typing import Literal, NamedTuple

Calendar = Literal["gregorian", "hijri", "jalali", "ethiopic"]


class Month(NamedTuple):
    """A month by its number in its calendar."""

    calendar: Calendar
    number: int


_GREGORIAN = {
    "en": "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sep|sept "
    "october|oct november|nov december|dec",
    "de": "januar|janner|jan|jaenner februar|feber|feb marz|maerz|mrz|mar april|apr mai juni|jun juli|jul august|aug "
    "september|sep|sept oktober|okt november|nov dezember|dez",
    "fr": "janvier|janv|jan fevrier|fevr|fev mars|mar avril|avr mai juin juillet|juil|jul aout|aou septembre|sept|sep "
    "octobre|oct novembre|nov decembre|dec",
    "es": "enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago septiembre|setiembre|sep|sept|set "
    "octubre|oct noviembre|nov diciembre|dic",
    "pt": "janeiro|jan fevereiro|fev marco|mar abril|abr maio|mai junho|jun julho|jul agosto|ago setembro|set outubro|out "
    "novembro|nov dezembro|dez",
    "it": "gennaio|gen febbraio|feb marzo|mar aprile|apr maggio|mag giugno|giu luglio|lug agosto|ago settembre|set|sett "
    "ottobre|ott novembre|nov dicembre|dic",
    "ca": "gener|gen febrer|febr|feb marc|mar abril|abr maig juny juliol|jul agost|ag setembre|set octubre|oct "
    "novembre|nov desembre|des",
    "gl": "xaneiro|xan febreiro|feb marzo|mar abril|abr maio|mai xuno|xun xullo|xul agosto|ago setembro|set "
    "outubro|out novembro|nov decembro|dec",
    "ro": "ianuarie|ian februarie|feb martie|mar aprilie|apr mai iunie|iun iulie|iul august|aug septembrie|sept|sep "
    "octombrie|oct noiembrie|noi|nov decembrie|dec",
    "nl": "januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug september|sep|sept "
    "oktober|okt november|nov december|dec",
    "af": "januarie|jan februarie|feb maart|mrt april|apr mei junie|jun julie|jul augustus|aug september|sep oktober|okt "
    "november|nov desember|des",
    "sv": "januari|jan februari|feb mars|mar april|apr maj juni|jun juli|jul augusti|aug september|sep|sept oktober|okt "
    "november|nov december|dec",
    "da": "januar|jan februar|feb marts|mar april|apr maj juni|jun juli|jul august|aug september|sep|sept oktober|okt "
    "november|nov december|dec",
    "no": "januar|jan februar|feb mars|mar april|apr mai juni|jun juli|jul august|aug september|sep|sept oktober|okt "
    "november|nov desember|des",
    "is": "januar|jan februar|feb mars|mar april|apr mai juni|jun juli|jul agust|ag september|sept oktober|okt "
    "november|nov desember|des",
    "fi": "tammikuu|tammikuuta|tammi helmikuu|helmikuuta|helmi maaliskuu|maaliskuuta|maalis huhtikuu|huhtikuuta|huhti "
    "toukokuu|toukokuuta|touko kesakuu|kesakuuta|kesa heinakuu|heinakuuta|heina elokuu|elokuuta|elo "
    "syyskuu|syyskuuta|syys lokakuu|lokakuuta|loka marraskuu|marraskuuta|marras joulukuu|joulukuuta|joulu",
    "et": "jaanuar|jaanuaril|jaan veebruar|veebruaril|veebr marts|martsil aprill|aprillil|apr mai|mail juuni|juunil "
    "juuli|juulil august|augustil|aug september|septembril|sept oktoober|oktoobril|okt november|novembril|nov "
    "detsember|detsembril|dets",
    "lt": "sausis|sausio vasaris|vasario kovas|kovo balandis|balandzio geguze|geguzes birzelis|birzelio liepa|liepos "
    "rugpjutis|rugpjucio rugsejis|rugsejo spalis|spalio lapkritis|lapkricio gruodis|gruodzio",
    "lv": "janvaris|janvari|janv februaris|februari|febr marts|marta aprilis|aprili|apr maijs|maija junijs|junija "
    "julijs|julija augusts|augusta|aug septembris|septembri|sept oktobris|oktobri|okt novembris|novembri|nov "
    "decembris|decembri|dec",
    "pl": "stycznia|styczen|sty lutego|luty|lut marca|marzec|mar kwietnia|kwiecien|kwi maja|maj czerwca|czerwiec|cze "
    "lipca|lipiec|lip sierpnia|sierpien|sie wrzesnia|wrzesien|wrz pazdziernika|pazdziernik|paz listopada|listopad|lis "
    "grudnia|grudzien|gru",
    "cs": "ledna|leden unora|unor brezna|brezen dubna|duben kvetna|kveten cervna|cerven cervence|cervenec srpna|srpen "
    "zari rijna|rijen listopadu|listopad prosince|prosinec",
    "sk": "januara|januar|jan februara|februar|feb marca|marec|mar aprila|april|apr maja|maj juna|jun jula|jul "
    "augusta|august|aug septembra|september|sep oktobra|oktober|okt novembra|november|nov decembra|december|dec",
    "sl": "januarja|januar|jan februarja|februar|feb marca|marec|mar aprila|april|apr maja|maj junija|junij|jun "
    "julija|julij|jul avgusta|avgust|avg septembra|september|sep oktobra|oktober|okt novembra|november|nov "
    "decembra|december|dec",
    "hr": "sijecnja|sijecanj|sij veljace|veljaca|velj ozujka|ozujak|ozu travnja|travanj|tra svibnja|svibanj|svi "
    "lipnja|lipanj|lip srpnja|srpanj|srp kolovoza|kolovoz|kol rujna|rujan|ruj listopada|listopad|lis "
    "studenoga|studenog|studeni|stu prosinca|prosinac|pro",
    "sr": "januar|januara|јануар|јануара|јан februar|februara|фебруар|фебруара|феб mart|marta|март|марта|мар "
    "april|aprila|април|априла|апр maj|maja|мај|маја jun|juna|јун|јуна jul|jula|јул|јула avgust|avgusta|август|августа|авг "
    "septembar|septembra|септембар|септембра|сеп oktobar|oktobra|октобар|октобра|окт novembar|novembra|новембар|новембра|нов "
    "decembar|decembra|децембар|децембра|дец",
    "hu": "januar|jan februar|febr|feb marcius|marc aprilis|apr majus|maj junius|jun julius|jul augusztus|aug "
    "szeptember|szept oktober|okt november|nov december|dec",
    "sq": "janar|jan shkurt|shk mars|mar prill|pri maj qershor|qer korrik|korr gusht|gush shtator|sht tetor|tet nentor|nen "
    "dhjetor|dhj",
    "eu": "urtarrila|urtarrilaren otsaila|otsailaren martxoa|martxoaren apirila|apirilaren maiatza|maiatzaren "
    "ekaina|ekainaren uztaila|uztailaren abuztua|abuztuaren iraila|irailaren urria|urriaren azaroa|azaroaren "
    "abendua|abenduaren",
    "cy": "ionawr|ion chwefror|chwef mawrth|maw ebrill|ebr mai mehefin|meh gorffennaf|gorff awst medi hydref|hyd "
    "tachwedd|tach rhagfyr|rhag",
    "ga": "eanair|ean feabhra|feabh marta aibrean|aib bealtaine|beal meitheamh|meith iuil lunasa|lun mean_fomhair|mfomh "
    "deireadh_fomhair|dfomh samhain|samhna|shamhna|samh nollaig|noll",
    "tr": "ocak|oca subat|sub mart|mar nisan|nis mayis|may haziran|haz temmuz|tem agustos|agu eylul|eyl ekim|eki "
    "kasim|kas aralik|ara",
    "az": "yanvar|yan fevral|fev mart|mar aprel|apr may iyun|iyn iyul|iyl avqust|avq sentyabr|sen oktyabr|okt "
    "noyabr|noy dekabr|dek",
    "uz": "yanvar fevral mart aprel may iyun iyul avgust sentyabr|sentabr oktyabr|oktabr noyabr dekabr",
    "id": "januari|jan februari|feb maret|mar april|apr mei juni|jun juli|jul agustus|agt|agu september|sep "
    "oktober|okt november|nov desember|des",
    "ms": "januari|jan februari|feb mac april|apr mei jun julai|jul ogos|ogo september|sep oktober|okt november|nov "
    "disember|dis",
    "tl": "enero|ene pebrero|peb marso|mar abril|abr mayo hunyo|hun hulyo|hul agosto|ago setyembre|set oktubre|okt "
    "nobyembre|nob disyembre|dis",
    "sw": "januari|jan februari|feb machi|mac aprili|apr mei juni|jun julai|jul agosti|ago septemba|sep oktoba|okt "
    "novemba|nov desemba|des",
    "eo": "januaro februaro marto aprilo majo junio julio augusto|aŭgusto septembro oktobro novembro decembro",
    "mt": "jannar|jan frar|fra marzu|mar april|apr mejju|mej gunju|gun lulju|lul awwissu|aww settembru|set ottubru|ott "
    "novembru|nov dicembru|dic",
    "lb": "januar|jan februar|feb maerz|marz|mae abrell|abr mee juni juli august|aug september|sep oktober|okt "
    "november|nov dezember|dez",
    "ku": "rebendan|rebendana|cile sibat|sibata adar|adara nisan|nisana gulan|gulana heziran|hezirana tirmeh|tirmeha "
    "tebax|tebaxa ilon|ilona cotmeh|cotmeha mijdar|mijdara berfanbar|berfanbara",
    "tk": "yanwar|yan fewral|few mart aprel|apr may iyun iyul awgust|awg sentyabr|sen oktyabr|okt noyabr|noy dekabr|dek",
    "so": "janaayo|jannaayo febraayo maarso abriil maayo juun luulyo ogosto|agosto sebtembar|sebteembar oktoobar "
    "noofembar|noofeembar diseembar|disembar",
    "ha": "janairu faburairu maris afirilu mayu yuni yuli agusta satumba oktoba nuwamba disamba",
    "ig": "jenuwari februwari maachi epreel mee juun julai ogoost septemba oktoba novemba disemba",
    "zu": "januwari februwari mashi ephreli meyi juni julayi agasti septhemba okthoba novemba disemba",
    "xh": "janyuwari februwari matshi epreli meyi juni julayi agasti septemba okthobha novemba disemba",
    "ru": "января|январь|янв февраля|февраль|фев|февр марта|март|мар апреля|апрель|апр мая|май|маи июня|июнь|июн июля|июль|июл "
    "августа|август|авг сентября|сентябрь|сен|сент октября|октябрь|окт ноября|ноябрь|ноя|нояб декабря|декабрь|дек",
    "uk": "сiчня|січня|січень|січ лютого|лютий|лют березня|березень|бер квітня|квітень|квіт травня|травень|трав "
    "червня|червень|черв липня|липень|лип серпня|серпень|серп вересня|вересень|вер жовтня|жовтень|жовт "
    "листопада|листопад|лист грудня|грудень|груд",
    "be": "студзеня|студзень|сту лютага|люты|лют сакавіка|сакавік|сак красавіка|красавік|кра мая|май|траўня "
    "чэрвеня|чэрвень|чэр ліпеня|ліпень|ліп жніўня|жнівень|жні верасня|верасень|вер кастрычніка|кастрычнік|кас "
    "лістапада|лістапад|ліс снежня|снежань|сне",
    "bg": "януари|яну февруари|фев март|мар април|апр май юни юли август|авг септември|сеп октомври|окт ноември|ное "
    "декември|дек",
    "mk": "јануари|јан февруари|фев март|мар април|апр мај јуни|јун јули|јул август|авг септември|септ октомври|окт "
    "ноември|ное декември|дек",
    "kk": "қаңтар|қаң ақпан|ақп наурыз|нау сәуір|сәу мамыр|мам маусым|мау шілде|шіл тамыз|там қыркүйек|қыр қазан|қаз "
    "қараша|қар желтоқсан|жел",
    "ky": "январь|янв февраль|фев март|мар апрель|апр май июнь|июн июль|июл август|авг сентябрь|сен октябрь|окт "
    "ноябрь|ноя декабрь|дек",
    "tg": "январ|январи|янв феврал|феврали|фев март|марти|мар апрел|апрели|апр май|майи июн|июни июл|июли август|августи|авг "
    "сентябр|сентябри|сен октябр|октябри|окт ноябр|ноябри|ноя декабр|декабри|дек",
    "mn": "нэгдүгээр хоёрдугаар гуравдугаар дөрөвдүгээр тавдугаар зургаадугаар|зургадугаар долоодугаар|долдугаар наймдугаар "
    "есдүгээр аравдугаар арваннэгдүгээр|арван_нэгдүгээр арванхоёрдугаар|арван_хоёрдугаар",
    "el": "ιανουαριου|ιανουαριος|ιαν φεβρουαριου|φεβρουαριος|φεβ|φεβρ μαρτιου|μαρτιος|μαρ|μαρτ απριλιου|απριλιος|απρ "
    "μαιου|μαιος|μαι|μαϊ ιουνιου|ιουνιος|ιουν ιουλιου|ιουλιος|ιουλ αυγουστου|αυγουστος|αυγ σεπτεμβριου|σεπτεμβριος|σεπ|σεπτ "
    "οκτωβριου|οκτωβριος|οκτ νοεμβριου|νοεμβριος|νοε|νοεμ δεκεμβριου|δεκεμβριος|δεκ",
    "hy": "հունվարի|հունվար|հնվ փետրվարի|փետրվար|փտվ մարտի|մարտ|մրտ ապրիլի|ապրիլ|ապր մայիսի|մայիս|մյս հունիսի|հունիս|հնս "
    "հուլիսի|հուլիս|հլս "
    "օգոստոսի|օգոստոս|օգս սեպտեմբերի|սեպտեմբեր|սեպ հոկտեմբերի|հոկտեմբեր|հոկ նոյեմբերի|նոյեմբեր|նոյ դեկտեմբերի|դեկտեմբեր|դեկ",
    "ka": "იანვარი|იანვარს|იან თებერვალი|თებერვალს|თებ მარტი|მარტს|მარ აპრილი|აპრილს|აპრ მაისი|მაისს|მაი ივნისი|ივნისს|ივნ "
    "ივლისი|ივლისს|ივლ აგვისტო|აგვისტოს|აგვ სექტემბერი|სექტემბერს|სექ ოქტომბერი|ოქტომბერს|ოქტ ნოემბერი|ნოემბერს|ნოე "
    "დეკემბერი|დეკემბერს|დეკ",
    "he": "ינואר|ינו פברואר|פבר מרץ|מרס אפריל|אפר מאי יוני יולי אוגוסט|אוג ספטמבר|ספט אוקטובר|אוק נובמבר|נוב דצמבר|דצמ",
    # Arabic: Egypt and the Gulf | the Levant and Iraq | Tunisia and Algeria | Morocco | Mauritania, Libya, spellings
    "ar": "يناير|جانفي|ينّاير|كانون_الثاني|كانون_ثان|كانون_ثاني|ينائر فبراير|شباط|فيفري|فبرائر مارس|اذار|مارث "
    "ابريل|نيسان|افريل|ابرايل مايو|ايار|ماي|ماى يونيو|يونيه|حزيران|جوان|يونية يوليو|يوليه|تموز|جويلية|جويليه|يوليوز|يولية "
    "اغسطس|اب|اوت|غشت|اغشت سبتمبر|ايلول|شتنبر|سبتمر اكتوبر|تشرين_الاول|تشرين_اول|اكتوبير "
    "نوفمبر|تشرين_الثاني|تشرين_ثان|تشرين_ثاني|نونبر|نوفمبير ديسمبر|كانون_الاول|كانون_اول|دجنبر|ديسمبير",
    "fa": "ژانویه فوریه مارس اوریل|اپریل مه|می|مي ژوئن|ژوین|جون ژوئیه|جولای|ژوییه اوت|اگوست|اگست سپتامبر|سپتمبر اکتبر|اکتوبر "
    "نوامبر|نومبر دسامبر|دسمبر",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی|جولایی اگست ستمبر اکتوبر نومبر دسمبر",
    "ps": "جنوري|جنوری فبروري|فبروری|فېبروري مارچ|مارچي اپریل مۍ|مئ جون جولای اګست|اګسټ سپتمبر|سپټمبر|سېپتمبر اکتوبر|اکټوبر نومبر ډسمبر|دسمبر",
    # Kurdish and Uyghur of Arabic script; in Kurdish with the ending that ties the year to it, too ("تشرینی دووەمی").
    "ckb": "کانوونی_دووەم|کانونی_دووەم|کانوونی_دووەمی شوبات|شوباتی ئازار|ئادار|ئازاری نیسان|نیسانی ئایار|ئایاری "
    "حوزەیران|حوزەیرانی تەمموز|تەممووز|تەمووز|تەممووزی|تەمووزی ئاب|ئابی ئەیلوول|ئەیلوولی تشرینی_یەکەم|تشرینی_یەکەمی "
    "تشرینی_دووەم|تشرینی_دووەمی کانوونی_یەکەم|کانونی_یەکەم|کانوونی_یەکەمی",
    "ug": "يانۋار فېۋرال مارت ئاپرېل ماي ئىيۇن ئىيۇل ئاۋغۇست سېنتەبىر ئۆكتەبىر نويابىر دېكابىر",
    "sd": "جنوري فيبروري مارچ اپريل مئي جون جولاء|جولاءِ|جولائي آگسٽ سيپٽمبر آڪٽوبر نومبر ڊسمبر",
    "hi": "जनवरी|जन फरवरी|फ़रवरी|फर|फ़र मार्च अप्रैल|अप्रेल मई जून जुलाई|जुल अगस्त|अग सितंबर|सितम्बर|सित अक्टूबर|अक्तूबर|अक्टू नवंबर|नवम्बर|नव "
    "दिसंबर|दिसम्बर|दिस",
    "mr": "जानेवारी|जाने फेब्रुवारी|फेब्रु मार्च एप्रिल|एप्रि मे जून जुलै ऑगस्ट|ऑग सप्टेंबर|सप्टें ऑक्टोबर|ऑक्टो नोव्हेंबर|नोव्हें डिसेंबर|डिसें",
    "ne": "जनवरी फेब्रुअरी मार्च अप्रिल मे जुन जुलाई अगस्ट सेप्टेम्बर अक्टोबर नोभेम्बर डिसेम्बर",
    "bn": "জানুয়ারি|জানুয়ারী|জানু ফেব্রুয়ারি|ফেব্রুয়ারী|ফেব্রু|ফেব মার্চ এপ্রিল|এপ্রি মে জুন জুলাই|জুল "
    "আগস্ট|আগষ্ট|অগস্ট|আগ সেপ্টেম্বর|সেপ্টে|সেপ অক্টোবর|অক্টো নভেম্বর|নভে ডিসেম্বর|ডিসে",
    "as": "জানুৱাৰী|জানু ফেব্ৰুৱাৰী|ফেব্ৰু মাৰ্চ এপ্ৰিল মে’|মে জুন জুলাই আগষ্ট|আগ ছেপ্তেম্বৰ|ছেপ্টেম্বৰ|ছেপ্তে অক্টোবৰ|অক্টো "
    "নৱেম্বৰ|নৱে ডিচেম্বৰ|ডিচে",
    "or": "ଜାନୁଆରୀ|ଜାନୁଆରି ଫେବୃଆରୀ|ଫେବ୍ରୁଆରୀ|ଫେବୃଆରି ମାର୍ଚ୍ଚ ଅପ୍ରେଲ|ଏପ୍ରିଲ ମଇ|ମେ ଜୁନ|ଜୁନ୍ ଜୁଲାଇ ଅଗଷ୍ଟ ସେପ୍ଟେମ୍ବର ଅକ୍ଟୋବର ନଭେମ୍ବର ଡିସେମ୍ବର",
    "gu": "જાન્યુઆરી|જાન્યુ ફેબ્રુઆરી|ફેબ્રુ માર્ચ એપ્રિલ મે જૂન જુલાઈ ઓગસ્ટ|ઑગસ્ટ|ઓગષ્ટ સપ્ટેમ્બર|સપ્ટે ઓક્ટોબર|ઑક્ટોબર|ઑક્ટો "
    "નવેમ્બર|નવે ડિસેમ્બર|ડિસે",
    "pa": "ਜਨਵਰੀ|ਜਨ ਫ਼ਰਵਰੀ|ਫਰਵਰੀ|ਫ਼ਰ ਮਾਰਚ ਅਪ੍ਰੈਲ|ਅਪ੍ਰੈ ਮਈ ਜੂਨ ਜੁਲਾਈ|ਜੁਲਾ ਅਗਸਤ|ਅਗ ਸਤੰਬਰ|ਸਤੰ ਅਕਤੂਬਰ|ਅਕਤੂ ਨਵੰਬਰ|ਨਵੰ ਦਸੰਬਰ|ਦਸੰ",
    "ta": "ஜனவரி|ஜன பிப்ரவரி|பெப்ரவரி|பிப் மார்ச்|மார் ஏப்ரல்|ஏப் மே ஜூன் ஜூலை ஆகஸ்ட்|ஆக செப்டம்பர்|செப் அக்டோபர்|ஒக்டோபர்|அக் "
    "நவம்பர்|நவ டிசம்பர்|டிச",
    "te": "జనవరి|జన ఫిబ్రవరి|ఫిబ్ర మార్చి ఏప్రిల్|ఏప్రి మే జూన్ జులై|జూలై ఆగస్టు|ఆగస్ట్|ఆగ సెప్టెంబర్|సెప్టెంబరు|సెప్టెం "
    "అక్టోబర్|అక్టోబరు|అక్టో నవంబర్|నవంబరు|నవం డిసెంబర్|డిసెంబరు|డిసెం",
    "kn": "ಜನವರಿ|ಜನ ಫೆಬ್ರವರಿ|ಫೆಬ್ರುವರಿ|ಫೆಬ್ರ ಮಾರ್ಚ್ ಏಪ್ರಿಲ್|ಏಪ್ರಿ ಮೇ ಜೂನ್ ಜುಲೈ ಆಗಸ್ಟ್|ಆಗ ಸೆಪ್ಟೆಂಬರ್|ಸೆಪ್ಟೆಂ ಅಕ್ಟೋಬರ್|ಅಕ್ಟೋ ನವೆಂಬರ್|ನವೆಂ ಡಿಸೆಂಬರ್|ಡಿಸೆಂ",
    "ml": "ജനുവരി|ജനു ഫെബ്രുവരി|ഫെബ്രു മാർച്ച്|മാര്‍ച്ച്|മാർ ഏപ്രിൽ|ഏപ്രില്‍|ഏപ്രി മേയ്|മെയ് ജൂൺ|ജൂണ്‍ ജൂലൈ|ജൂലായ് "
    "ഓഗസ്റ്റ്|ആഗസ്റ്റ്|ഓഗ സെപ്റ്റംബർ|സെപ്റ്റംബര്‍|സെപ്റ്റം ഒക്ടോബർ|ഒക്ടോബര്‍|ഒക്ടോ നവംബർ|നവംബര്‍|നവം "
    "ഡിസംബർ|ഡിസംബര്‍|ഡിസം",
    "si": "ජනවාරි|ජන පෙබරවාරි|පෙබ මාර්තු අප්‍රේල් මැයි ජූනි ජූලි අගෝස්තු|අගෝ සැප්තැම්බර්|සැප් ඔක්තෝබර්|ඔක් නොවැම්බර්|නොවැ දෙසැම්බර්|දෙසැ",
    "th": "มกราคม|ม.ค กุมภาพันธ์|ก.พ มีนาคม|มี.ค เมษายน|เม.ย พฤษภาคม|พ.ค มิถุนายน|มิ.ย กรกฎาคม|ก.ค สิงหาคม|ส.ค "
    "กันยายน|ก.ย ตุลาคม|ต.ค พฤศจิกายน|พ.ย ธันวาคม|ธ.ค",
    "lo": "ມັງກອນ|ມ.ກ ກຸມພາ|ກ.ພ ມີນາ|ມ.ນ ເມສາ|ມ.ສ ພຶດສະພາ|ພ.ພ ມິຖຸນາ|ມິ.ຖ ກໍລະກົດ|ກ.ລ ສິງຫາ|ສ.ຫ ກັນຍາ|ກ.ຍ "
    "ຕຸລາ|ຕ.ລ ພະຈິກ|ພ.ຈ ທັນວາ|ທ.ວ",
    "km": "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ",
    "my": "ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ",
    "am": "ጃንዩወሪ|ጃንዋሪ|ጃን ፌብሩወሪ|ፌብሩዋሪ|ፌብ ማርች ኤፕሪል|ኤፕሪ ሜይ ጁን ጁላይ ኦገስት|ኦገስ ሴፕቴምበር|ሴፕቴ ኦክቶበር|ኦክቶ ኖቬምበር|ኖቬም ዲሴምበር|ዲሴም",
}

# Umm al-Qura months; the year that stands by them is 13xx to 15xx.
_HIJRI = {
    "ar": "محرم|المحرم صفر ربيع_الاول|ربيع_اول ربيع_الاخر|ربيع_الثاني|ربيع_ثاني|ربيع_ثان|ربيع_اخر "
    "جمادي_الاولي|جمادي_الاول|جمادي_اول|جماد_الاول|جماد_الاولي|جمادي_اولي "
    "جمادي_الاخره|جمادي_الثانيه|جمادي_الاخر|جمادي_الثاني|جمادي_ثاني|جماد_الثاني|جماد_الاخر|جماد_الاخره|جمادي_الثان "
    "رجب شعبان رمضان شوال ذي_القعده|ذو_القعده|ذوالقعده|ذيالقعده|القعده ذي_الحجه|ذو_الحجه|ذوالحجه|ذيالحجه|الحجه",
    "en": "muharram safar rabi_al-awwal rabi_al-thani|rabi_al-akhir jumada_al-awwal|jumada_al-ula "
    "jumada_al-thani|jumada_al-akhirah rajab shaban|sha'ban ramadan|ramadhan shawwal dhu_al-qidah|dhul_qadah "
    "dhu_al-hijjah|dhul_hijjah",
}

# Solar Hijri months: Iran, then the names of Afghanistan and of Kurdish.
_JALALI = {
    "fa": "فروردین|حمل اردیبهشت|ثور خرداد|جوزا تیر|سرطان مرداد|امرداد|اسد شهریور|سنبله مهر|میزان ابان|عقرب اذر|قوس "
    "دی|جدی بهمن|دلو اسفند|حوت",
    "ps": "وری غویی غبرګولی چنګاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب",
}

# The thirteen months of Ethiopia and Eritrea, from the eleventh of September on.
_ETHIOPIC = {
    "am": "መስከረም ጥቅምት ኅዳር|ህዳር|ሕዳር ታኅሣሥ|ታህሳስ|ታኅሳስ|ታሕሳስ ጥር የካቲት መጋቢት ሚያዝያ|ሚያዚያ ግንቦት ሰኔ ሐምሌ|ሀምሌ|ሃምሌ "
    "ነሐሴ|ነሀሴ|ነሃሴ ጳጉሜን|ጳጉሜ|ጷጉሜን",
    "ti": "መስከረም ጥቅምቲ ሕዳር ታሕሳስ ጥሪ ለካቲት መጋቢት ሚያዝያ ጉንበት|ግንቦት ሰነ ሓምለ ነሓሰ ጳጉሜን|ጳጉሜ",
}

# Letters that are written one for another, folded to the first: alef, ya, kaf, ha; then Latin letters without accent.
_SAME = {"ا": "ٱ", "ي": "ىیې", "ك": "کګ", "ه": "ةەھہۃ", "i": "ı", "l": "ł", "o": "ø", "d": "đ", "ss": "ß"}
_LETTERS = {ord(variant): letter for letter, variants in _SAME.items() for variant in variants}


def fold_word(word: str) -> str:
    """Return the form in which words of dates are compared: lower case, no accents or marks, one alef, one ya."""
    lowered = word.casefold()
    if lowered.isascii():
        return lowered
    bare = "".join(char for char in unicodedata.normalize("NFKD", lowered) if not _is_mark(char))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


def _is_mark(char: str) -> bool:
    """Tell accents, Hebrew points and Arabic vowels, tatweel and joiners. The vowel signs of Indic scripts are spelling."""
    return (
        "\u0300" <= char <= "\u036f"
        or "\u0591" <= char <= "\u05c7"
        or "\u064b" <= char <= "\u065f"
        or char in "\u0670\u0640\u200c\u200d"
    )


def _lookup() -> dict[str, dict[str, Month]]:
    """Return, for each folded name, the month that it is in each language that has it."""
    names: dict[str, dict[str, Month]] = {}
    tables: tuple[tuple[Calendar, dict[str, str]], ...] = (
        ("gregorian", _GREGORIAN),
        ("hijri", _HIJRI),
        ("jalali", _JALALI),
        ("ethiopic", _ETHIOPIC),
    )
    for calendar, table in tables:
        for language, columns in table.items():
            for number, alternatives in enumerate(columns.split(), 1):
                for name in alternatives.split("|"):
                    key = fold_word(name.replace("_", " ").replace(".", ""))
                    names.setdefault(key, {}).setdefault(language, Month(calendar, number))
    return names


MONTHS = _lookup()
# Two names of the Levant and of Hijri and Kurdish months are two words; their first words, to look for the second.
FIRST_WORDS = frozenset(name.split()[0] for name in MONTHS if " " in name)


def month_of(name: str, language: str = "") -> Month | None:
    """Return the month that ``name`` (folded, see ``fold_word``) is; None if it is none, or another one by language.

    ``language`` is the primary subtag of the page's language, "" if unknown.
    """
    meanings = MONTHS.get(name)
    if meanings is None:
        return None
    if language in meanings:
        return meanings[language]
    different = set(meanings.values())
    return different.pop() if len(different) == 1 else None
