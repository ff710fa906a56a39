"""Words of the trade in tags, classes, ids, roles and properties, and what each says of the text there: data only."""

import re
from typing import Final


class Hint:
    """What the text of an element may be: bits of a plain int, combined a thousand times a page."""

    NONE: Final = 0
    BODY: Final = 1 << 0  # named as the body of the article
    ARTICLE: Final = 1 << 1  # named as the article as a whole
    NAVIGATION: Final = 1 << 2
    RELATED: Final = 1 << 3  # related, most read, teasers, recommendations
    SHARE: Final = 1 << 4
    COMMENTS: Final = 1 << 5
    NEWSLETTER: Final = 1 << 6  # newsletter, subscription, registration
    PAYWALL: Final = 1 << 7
    AUTHOR: Final = 1 << 8
    META: Final = 1 << 9  # dates, counters, reading time
    TAGS: Final = 1 << 10
    CAPTION: Final = 1 << 11
    ADVERT: Final = 1 << 12
    FOOTER: Final = 1 << 13
    ASIDE: Final = 1 << 14
    COOKIES: Final = 1 << 15
    HIDDEN: Final = 1 << 16
    WIDGET: Final = 1 << 17
    DISCLAIMER: Final = 1 << 18
    FORM: Final = 1 << 19
    HEADER: Final = 1 << 20
    LEAD: Final = 1 << 21  # standfirst, summary
    TITLE: Final = 1 << 22
    CONTENTS: Final = 1 << 23  # table of contents
    DIALOG: Final = 1 << 24
    LIVE: Final = 1 << 25  # the posts of a live blog
    PLAYER: Final = 1 << 26
    PICTURE: Final = 1 << 27
    CAROUSEL: Final = 1 << 28  # slides that move through a window: teasers, pictures, announcements
    OFFER: Final = 1 << 29  # what those are shown who may not read on; unlike a "paywall" it never wraps the text


