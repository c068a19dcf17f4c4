"""Words of pages in many languages that lead away from a report, or belong to the page: parts of regular expressions, case folded by who uses them."""

from __future__ import annotations

# 'Read also: …' before the headline of another report.
ALSO = (
    r"read (?:also|more|next|on)", r"also read", r"see (?:also|more)", r"related(?: (?:news|stor(?:y|ies)|articles?|coverage|content|topics?))?",
    r"more(?: on this| stories| from)?",
    r"also on [\w.]+", r"watch(?: also)?", r"listen(?: also)?", r"don[’']t miss", r"recommended(?: for you)?", r"most (?:read|popular)(?: in [\w ]{2,30})?",
    r"editor[’']s picks?",
    r"(?:à )?lire (?:aussi|également)", r"a lire aussi", r"voir aussi", r"lisez (?:aussi|également)", r"sur le même sujet", r"pour aller plus loin",
    r"(?:bunu da|ayrıca) (?:oku(?:yun)?|bak[ıi]n)", r"ilgili haber(?:ler)?", r"(?:bunlar da )?ilginizi çekebilir", r"devamını oku", r"ayrıca bakın",
    r"اقرأ(?:ي|وا)? (?:أيض[اً]+|المزيد)", r"(?:موضوعات|مواضيع|أخبار|مقالات) (?:ذات صلة|متعلقة)", r"شاهد(?:ي|وا)? (?:أيض[اً]+|المزيد)",
    r"(?:طالع|ذات صلة)(?: أيض[اً]+)?",
    r"lesen sie (?:auch|mehr|dazu)", r"mehr (?:zum thema|dazu|lesen)", r"(?:das könnte sie )?auch interessant", r"zum thema", r"siehe auch",
    r"lea(?: también| además| más)", r"(?:le puede|te puede|puede) interesar", r"ver (?:también|más)", r"leer más", r"relacionad[oa]s?", r"más información",
    r"leia (?:também|mais)", r"veja (?:também|mais)", r"saiba mais",
    r"leggi (?:anche(?: su)?|di più|tutto)", r"(?:potrebbe|ti potrebbe) interessar(?:e|ti)(?: anche)?", r"guarda anche", r"vedi anche",
    r"lees (?:ook|meer)", r"czytaj (?:też|także|więcej|również)", r"zobacz (?:też|także|również)", r"přečtěte si(?: také)?", r"čtěte (?:také|též)",
    r"читайте (?:также|ещё|еще|по теме)", r"по теме", r"смотрите также", r"читайте (?:також|ще)", r"дивіться також", r"διαβάστε (?:επίσης|ακόμη|ακόμα)",
    r"بیشتر بخوانید", r"(?:قرأ|קראו|ראו) (?:גם|עוד)", r"延伸阅读", r"相关(?:阅读|报道|新闻)", r"相關(?:閱讀|報導|新聞)",
    r"関連(?:記事|ニュース)", r"あわせて読みたい", r"관련 ?기사",
)  # fmt: skip
# Whole lines that belong to the page.
PAGE_LINES = (
    r"advertisements?", r"advert", r"ad", r"sponsored(?: content)?", r"story continues below(?: advertisement)?",
    r"article continues (?:below|after).{0,40}", r"loading(?:\W*)",
    r"share(?: (?:this|on|via|with).{0,60})?", r"tweet", r"print", r"e-?mail", r"copy link", r"save", r"comments?(?: \d+)?", r"leave a (?:comment|reply)",
    r"show comments",
    r"(?:sign|log) (?:in|up)(?: (?:to|for|here|now).{0,80})?", r"subscribe(?: (?:to|for|here|now|today).{0,80})?", r"thanks? (?:you )?for signing up",
    r"follow us(?: on.{0,60})?",
    r"get (?:the |our |all )?(?:latest|best|top|day[’']s).{0,100}(?:inbox|newsletter|updates)", r".{0,40}newsletters?",
    r"like this story\? share it with a friend", r"have a tip\?.{0,160}",
    r"all rights reserved", r"(?:©|\(c\)|copyright).{0,160}", r"tags?(?: ?:.{0,160})?", r"most read.{0,40}",
    r"(?:photo|image|picture|file photo) ?[:/].{0,120}", r"view (?:comments|gallery|all)",
    r"publicité", r"partager(?: (?:sur|cet|l[’']article).{0,60})?", r"s[’']abonner.{0,60}", r"abonnez-vous.{0,80}", r"tous droits réservés",
    r"crédits?(?: photo)? ?:.{0,120}",
    r"reklam", r"paylaş", r"abone ol.{0,60}", r"etiketler ?:.{0,160}", r"yorumlar(?: \d+)?", r"tüm hakları saklıdır",
    r"إعلان", r"شارك(?: .{0,40})?", r"اشترك .{0,60}", r"جميع الحقوق محفوظة",
    r"anzeige", r"werbung", r"teilen", r"publicidad", r"compartir", r"publicidade", r"compartilh(?:e|ar)(?: .{0,40})?", r"pubblicità", r"condividi",
    r"реклама", r"поделиться",
)  # fmt: skip
