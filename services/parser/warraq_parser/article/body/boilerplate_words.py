"""Phrases of the trade in many languages, as data: what sites write beside an article, never an article's own words.

Add a phrase to the table of its kind; upper case, vowel marks, hamza and punctuation do not matter.
"""

from typing import Final

# A line that begins so leads elsewhere, whatever follows ("Read also: …").
BEGINNINGS: Final[dict[str, str]] = {
    "en": (
        "enjoy additional articles per month|get email updates from|this entry was posted|if you enjoyed reading this|"
        "spotted a mistake|from our partner|if you found the reporting|please consider|please follow and like|"
        "must read |this site is best viewed|publish news of your|watch latest|stock quotes delayed|"
        "images may be subject to|we welcome your|to reach the reporter|contact reporter|a note about relevant|"
        "read also|also read|read more|read next|see also|related:|related article|related stor|related topics|"
        "more on this|more from|recommended:|recommended reading|you may also like|you might also like|"
        "you may like|trending:|click here to|sign up|subscribe to|subscribe now|subscribe for|subscribe today|"
        "join our newsletter|join our mailing|join our telegram|join our whatsapp|follow us|follow me on|"
        "like us on|share this|share your thoughts|share the post|get the latest|get our|get breaking|"
        "download our app|download the app|leave a comment|leave a reply|post a comment|comments are closed|"
        "join the conversation|this article was originally published|this story was originally|"
        "this post was originally|originally published|first published|this article first appeared|photo by|"
        "photo credit|photo:|image credit|image:|image source|picture:|credit:|credits:|source:|sources:|via:|© |"
        "all rights reserved|advertisement|sponsored|sponsored content|article continues below|"
        "story continues below|content continues below|continue reading|tap here|watch:|watch now|watch more|"
        "listen:|listen now|listen to this article|listen to the article|filed under|tagged with|tagged:|tags:|"
        "tags |topics:|categories:|category:|posted in|posted by|posted on|published on|last updated|updated on|"
        "reviewed by|written by|edited by|reporting by|editing by|compiled by|about the author|print this|"
        "email this|table of contents|on this page|jump to|skip to|back to top|view all|see all|show more|"
        "load more|we may earn|we may receive|when you buy through|if you purchase|as an amazon associate|"
        "this post may contain|this post contains|this article contains affiliate|this article may contain|"
        "this content is provided|affiliate disclosure|disclosure:|have a story|have a tip|got a tip|got a story|"
        "contact the author|contact our|enter your email|your email address|by signing up|by subscribing|"
        "by clicking|by submitting|please enable|please subscribe|already a subscriber|create an account|"
        "register now|register /|log in to|login to|to continue reading|this is a premium|this content is only|"
        "support our|donate now|donate to|become a member|minute read|min read|reading time|estimated reading|"
        "notify me|we apologize|try refreshing|did you find|was this article|was this page|was this helpful|"
        "rate this|help us improve|our terms of use|terms of service|cookie policy|this website uses|"
        "this site uses|we use cookies|featured image|header image|cover image|main image|editor's note: this"
    ),
    "de": (
        "lesen sie auch|lesen sie hier|lesen sie dazu|lesen sie mehr|lesen sie weiter|lesen sie jetzt|"
        "auch interessant|auch spannend|mehr zum thema|mehr dazu|mehr aus|mehr news|mehr nachrichten|"
        "das könnte sie|das könnte dich|weitere artikel|weitere nachrichten|weitere themen|weitere videos|"
        "weitere infos|weiterlesen|weiter lesen|zum thema:|zum thema |passend dazu|siehe auch|newsletter|"
        "jetzt anmelden|jetzt abonnieren|jetzt kostenlos|melden sie sich|abonnieren sie|folgen sie uns|folgt uns|"
        "folge uns|teilen sie|artikel teilen|diesen artikel|artikel drucken|drucken|kommentare|"
        "kommentar schreiben|kommentieren|schreiben sie uns|ihre meinung|anzeige|werbung|foto:|fotos:|bild:|"
        "bilder:|bildquelle|quelle:|quellen:|© |stand:|aktualisiert am|aktualisiert:|veröffentlicht am|"
        "veröffentlicht:|erschienen am|von redaktion|autor:|autorin:|redaktion:|hinweis der redaktion|"
        "zur startseite|zurück zur|nach oben|inhaltsverzeichnis|inhalt:|schlagworte|schlagwörter|externer inhalt|"
        "an dieser stelle|empfohlener redaktioneller inhalt|empfohlener externer|mit ihrer zustimmung|"
        "ich bin damit einverstanden|wir benötigen ihre|sie können sich jederzeit|hat ihnen dieser artikel|"
        "sie haben noch kein|sie sind bereits|jetzt weiterlesen|mit dem abo|sendung:|"
        "über dieses thema berichtete|dieses thema im programm|dieser artikel ist|dieser artikel erschien|"
        "dieser text"
    ),
    "fr": (
        "vous aimerez aussi|ces articles peuvent|ces articles pourraient|nos suggestions|sur le même thème|"
        "vos réactions|les commentaires sont modérés|lire aussi|à lire aussi|à lire également|a lire aussi|"
        "lire également|lire la suite|à voir aussi|voir aussi|sur le même sujet|à découvrir|pour aller plus loin|"
        "nos articles|inscrivez-vous|abonnez-vous|s'abonner|suivez-nous|suivez nous|partager|partagez|newsletter|"
        "recevez|publicité|crédit photo|crédits|photo :|photo:|© |source :|source:|publié le|mis à jour|"
        "temps de lecture|la rédaction|commentaires|laisser un commentaire|réagir|cet article|article réservé|"
        "la suite est réservée|il vous reste|contenu réservé|déjà abonné|retour à|sommaire|mots-clés|voir plus|"
        "en savoir plus"
    ),
    "es": (
        "lee más|seguí leyendo|seguir leyendo|podés leer|también podés leer|te recomendamos|le recomendamos|"
        "sigue nuestro canal|lea también|lea además|lee también|leer también|lea más|leer más|le puede interesar|"
        "te puede interesar|también te puede|quizás te interese|además:|noticias relacionadas|"
        "artículos relacionados|más información|más noticias|ver más|vea también|ver también|mira también|"
        "suscríbete|suscríbase|síguenos|síganos|regístrate|compartir|comparte|newsletter|boletín|recibe|"
        "publicidad|foto:|fotos:|fotografía:|imagen:|fuente:|con información de|© |actualizado|publicado|"
        "redacción|comentarios|deja un comentario|deja tu comentario|este artículo|contenido exclusivo|"
        "inicia sesión|etiquetas|temas:|archivado en|sigue leyendo|únete"
    ),
    "pt": (
        "continua depois da publicidade|relacionadas|siga nosso|siga-nos|participe do nosso canal|"
        "entre no nosso canal|matérias relacionadas|veja mais|leia também|leia mais|leia ainda|veja também|"
        "saiba mais|notícias relacionadas|assine|inscreva-se|siga o|compartilhe|compartilhar|receba|publicidade|"
        "foto:|crédito|imagem:|fonte:|publicado em|atualizado em|comentários|deixe um comentário|deixe seu|tags:|"
        "clique aqui|continua após"
    ),
    "it": (
        "leggi pure|guarda pure|scopri di più|seguici sui|segui il canale|ti consigliamo|leggi anche|leggi tutto|"
        "leggi di più|potrebbe interessarti|ti potrebbe interessare|approfondisci|articoli correlati|vedi anche|"
        "guarda anche|iscriviti|abbonati|seguici|condividi|newsletter|pubblicità|foto:|fonte:|pubblicato il|"
        "aggiornato il|riproduzione riservata|© riproduzione|commenti|lascia un commento|tag:|argomenti:"
    ),
    "nl": (
        "alle rechten voorbehouden|meld je aan voor|ook interessant|tekst loopt door onder|"
        "artikel gaat verder onder|het artikel gaat verder|lees ook|lees meer|lees verder|bekijk ook|zie ook|"
        "meer over|gerelateerd|schrijf je in|abonneer|volg ons|deel dit|advertentie|foto:|beeld:|bron:|reacties|"
        "reageer|dit artikel"
    ),
    "scandinavian": (
        "alla rättigheter förbehållna|relaterade artiklar|artikeln fortsätter|alle rettigheder forbehold|"
        "alle rettigheter forbehold|"
        "relaterede artikler|relaterte artikler|del artiklen|del artikkelen|del saken|del på facebook|"
        "dela på facebook|se også|artiklen fortsætter|artikkelen fortsetter|saken fortsetter|anmäl dig till|"
        "tilmeld dig|meld deg på|meld dig til|seuraa meitä|kaikki oikeudet|juttu jatkuu|aiheesta lisää|"
        "jaa artikkeli|tilaa meidän|tilaa uutiskirje|vi ønsker en åben|allerede bruger|läs också|läs även|"
        "läs mer|läs hela|mer om|följ oss|prenumerera|dela artikel|annons|foto:|bild:|uppdaterad|publicerad|"
        "les også|les mer|les hele|følg oss|abonner|annonse|oppdatert|publisert|læs også|læs mere|følg os|"
        "annonce|opdateret|offentliggjort|lue myös|lue lisää|katso myös|mainos|kuva:|julkaistu|päivitetty"
    ),
    "slavic": (
        "похожие статьи|похожие материалы|нашли опечатку|заметили ошибку|выделите текст|нажмите ctrl|"
        "присоединяйтесь к|усі права захищен|схожі статті|матеріали по темі|матеріали за темою|читайте також|"
        "слідкуйте за|стежте за нами|приєднуйтесь до|помітили помилку|знайшли помилку|поділитися|"
        "podobne artykuły|polecamy także|polecamy również|polecamy też|dalszy ciąg materiału|dalsza część tekstu|"
        "dalszą część artykułu|polub nas|dołącz do nas|všechna práva vyhrazena|související články|"
        "související témata|mohlo by vás zajímat|mohlo by vás zaujímať|článek pokračuje|súvisiace články|"
        "všetky práva|использование материалов|для читателей:|признаны террористическими|"
        "признаны экстремистскими|все материалы|* организац|читайте также|читайте еще|читайте ещё|читать также|"
        "читать далее|читать ещё|смотрите также|подписывайтесь|подпишитесь|подписаться|поделиться|следите за|"
        "фото:|источник:|реклама|по теме|материалы по теме|комментарии|теги:|обсудить|оставить комментарий|"
        "нашли ошибку|підписуйтесь|підпишіться|дивіться також|реклама:|джерело:|czytaj także|czytaj też|"
        "czytaj więcej|czytaj również|zobacz także|zobacz też|zobacz również|przeczytaj też|zapisz się|"
        "obserwuj nas|udostępnij|reklama|źródło:|fot.|čtěte také|čtěte více|přečtěte si|sledujte nás|sdílet|"
        "zdroj:|čítajte aj|prečítajte si|čitajte i|pročitajte i|pročitajte još|прочетете още|вижте още|"
        "четете още"
    ),
    "other-latin": (
        "ilgili haberler|ilgili haber|bizi takip|bizi twitter|bizi facebook|bizi instagram|tüm hakları saklıdır|"
        "haberin devamı için|bültenimize|urmărește-ne|toate drepturile rezervate|articole similare|"
        "articole recomandate|vezi și|vezi şi|citește și|te-ar putea interesa|ți-ar putea plăcea|kövessen minket|"
        "kövess minket|minden jog fenntartva|ez is érdekel|ajánlott cikk|iratkozzon fel|a cikk folytatódik|"
        "hak cipta dilindungi|artikel terkait|berita terkait|lihat juga|gabung di channel|gabung di kanal|"
        "ikuti berita|scroll to continue|baca artikel lainnya|bài viết liên quan|tin liên quan|"
        "tin cùng chuyên mục|mời bạn đọc|mời độc giả|mời quý độc giả|chia sẻ|quảng cáo|đăng ký nhận|"
        "ilginizi çekebilir|bunlar da ilginizi|haberin devamı|ayrıca okuyun|abone ol|takip edin|paylaş|reklam|"
        "kaynak:|yorumlar|olvassa el|olvasd el|kapcsolódó|iratkozz fel|hirdetés|forrás:|citeşte şi|citește mai|"
        "abonează-te|urmăriți-ne|sursa:|baca juga|baca selengkapnya|simak juga|ikuti kami|sumber:|iklan|xem thêm|"
        "đọc thêm|theo dõi|nguồn:|ảnh:|soma zaidi|soma pia|skaitykite taip pat|taip pat skaitykite|"
        "prenumeruokite"
    ),
    "el": (
        "με επιφύλαξη παντός|μοιραστείτε|διαβάστε ακόμη|διαβαστε ακομη|διαβαστε ακομα|δειτε επισης|ακολουθηστε|"
        "διαβάστε όλες|διαβάστε επίσης|διαβαστε επισης|διαβάστε ακόμα|διαβάστε περισσότερα|δείτε επίσης|"
        "δείτε ακόμη|σχετικά άρθρα|ακολουθήστε|εγγραφείτε|πηγή:|διαφήμιση|σχόλια"
    ),
    "ar": (
        "اقرا ايضا|اقرا المزيد|اقرا ايضًا|اقرا كذلك|إقرا|طالع ايضا|شاهد ايضا|شاهد المزيد|شاهد|اقرئي ايضا|"
        "اقرئي المزيد|ذات صلة|مواضيع ذات|مقالات ذات|اخبار ذات|موضوعات ذات|اخبار متعلقة|مواضيع متعلقة|قد يعجبك|"
        "قد يهمك|ربما يعجبك|يمكنك ايضا|للمزيد|المزيد من|المزيد:|احدث المواد|احدث الاخبار|اخر الاخبار|"
        "الاكثر قراءة|الاكثر مشاهدة|تابعنا|تابعونا|تابعوا|لمتابعة|اشترك|اشتركوا|انضم الينا|سجل في|"
        "النشرة البريدية|نشرة|شارك هذا|شارك المقال|شارك الخبر|شاركها|مشاركة|طباعة|نسخ الرابط|رابط مختصر|"
        "حمل تطبيق|حمل التطبيق|حقوق النشر|جميع الحقوق|كل الحقوق|المصدر:|المصدر :|المصدر/|مصدر الصورة|تصوير:|"
        "الصورة:|صورة:|اعلان|إعلان|الاعلانات|تعليقات|التعليقات|اترك تعليق|اضف تعليق|الوسوم|كلمات مفتاحية|"
        "الكلمات المفتاحية|الكلمات الدلالية|وسوم:|تصنيفات|القسم:|اخر تحديث|تاريخ النشر|نشر في|كتب:|كتب :|كتبت:|"
        "بقلم:|بقلم :|تحرير:|وقت القراءة|هذا المحتوى|المقالات المنشورة|المقالات والاراء|الاراء الواردة|"
        "الاراء المنشورة|المواد المنشورة|عدد المشاهدات|عدد القراءات|كود الخبر"
    ),
    "fa": (
        "مطالب پیشنهادی|خبرهای مرتبط|لینک کوتاه خبر|برای دریافت اخبار|مطلب مرتبط|بیشتر بخوانید|بیشتر ببینید|"
        "همچنین بخوانید|بخوانید:|ببینید:|مطالب مرتبط|اخبار مرتبط|مرتبط:|انتهای پیام|کد خبر|کد مطلب|منبع:|منبع :|"
        "عکس:|لینک کوتاه|نظر شما|دیدگاه|دنبال کنید|ما را در|عضویت در|تبلیغات|آگهی|پربازدید|پربیننده|برچسب|"
        "اشتراک گذاری|به اشتراک"
    ),
    "ur": (
        "ہمیں فیس بک|ہمیں ٹوئٹر|ہمارے نیوز لیٹر|ہمارا واٹس ایپ|جملہ حقوق|شیئر کریں|ہمیں گوگل نیوز|یہ بھی پڑھیں|"
        "مزید پڑھیں|مزید پڑھیے|مزید خبریں|متعلقہ خبریں|تبصرے|اشتہار|جاری ہے|یہ بھی دیکھیں|ہمیں فالو"
    ),
    "he": (
        "קראו גם|קרא גם|קראו עוד|קרא עוד|לקריאה נוספת|כתבות נוספות|עוד בנושא|עוד בוואלה|אולי יעניין|אולי תאהבו|"
        "ראו גם|צפו גם|הרשמו|הירשמו|עקבו אחרינו|שתפו|תגובות|הוסף תגובה|צילום:|קרדיט|מקור:|פרסומת|פורסם|עודכן|"
        "כל הזכויות|תגיות|הכתבות החמות|לכתבה המלאה|הצטרפו"
    ),
    "zh": (
        "特别声明|特別聲明|免责声明|声明:|声明：|原标题|更多新聞|更多相關|下一页|下一頁|延伸阅读|延伸閱讀|"
        "相关阅读|相關閱讀|相关新闻|相關新聞|推荐阅读|推薦閱讀|更多新闻|更多精彩|更多内容|点击查看|點擊|点击进入|"
        "责任编辑|責任編輯|编辑:|编辑：|編輯|来源:|来源：|來源|作者:|作者：|记者:|图片来源|圖片來源|图源|"
        "本文来源|版权声明|版權|免責|未经授权|关注我们|關注|扫码|掃碼|扫描|分享到|分享至|评论|網友評論|广告|廣告|"
        "订阅|訂閱|不用抽|看更多|更多報導|下載|下载|返回"
    ),
    "ja": (
        "こちらの記事|次のページ|【関連|[関連|関連】|▼関連|関連記事|関連ニュース|関連リンク|関連:|関連：|"
        "あわせて読みたい|合わせて読みたい|こちらも|おすすめ記事|おすすめ|人気記事|続きを読む|もっと見る|続きは|"
        "この記事を|この記事は|この記事の|記事をシェア|シェア|ツイート|フォロー|コメント|広告|提供:|提供：|写真:|"
        "写真：|出典|無料会員|有料会員|会員登録|会員限定|ログイン|ニュースレター|メールマガジン|お申し込み|"
        "入力いただ|ご登録|ご覧頂いている記事|登録すると|ご登録ありがとう|お気に入り|残り"
    ),
    "ko": (
        "페이스북에서 팔로우|기사제보|기사 제보|저작권자|ⓒ|관련 뉴스|관련 영상|채널 추가|구독하기|관련기사|"
        "관련 기사|관련뉴스|추천기사|추천 기사|많이 본|더 보기|더보기|구독|저작권|무단 전재|무단전재|사진=|"
        "사진제공|기자 |댓글|공유하기|광고|이 기사|제보|좋아요|네이버|카카오톡"
    ),
    "indic": (
        "इसे भी पढ़ें|इसे भी देखें|हमें फेसबुक|हमारे व्हाट्सएप|व्हाट्सएप चैनल|सर्वाधिकार सुरक्षित|शेयर करें|"
        "हमसे जुड़ें|আমাদের ফেসবুক|আমাদের ইউটিউব|সর্বস্বত্ব|শেয়ার করুন|এই বিভাগের আরও|আরও খবর পড়ুন|यह भी पढ़ें|"
        "ये भी पढ़ें|और पढ़ें|यह भी देखें|ये भी देखें|संबंधित खबरें|हमें फॉलो|खबरें और भी|विज्ञापन|टिप्पणी|"
        "আরও পড়ুন|আরও দেখুন|আরো পড়ুন|বিজ্ঞাপন|মন্তব্য|সম্পর্কিত|হে বিষয়ে|મુખ્ય સમાચાર|ఇది కూడా|இதையும் படி|"
        "മറ്റ് വാര്‍ത്ത"
    ),
    "turkic": (
        "həmçinin oxuyun|həmçinin oxu|oxşar xəbərlər|bizi telegram|bizi facebook|bizi instagram|bizi izləyin|bütün hüquqlar|"
        "saytın materiallarından|mənbə:|тағы оқыңыз|оқи отырыңыз|сондай-ақ оқыңыз|ұқсас жаңалықтар|telegram арнамыз|"
        "telegram-арнамыз|арнамызға жазыл|барлық құқық|дагы окуңуз|окуй отуруңуз|shuningdek o'qing|mavzuga oid|"
        "o'xshash yangiliklar|telegram kanalimiz|barcha huquqlar|тагын укыгыз|холбоотой мэдээ|сэтгэгдэл бичих"
    ),
    "south-slavic": (
        "pročitaj još|pročitaj i|pogledajte i|povezane vijesti|povezane vesti|povezani članci|slične vijesti|slične vesti|"
        "pratite nas|prati nas|prijavite se na|prijavi se na|pretplatite se|sva prava|izvor:|tekst se nastavlja|"
        "članak se nastavlja|nastavak teksta|preuzmite aplikaciju|preuzmite našu|ostavi komentar|ostavite komentar|"
        "прочитајте и|прочитајте још|прочитај и|пратите нас|пријавите се на|сва права|извор:|оставите коментар|"
        "поврзани вести|следете не|сите права|прочети още|прочети също|прочетете и|последвайте ни|абонирайте се|"
        "всички права|източник:|снимка:|preberite tudi|preberite še|preberi tudi|beri tudi|berite tudi|preberite več|"
        "sorodne novice|sorodni članki|oglejte si tudi|spremljajte nas|sledite nam|naročite se na|vse pravice|"
        "članek se nadaljuje"
    ),
    "baltic": (
        "skaityti daugiau|skaityk taip pat|susiję straipsniai|susijusios naujienos|sekite mus|visos teisės|nuotr.|"
        "nuotrauka:|šaltinis:|lasi arī|lasiet arī|lasi vēl|lasi vairāk|lasīt vairāk|saistītie raksti|saistītās ziņas|"
        "seko mums|sekojiet mums|piesakies jaunumu|piesakies mūsu|visas tiesības|avots:|raksts turpinās|loe ka|"
        "loe lisaks|loe edasi|loe veel|vaata ka|seotud artiklid|seotud uudised|jälgi meid|liitu meie|liitu uudiskirja|"
        "kõik õigused|allikas:|artikkel jätkub|lugu jätkub"
    ),
    "other-europe": (
        "citiți și|citiţi şi|articolul continuă|sursa foto|sursă:|ez is érdekelheti|olvasta már|kövessen|nyitókép|"
        "borítókép|tuotteet ja|llegeix també|llegiu també|també et pot|segueix-nos|subscriu-te|tots els drets|le tamén|"
        "tamén che pode|todos os dereitos|irakurri ere|irakurri gehiago|eskubide guztiak|lesa meira|sjá einnig|"
        "tengdar fréttir|allur réttur|lexo edhe|lexoni edhe|lexo më shumë|të gjitha të drejtat|na ndiqni|"
        "darllenwch hefyd|darllen mwy|léigh freisin|aqra wkoll|чытайце таксама|глядзіце таксама|падпісвайцеся|"
        "կարդացեք նաև|կարդացեք նաեւ|կարդալ նաև|դիտեք նաև|առնչվող նյութեր|հետևեք մեզ|բոլոր իրավունքները|աղբյուր՝|աղբյուրը՝|"
        "լուսանկար՝|լուսանկարը՝|բաժանորդագրվեք մեր|წაიკითხეთ ასევე|ასევე წაიკითხეთ|წაიკითხეთ მეტი|იხილეთ ასევე|იხილეთ აგრეთვე|"
        "მსგავსი სიახლეები|დაკავშირებული სტატიები|გამოგვყევით|მოგვყევით|გამოიწერეთ ჩვენი|შემოგვიერთდით|ყველა უფლება|წყარო:|ფოტო:"
    ),
    "south-asia": (
        "हेही वाचा|हे ही वाचा|हे वाचलंत का|आणखी वाचा|अधिक वाचा|संबंधित बातम्या|आम्हाला फॉलो|आम्हाला गुगल|सर्व हक्क|छायाचित्र:|"
        "यो पनि पढ्नुहोस्|सम्बन्धित समाचार|आमच्या व्हॉट्स|गूगल न्यूज़ पर हमें|गूगल न्यूज पर हमें|संबंधित खबर|"
        "গুগল নিউজে আমাদের|আমাদের ফলো|আমাদের হোয়াটসঅ্যাপ|আরও খবর:|আরো খবর|"
        "આ પણ વાંચો|વધુ વાંચો|આ પણ જુઓ|સંબંધિત સમાચાર|અમને ફોલો|ਇਹ ਵੀ ਪੜ੍ਹੋ|ਹੋਰ ਪੜ੍ਹੋ|ਸਬੰਧਤ ਖ਼ਬਰ|ଏହା ମଧ୍ୟ ପଢ|ଆହୁରି ପଢ|"
        "மேலும் படிக்க|மேலும் வாசிக்க|இதையும் வாசி|தொடர்புடைய செய்தி|எங்களைப் பின்தொடர|கூகுள் நியூஸில் எங்களை|அனைத்து உரிமைகளும்|"
        "படம்:|ఇవి కూడా చదవండి|ఇది కూడా చదవండి|ఇవీ చదవండి|ఇదీ చదవండి|మరింత చదవండి|సంబంధిత వార్తలు|మమ్మల్ని ఫాలో|"
        "గూగుల్ న్యూస్‌లో మమ్మల్ని|అన్ని హక్కు|ಇದನ್ನೂ ಓದಿ|ಇದನ್ನು ಓದಿ|ಇನ್ನಷ್ಟು ಓದಿ|ಸಂಬಂಧಿತ ಸುದ್ದಿ|ನಮ್ಮನ್ನು ಫಾಲೋ|"
        "കൂടുതൽ വായിക്കുക|കൂടുതല്‍ വായിക്കുക|കൂടുതൽ വായിക്കാൻ|ഇതും വായിക്കുക|ഇതും വായിക്കൂ|ഇതുകൂടി വായിക്ക|അനുബന്ധ വാർത്ത|"
        "ഗൂഗിൾ ന്യൂസിൽ ഞങ്ങളെ|ഞങ്ങളെ പിന്തുടര|ഞങ്ങളെ ഫോളോ|എല്ലാ അവകാശങ്ങളും|තවත් කියවන්න|මෙයත් කියවන්න|අදාළ පුවත්"
    ),
    "southeast-asia": (
        "baca lagi|baca:|berita berkaitan|artikel berkaitan|ikuti saluran|muat turun aplikasi|hak cipta|dapatkan berita|"
        "dapatkan update|cek berita dan|penulis:|editor:|tin bài liên quan|"
        "basahin din|basahin pa|kaugnay na balita|sundan kami|i-follow kami|អានបន្ថែម|សូមអានបន្ត|អត្ថបទទាក់ទង|"
        "ព័ត៌មានពាក់ព័ន្ធ|ອ່ານເພີ່ມ|ຂ່າວທີ່ກ່ຽວຂ້ອງ|ဆက်လက်ဖတ်|ဆက်စပ်သတင်း|ထပ်မံဖတ်|ဆက်ဖတ်ရန်"
    ),
    "kurdish-pashto": (
        "هەروەها بخوێنەوە|زیاتر بخوێنەوە|هەواڵی پەیوەندیدار|بابەتی پەیوەندیدار|لە تێلێگرام لەگەڵ|هەموو مافێک|سەرچاوە:|وێنە:|"
        "herwiha bixwîne|دا هم ولولئ|نور ولولئ|همدا راز ولولئ|اړوند خبرونه|موږ په ټلګرام|موږ په فېسبوک|موږ تعقیب|ټول حقونه|"
        "سرچینه:|انځور:"
    ),
    "africa": (
        "soma pia|habari zinazohusiana|tufuate|jiandikishe kupokea|haki zote|chanzo:|picha:|karanta kuma|ku karanta|"
        "sidoo kale akhri|lees ook|fundani futhi|ተጨማሪ ያንብቡ|ይህንንም ያንብቡ|በተጨማሪ ያንብቡ|ተያያዥ ዜና|በቴሌግራም ይከተሉን|መብቱ በሕግ|ሁሉም መብቶች"
    ),
    "th": (
        "สงวนลิขสิทธิ์|บทความที่เกี่ยวข้อง|กดติดตาม|ข่าวอื่นๆ|อ่านข่าวเพิ่มเติม|ติดตามข่าว|อ่านเพิ่มเติม|"
        "อ่านข่าว|อ่านต่อ|ข่าวที่เกี่ยวข้อง|เรื่องที่เกี่ยวข้อง|ข่าวที่น่าสนใจ|ติดตาม|แชร์|โฆษณา|ที่มา|"
        "ขอบคุณข้อมูล|ความคิดเห็น|แท็ก"
    ),
}
# A short line that contains this is of the site, not of the article.
PARTS: Final[dict[str, str]] = {
    "en": (
        "consider making a donation|consider donating|copyright & disclaimer|support our journalism|"
        "may not be published, broadcast|earn a commission|affiliate commission|earn a small commission|"
        "our newsletter|newsletter sign|all rights reserved|terms of use|privacy policy|"
        "subscribe to our|to your inbox|in your inbox|follow us on|click here to subscribe|join our whatsapp|"
        "your browser does not|video has failed to load|to see other videos|originally appeared on|"
        "originally published|views expressed|do not necessarily reflect|not necessarily those of|"
        "opinions expressed|contributed to this report|for informational purposes only|does not constitute|"
        "already a subscriber|to view the full story|to get updates from this|"
        "as a preferred source|terms and conditions apply|unlock more articles|be used for training"
    ),
    "de": (
        "alle rechte vorbehalten|datenschutzerklärung|datenschutzrichtlinie|jetzt abonnieren|"
        "jederzeit widerruf|externe inhalte|externer inhalt|personenbezogene daten|folgen sie uns|"
        "nicht der meinung der redaktion|box aufklappen|"
        "dieser beitrag enthält|"
        "hier finden sie alle |dieser artikel enthält|nutzungsbedingungen|mit einer spende"
    ),
    "fr": (
        "tous droits réservés|politique de confidentialité|abonnez-vous|données personnelles|cet article est réservé"
    ),
    "es": (
        "todos los derechos|política de privacidad|suscríbete|síguenos en|ver comentarios|"
        "no necesariamente refleja|canal de whatsapp"
    ),
    "pt": "todos os direitos|política de privacidade|siga-nos|nosso canal|não reflete necessariamente",
    "it": "riproduzione riservata|tutti i diritti|informativa sulla privacy|iscriviti",
    "slavic": (
        "obsah vložený z jiného webu|"
        "włączonego w twojej przeglądarce|запрещены в россии|запрещена в россии|признаны экстремистскими|"
        "все права защищены|подписывайтесь на|в telegram|в телеграм|политика конфиденциальности|wszelkie prawa|"
        "wszystkie prawa|politykę prywatności|всі права"
    ),
    "ar": (
        "جميع الحقوق محفوظة|التعليقات قبل نشرها|نشر التعليقات|لا تعبر بالضرورة|لا يعبر بالضرورة|وليس بالضرورة|"
        "ولا تعبر عن راي|ولا يعبر عن|عن راي الموقع|عن راي الصحيفة|عن وجهة نظر|تعبر عن اراء كتابها|"
        "تعبر عن راي كاتبها|عبر غوغل نيوز|عبر جوجل نيوز|على تلغرام|على تليغرام|على واتساب|قناتنا على|صفحتنا على|"
        "عبر تطبيق|النشرة البريدية|سياسة الخصوصية|شروط الاستخدام|اشترك في"
    ),
    "fa": "کلیه حقوق|تمامی حقوق|ما را در تلگرام|کانال تلگرام|انتهای پیام|بازنشر",
    "he": "כל הזכויות שמורות|תנאי השימוש|מדיניות הפרטיות|הצטרפו לערוץ|הירשמו לניוזלטר",
    "zh": "版权所有|版權所有|未经授权|未經授權|不得转载|不得轉載|责任编辑|責任編輯|隐私政策|关注公众号|不代表本",
    "ja": (
        "会員の方|会員登録|マイページ|読み放題|詳しくはこちら|無断転載|無断複製|会員限定|利用規約|"
        "登録できませんでした|プライバシーポリシー|ニュースレター|メールアドレス"
    ),
    "ko": "ai 요약은|무단 전재|무단전재|재배포 금지|저작권자",
    "more": (
        "bütün hüquqlar qorun|bülletenimizə|kanalımıza abunə|kanalımızda izlə|материалдарды пайдалан|таратылымға жазыл|"
        "арнамызға жазыл|құқықтар қорғал|prijavite se na naš|njuzleter|na naš newsletter|sva prava pridrž|sva prava zadrž|"
        "sva prava zašti|na e-novice|vse pravice pridrž|всички права запаз|visos teisės saugom|visas tiesības aizsarg|"
        "kõik õigused kait|kaikki oikeudet pid|minden jog fennt|toate drepturile rez|hak cipta dilindungi|hak cipta terpelihara|"
        "բաժանորդագրվեք մեր|իրավունքները պաշտպանված|უფლება დაცულია|გამოიწერეთ ჩვენი|सर्व हक्क राखीव|सर्वाधिकार सुरक्षित|"
        "செய்திமடல|உரிமைகளும் பாதுகாக்க|న్యూస్‌లెటర్|న్యూస్ లెటర్|హక్కులూ ప్రత్యేకించ|ന്യൂസ് ലെറ്റർ|ന്യൂസ്‌ലെറ്റർ|അവകാശങ്ങളും നിക്ഷിപ്ത|"
        "نیوز لیٹر|جملہ حقوق محفوظ|هەواڵنامەکەمان|مافێک پارێزراو|خبرپاڼه کې ګډون|حقونه خوندي|"
        "ન્યૂઝલેટર|ਨਿਊਜ਼ਲੈਟਰ|ନ୍ୟୁଜଲେଟର|ಸುದ್ದಿಪತ್ರಕ್ಕೆ|ನ್ಯೂಸ್‌ಲೆಟರ್|"
        "нашиот билтен|न्युजलेटर|buletinin tonë|nostre butlletí|al teu correu|ዜና መጽሔታችን|መብቱ በሕግ የተጠበቀ|haki zote zimehifadh|jarida letu"
    ),
    # Offers of a newsletter.
    "newsletters": (
        "dans votre boîte mail|dans votre boîte de réception|dans votre boîte aux lettres|en tu correo|en su correo|"
        "en tu bandeja|en tu email|nuestro boletín|no seu e-mail|no seu email|na sua caixa de entrada|"
        "nella tua casella|nella tua email|in ihr postfach|in dein postfach|in je inbox|in uw inbox|in je mailbox|"
        "nieuwsbrief|newslettera|na twoją skrzynkę|přihlaste se k odběru|newsletteru|feliratkoz a hírlev|hírlevelünk|"
        "abonează-te la|newsletterul|nyhetsbrev|nyhedsbrev|uutiskirje|uudiskir|naujienlaišk|jaunumu vēstul|"
        "bültenimiz|bültenine|e-posta kutunuz|на рассылку|нашу рассылку|на розсилку|нашу розсилку|за нашия бюлетин|"
        "στο email σας|ενημερωτικό δελτίο|نشرتنا|بريدك الإلكتروني|خبرنامه ما|خبرنامه عضو|לניוזלטר|ישירות למייל|"
        "न्यूजलेटर|न्यूज़लेटर|নিউজলেটার|செய்திமடல்|뉴스레터|이메일로 보내|订阅每日|電子報|电子报|您的邮箱|"
        "langsung ke email|buletin kami|"
        "đăng ký nhận|bản tin của chúng tôi|จดหมายข่าว|สมัครรับข่าว|jarida letu"
    ),
}
# The whole line, and nothing else.
WHOLE: Final = (
    "notas relacionadas|artículos relacionados|contenido relacionado|zum weiterlesen|be sociable, share|"
    "noticia relacionada|noticias relacionadas|para saber más|"
    "bagikan|distribuie|publicitate|megosztás|jaa|chia sẻ|quảng cáo|paylaş|relacionadas|relatert|relaterat|"
    "heading 1|heading 2|heading 3|heading 4|heading 5|heading 6|"
    "by|share|shares|tweet|print|email|save|comment|comments|advertisement|ad|ads|related|tags|topics|more|next|"
    "previous|prev|home|menu|close|open|play|pause|read|view|continue|loading|back|follow|subscribe|login|log in|"
    "sign in|sign up|register|search|photo|photos|video|videos|gallery|image|images|source|sources|updated|"
    "published|author|authors|contributors|facebook|twitter|x|instagram|linkedin|whatsapp|telegram|pinterest|"
    "reddit|youtube|copy link|link copied|copy|placeholder image|share this article|share article|"
    "related articles|related posts|related stories|related content|related news|related topics|recommended|"
    "trending|most read|most popular|popular|latest|latest news|recent posts|you may also like|more stories|"
    "more news|editor's picks|references|footnotes|key takeaways:|teilen|drucken|merken|kommentare|mehr|weiter|"
    "zurück|anzeige|werbung|quelle|foto|bild|von|themen|partager|imprimer|suivre|publicité|compartir|imprimir|"
    "publicidad|fuente|condividi|stampa|delen|dela|del|annons|поделиться|реклама|теги|комментарии|udostępnij|"
    "شارك|مشاركة|طباعة|نسخ|تعليق|تعليقات|التعليقات|اعلان|الوسوم|المصدر|المزيد|التالي|السابق|الرئيسية|احدث المواد|"
    "احدث الاخبار|آخر الاخبار|اخر الاخبار|اقتراحات|مقترحات|موضوعات مقترحة|مواد ذات صلة|ذات صلة|اشتراک|نظرات|منبع|"
    "שתפו|תגובות|广告|廣告|评论|分享|広告|댓글|공유|광고|แชร์|"
    "not found|no comments|0 comments|leave a reply|add a comment|"
    "post comment|newsletter|newsletters|tópicos|temas|etiquetas|tagi|tagy|štítky|címkék|etichete|etiketter|"
    "avainsanat|etiketler|ετικέτες|ключевые слова|мітки|тагове|oznake|ознаке|الكلمات المفتاحية|برچسب‌ها|תגיות|"
    "टैग्स|टैग|ট্যাগ|標籤|标签|关键词|キーワード|タグ|태그|từ khóa|แท็ก|mots-clés|schlagwörter|schlagworte|parole chiave|"
    "argomenti|trefwoorden|emneord|nøkkelord|nyckelord|märksõnad|raktažodžiai|atslēgvārdi|teemad|lesen sie auch|"
    "lesen sie mehr|à lire aussi|a lire aussi|lire aussi|te puede interesar|leia também|leggi anche|lees ook|"
    "czytaj także|czytaj też|čtěte také|читайте также|читайте також|ilginizi çekebilir|اقرأ أيضا|بیشتر بخوانید|"
    "यह भी पढ़ें|आरও পড়ুন|相关阅读|相关新闻|関連記事|관련기사|baca juga|xem thêm|ข่าวที่เกี่ยวข้อง|"
    "рэклама|падзяліцца|тэгі|самае чытанае|şərhlər|şərh yaz|açar sözlər|etiketlər|ən çox oxunanlar|digər xəbərlər|жарнама|бөлісу|пікірлер|тегтер|жарнак|бөлүшүү|"
    "reklama|ulashish|сурталчилгаа|хуваалцах|сэтгэгдэл|oglas|podijeli|podeli|oznake|tagovi|najčitanije|deli|komentarji|"
    "ključne besede|najbolj brano|оглас|подели|сподели|ознаке|најчитаније|най-четени|dalintis|dalinkis|žymos|skaitomiausi|"
    "reklāma|dalīties|dalies|birkas|lasītākais|reklaam|jaga|sildid|loetumad|telli|comparteix|publicitat|auglýsing|deila|"
    "գովազդ|կիսվել|տարածել|պիտակներ|ամենաընթերցված|რეკლამა|გაზიარება|გააზიარე|თეგები|პოპულარული|გამოწერა|जाहिरात|शेअर करा|"
    "टॅग्स|प्रतिक्रिया|ਇਸ਼ਤਿਹਾਰ|જાહેરાત|શેર કરો|ବିଜ୍ଞାପନ|விளம்பரம்|பகிர்|பகிரவும்|குறிச்சொற்கள்|அதிகம் படித்தவை|ప్రకటన|షేర్ చేయండి|ట్యాగ్స్|"
    "ఎక్కువగా చదివినవి|ಜಾಹೀರಾತು|ಹಂಚಿಕೊಳ್ಳಿ|ಶೇರ್ ಮಾಡಿ|പരസ്യം|ഷെയർ ചെയ്യുക|ടാഗുകൾ|වෙළඳ දැන්වීම|ពាណិជ្ជកម្ម|ចែករំលែក|ໂຄສະນາ|ແບ່ງປັນ|"
    "ကြော်ငြာ|မျှဝေပါ|kongsi|ulasan|kata kunci|paling popular|patalastas|ibahagi|ڕیکلام|ریکلام|بەشداری پێ بکە|تاگەکان|"
    "اعلانونه|شریک کړئ|ټګونه|ډېر لوستل شوي|tangazo|matangazo|shiriki|zilizosomwa zaidi|ማስታወቂያ|አጋራ|ያጋሩ|መለያዎች|በብዛት የተነበቡ"
)