# Whole words of a class name ("post-share-bar" has three, "postShareBar" too).
WORDS: Final[dict[int, str]] = {
    Hint.BODY: "articlebody richtext maincontent",
    Hint.ARTICLE: "article story post entry hentry artikel noticia articulo",
    Hint.NAVIGATION: (
        "nav navi menu crumb crumbs pager sitemap topbar navbar subnav ariane migas kruimelpad brotkrumen"
    ),
    Hint.RELATED: (
        "related popular trending recommended recommendations recommendation promo suggested suggestions "
        "suggestion spotlight correlati ligado relacionados relacionadas relacionado relacionada weitere verwandte "
        "yarpp similar recirc teaser teasers readmore bestseller posts cats gerelateerd relaterat relaterade "
        "relaterte relaterede powiazane souvisejici kapcsolodo terkait lienquan tinlienquan masleidas bacajuga "
        "rpwe crp nrelate ligatus plista strossle engageya dable speakol outbrain taboola"
    ),
    Hint.SHARE: (
        "share shares shared sharing social socials follow teilen partager bookmark whatsapp facebook twitter "
        "printbutton shariff heateor sfsi essb mashsb jssocials a2a compartir compartilhar condividi partage "
        "udostepnij paylas megosztas sdilet distribuie bagikan chiase"
    ),
    Hint.COMMENTS: (
        "comment comments commentlist respond replies livefyre kommentar kommentare commentaires comentarios "
        "discussion guestbook trackback trackbacks pingback pingbacks wpdiscuz disqus giscus utterances viafoura "
        "spotim vuukle hypercomments commenti kommentarer komentarze komentar yorumlar komentare diskuze "
        "hozzaszolasok comentarii kommentit commentaren reacties binhluan"
    ),
    Hint.NEWSLETTER: (
        "newsletter newsletters subscribe subscription subscriptions signup optin abo abonnement mailchimp "
        "mailpoet mailerlite convertkit mc4wp klaviyo sendinblue boletin suscripcion nyhetsbrev nyhedsbrev "
        "nieuwsbrief hirlevel"
    ),
    Hint.PAYWALL: "paywall regwall piano meter metered",
    Hint.AUTHOR: (
        "author authors byline bylines bio autor autoren autores autora contributor contributors writer vcard "
        "reporter journalist auteur redakteur biography saboxplugin molongui autore auteurs yazar szerzo forfatter "
        "skribent penulis tacgia journalistin reporterin"
    ),
    Hint.META: (
        "meta date dateline time timestamp pubdate datum hits views metadata published modified updated posted "
        "readtime fecha dato"
    ),
    Hint.TAGS: (
        "tag tags keyword keywords topic topics category categories label labels hashtag hashtags themen "
        "schlagworte etiquetas etiketler tagi stichworte schlagwort"
    ),
    Hint.CAPTION: (
        "caption captions credit credits copyright legend bildunterschrift bildquelle photocredit pie bildtext bildtekst "
        "billedtekst kuvateksti didascalia onderschrift legenda legende leyenda"
    ),
    Hint.ADVERT: (
        "ad ads adv advert adverts advertisement advertising adsense banner banners sponsor sponsored sponsors dfp "
        "gpt werbung anzeige anzeigen publicidad pub reklam reklama affiliate commercial promoted adslot adbox "
        "adsbygoogle advads adrotate publicidade pubblicita publicite publicitate advertentie annons annonse "
        "annonce mainos hirdetes iklan quangcao"
    ),
    Hint.FOOTER: "footer footnote footnotes foot colophon legal imprint impressum siteinfo",
    Hint.ASIDE: "sidebar aside rail sidecol secondary complementary infobox factbox",
    Hint.COOKIES: (
        "cookie cookies gdpr consent onetrust didomi ccpa cky privacy dsgvo rgpd lgpd borlabs cmplz complianz "
        "cybot cookiebot usercentrics klaro iubenda tarteaucitron axeptio osano termly cookieyes"
    ),
    Hint.WIDGET: (
        "widget widgets calculator poll quiz survey weather ticker horoscope rating ratings donate donation "
        "donations cta voting feedback helpful login print register registration"
    ),
    Hint.DISCLAIMER: "disclaimer disclaimers disclosure haftungsausschluss",
    Hint.FORM: "form wpforms gform hubspot required",
    Hint.HEADER: "header masthead logo branding",
    Hint.LEAD: (
        "standfirst lead lede dek deck subtitle subheadline subheading summary excerpt intro abstract chapo "
        "vorspann entradilla kicker introduction strapline sapo subhead subheader"
    ),
    Hint.TITLE: "headline title",
    Hint.CONTENTS: "toc contents tableofcontents",
    Hint.DIALOG: (
        "modal popup lightbox overlay dialog tooltip dropdown drawer offcanvas toast snackbar flyout popover "
        "interstitial chat chatbot livechat chatwindow"
    ),
    Hint.LIVE: "liveblog livefeed liveticker",
    Hint.PICTURE: (
        "image images img picture pictures photo photos foto fotos bild bilder pic picbox gallery slideshow figure"
    ),
    Hint.PLAYER: "player podcast playlist brightcove jwplayer kaltura mejs vjs",
}
# Two neighbouring words, written together here; "article-body", "articleBody" and "articlebody" are all meant.
PAIRS: Final[dict[int, str]] = {
    Hint.BODY: (
        "articlebody articletext articlecontent articlecopy storybody storytext storycontent postbody posttext "
        "postcontent entrybody entrytext entrycontent newsbody newstext newscontent bodytext bodycopy bodycontent "
        "contentbody contenttext textbody copybody thecontent richtext maintext artikeltext artikelinhalt "
        "articlemain detailtext detailbody detailcontent postarticle blogcontent blogbody"
    ),
    Hint.NAVIGATION: (
        "skiplink skipto jumplink jumpto jumpmenu prevnext postnav menuitem menubar navlist navbar postnavigation "
        "pagenav nextprev"
    ),
    Hint.RELATED: (
        "mostread mostpopular mostviewed mostrecent mostshared readmore readnext readalso morefrom morestories "
        "morenews morearticles moreposts moreon morein morelike moreinfo morecontent alsolike alsoread alsoon "
        "seealso youmay upnext nextarticle nextstory nextpost nextread latestnews latestposts latestarticles "
        "lateststories recentposts recentarticles recentnews furtherreading promobox promoblock promolink "
        "promounit othernews otherarticles otherstories otherposts mehrzum lireaussi alire inlinelink "
        "inlinerelated inlinestory linkbox linklist linkblock topstories crosslink lesenauch mehrthema newslist "
        "articlelist postlist cardlist postcard articlecard storycard newscard teasercard alireaussi lesmeer "
        "leesook leesmeer leggianche leiatambem leiamais vejatambem leatambien leetambien leamas czytajtakze "
        "czytajtez zobacztez bacajuga lesogsa lasocksa laesogsa relatednews"
    ),
    Hint.SHARE: (
        "sharebar sharetools sharebutton sharebuttons sharelinks shareicons sharebox sharethis followus addthis "
        "addtoany socialmedia storytools articletools posttools pagetools articleactions storyactions"
    ),
    Hint.COMMENTS: "userreviews readerletters commentform",
    Hint.NEWSLETTER: "signup optin mailinglist emailform emailcapture emailalerts pushnotification leadmagnet",
    Hint.PAYWALL: "paywall premiumbox premiumteaser premiumoverlay subscriberonly",
    Hint.OFFER: (
        "paywalloffer paywalloffers paywallprompt paywallmessage paywallgateway paywallbarrier paywallcta paywallplans "
        "paywallbanner paywallpromo paywalldialog paywallmodal paywalllogin paywallbutton paywallbuttons paywalltitle "
        "subscribeprompt subscribewall subscriptionwall subscriptionoffer subscriptionoffers"
    ),
    Hint.AUTHOR: "aboutthe authorbox authorbio aboutauthor writtenby",
    Hint.META: (
        "publisheddate publishdate publishtime postdate postinfo postmeta entrymeta entrydate entryinfo "
        "articleinfo articlemeta articledate readingtime readtime viewcount viewscount wordcount pubdate metainfo "
        "metadata metabar postedon"
    ),
    Hint.TAGS: "taglist tagcloud taglinks topiclist catlinks posttags articletags",
    Hint.CAPTION: (
        "photocredit imagecredit imagesource imageinfo imagetext imagedesc imgcredit imgsource captiontext piefoto "
        "figuretext photoby imagecaption imgdesc imgcaption phototext"
    ),
    Hint.ADVERT: (
        "adbox adslot adunit adcontainer adwrapper adblock adbanner adzone adspace adlabel adplaceholder googlead"
    ),
    Hint.FOOTER: "bottombar bottomnav siteinfo",
    Hint.ASIDE: "sidebar rightrail rightcol rightcolumn rightside sidecolumn sidepanel sideblock factbox infobox",
    Hint.COOKIES: "privacybanner privacynotice privacymanager cookiebar",
    Hint.WIDGET: (
        "calltoaction appbanner appdownload downloadapp searchbox searchform searchbar textsize fontsize resizetext "
        "reactionpanel facebookvote"
    ),
    Hint.DISCLAIMER: "affiliatedisclosure copyrightnotice",
    Hint.FORM: "contactform hsform",
    Hint.HEADER: "siteheader pageheader topheader",
    Hint.LEAD: "subtitle subhead subheadline subheading teasertext",
    Hint.TITLE: "entrytitle posttitle articletitle pagetitle",
    Hint.CONTENTS: "tableof tablecontents eztoc lwptoc inthis articleoutline pageoutline anchorlinks anchornav",
    Hint.LIVE: "liveblog livefeed liveticker livepost liveentry liveupdate liveupdates",
    Hint.CAROUSEL: "carousel slider swiper slick owl flickity splide",
    Hint.PICTURE: "contentimage inlineimage imagebox photobox imageblock mediablock pictureframe absatzbild",
    Hint.PLAYER: "videojs videoplayer videoplaylist audioplayer jwplayer listento videowrapper",
}
# Parts of words, for names that are run together ("relatedposts", "socialsharebar").
PARTS: Final[dict[int, str]] = {
    Hint.NAVIGATION: "breadcrumb|navigation|pagination|paginator|toolbar|megamenu",
    Hint.RELATED: (
        "related|recommend|recirc|teaser|outbrain|taboola|mostread|mostpopular|trending|zergnet|revcontent|mgid|"
        "readmore|promobox"
    ),
    Hint.SHARE: "sharing|social|addthis|addtoany|sharedaddy|sharethis|sharebar|sharebutton",
    Hint.COMMENTS: "comments|disqus",
    Hint.NEWSLETTER: "newsletter|subscribe|subscription|mailchimp",
    Hint.PAYWALL: "paywall|regwall",
    Hint.AUTHOR: "author|byline|biograph",
    Hint.META: "timestamp|publishdate|publisheddate|postmeta|entrymeta",
    Hint.TAGS: "taglist|tagcloud|hashtag",
    Hint.CAPTION: "caption|photocredit",
    Hint.ADVERT: "advertis|adsense|sponsor|adslot|adcontainer",
    Hint.FOOTER: "footer",
    Hint.ASIDE: "sidebar|rightrail",
    Hint.COOKIES: "cookie|gdpr|consent|onetrust",
    Hint.DISCLAIMER: "disclaim",
    Hint.HEADER: "masthead|siteheader",
    Hint.LEAD: "standfirst",
    Hint.CONTENTS: "tableofcontents",
    Hint.LIVE: "liveblog|liveticker|livefeed",
    Hint.PLAYER: "videoplayer|jwplayer|brightcove",
}
TAGS: Final = {
    "nav": Hint.NAVIGATION,
    "aside": Hint.ASIDE,
    "footer": Hint.FOOTER,
    "header": Hint.HEADER,
    "form": Hint.FORM,
    "dialog": Hint.DIALOG,
    "menu": Hint.NAVIGATION,
    "figcaption": Hint.CAPTION,
    "caption": Hint.CAPTION,
    "time": Hint.META,
    "address": Hint.AUTHOR,
    "article": Hint.ARTICLE,
}
ROLES: Final = {
    "navigation": Hint.NAVIGATION,
    "menu": Hint.NAVIGATION,
    "menubar": Hint.NAVIGATION,
    "complementary": Hint.ASIDE,
    "banner": Hint.HEADER,
    "contentinfo": Hint.FOOTER,
    "search": Hint.WIDGET,
    "dialog": Hint.DIALOG,
    "alertdialog": Hint.DIALOG,
    "tooltip": Hint.DIALOG,
    "article": Hint.ARTICLE,
}
# AMP shows these only to readers who may not read on (amp-subscriptions and amp-access in the documentation of AMP).
REFUSALS: Final = {
    "subscriptions-section": ("content-not-granted", "loading"),
    "subscriptions-display": ("not ",),
    "subscriptions-actions": ("",),
    "amp-access": ("not ",),
}
PROPERTIES: Final = {
    "articlebody": Hint.BODY,
    "reviewbody": Hint.BODY,
    "author": Hint.AUTHOR,
    "comment": Hint.COMMENTS,
    "caption": Hint.CAPTION,
    "keywords": Hint.TAGS,
    "datepublished": Hint.META,
    "datemodified": Hint.META,
    "publisher": Hint.FOOTER,
    "headline": Hint.TITLE,
    "description": Hint.LEAD,
    "alternativeheadline": Hint.LEAD,
}

