"""What stands over the comments of readers, in many languages, as data: nothing of the article comes below it."""

import re
from typing import Final

from warraq_parser.article.body.boilerplate_phrases import bare_line

_COMMENTS: Final = (
    "comments|comment|reader comments|user comments|readers' comments|leave a comment|leave a reply|"
    "post a comment|add a comment|join the conversation|join the discussion|kommentare|kommentar|leserkommentare|"
    "kommentar schreiben|commentaires|vos commentaires|réactions|vos réactions|laisser un commentaire|"
    "comentarios|deja un comentario|deja tu comentario|comentários|deixe um comentário|deixe seu comentário|"
    "commenti|lascia un commento|reacties|plaats een reactie|komentarze|dodaj komentarz|komentáře|diskuse|"
    "diskuze|komentáre|diskusia|komentari|komentarji|komentar|коментарі|комментарии|комментарии читателей|"
    "коментари|обсуждение|hozzászólások|comentarii|lasă un comentariu|kommentarer|kommentit|keskustelu|"
    "kommentaarid|komentāri|komentarai|yorumlar|yorum yap|okuyucu yorumları|σχόλια|σχολια|التعليقات|تعليقات|"
    "تعليقات القراء|اترك تعليقا|اترك تعليقاً|اضف تعليق|أضف تعليقا|نظرات|نظرات کاربران|دیدگاه‌ها|دیدگاه ها|"
    "نظر شما|ارسال نظر|תגובות|הוסף תגובה|תגובות גולשים|تبصرے|टिप्पणियां|टिप्पणियाँ|कमेंट्स|মন্তব্য|মন্তব্যসমূহ|"
    "கருத்துகள்|கருத்துக்கள்|వ్యాఖ్యలు|コメント|みんなのコメント|评论|网友评论|最新评论|热门评论|評論|網友評論|留言|댓글|bình luận|ý kiến bạn đọc|"
    "ความคิดเห็น|ความเห็น|maoni|կարծիքներ|մեկնաբանություններ|კომენტარები|አስተያየቶች|አስተያየት|ulasan|şərhlər|şərh yaz|пікірлер|пікір қалдыру|комментарийлер|izohlar|сэтгэгдэл|"
    "comments closed|коментари читалаца|komentari čitatelja|dodaj komentar|kommenteeri|komentēt|komentuoti|"
    "प्रतिक्रिया|वाचकांच्या प्रतिक्रिया|પ્રતિભાવો|ટિપ્પણીઓ|ਟਿੱਪਣੀਆਂ|ପ୍ରତିକ୍ରିୟା|ಪ್ರತಿಕ್ರಿಯೆಗಳು|ಕಾಮೆಂಟ್‌ಗಳು|അഭിപ്രായങ്ങൾ|"
    "കമന്റുകൾ|අදහස්|មតិយោបល់|ຄວາມຄິດເຫັນ|မှတ်ချက်|mga komento|بۆچوونەکان|تبصرې|نظرونه|comentaris|каментары|каментар|komente|komentet|iruzkinak|sylwadau|"
    "lasītāju komentāri|ummæli|коментарі читачів"
)
# Their number: "12 Comments", "Comments (12)".
_COUNTED: Final = re.compile(r"^[\d\s.,()]+|[\s:：]*[\d\s.,()（）\[\]]*$")
_COMMENTS_SET: Final = frozenset(bare_line(phrase) for phrase in _COMMENTS.split("|"))


def heads_comments(line: str) -> bool:
    """Tell whether a line is the heading of the readers' comments: "Comments (12)"."""
    return bare_line(_COUNTED.sub("", line)) in _COMMENTS_SET