# Whole classes that hide an element, unless another class shows it again on larger screens ("d-none d-md-block").
HIDING: Final = frozenset(
    "hidden hide invisible visually-hidden visuallyhidden sr-only screen-reader-text screen-reader-only screenreader"
    " d-none display-none element-invisible offscreen u-hidden is-hidden uk-hidden show-for-sr a11y-hidden"
    " print-only visible-print".split()
)
# What is folded up until a reader opens it is a part of the text: answers to questions, long tables.
FOLDED = re.compile(
    "accordion|collaps|expand|faq|toggle-?content|tab-?p|rest-?of|remaining|show-?more|"
    "(?:more|full)-?(?:text|story|content|article|body)",
    re.IGNORECASE,
)
SHOWING = re.compile(r"(?:^|[\s:-])(?:block|flex|grid|inline|contents|visible|table)\b")
# Whole names that say what no word of theirs does: typography plugins leave these out of the text's style.
WHOLE: Final = {"not-prose": Hint.WIDGET}
# Classes that speak of a state, a layout or a page builder, not of what the text is.
MEANINGLESS = re.compile(
    r"(?:has|with|is|no)[A-Z]"
    r"|(?:has|with|is|no|not|js|type|status|format|elementor|et_pb|vc|fl|wpb|brxe|col|cmp|aem|fusion)[-_]"
    r"|(?:tag|category|topic|author|field|node|paragraph)--?[a-z0-9]|wp-block-(?:[a-z]+$|(?:group|column)[-_])"
)
# "sidebar-enabled--false" tells what the page has, not what stands here; so do variants for widths and states
# ("md:hidden", "w-[300px]") and sizes ("font-size-xs": "font-size" alone is a tool for readers).
STATE = re.compile(r"[-_](?:enabled|disabled|true|false)(?:$|[-_])|[:\[\]]|(?:font|text)[-_]?[sS]ize[-_]*[a-zA-Z0-9]")

# What is named as the body of the article may say what kind of article it is: "article-body subscriber-only".
BESIDE_BODY: Final = (
    Hint.NEWSLETTER
    | Hint.PAYWALL
    | Hint.OFFER
    | Hint.META
    | Hint.TAGS
    | Hint.WIDGET
    | Hint.ADVERT
    | Hint.FORM
    | Hint.AUTHOR
    | Hint.HEADER
    | Hint.PICTURE
    | Hint.CONTENTS
)
