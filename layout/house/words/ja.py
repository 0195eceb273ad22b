"""The words of the house in Japanese."""

WORDS = {
    "accounts": "おすすめのアカウント",
    "continued": "続き",
    "first_published": "初出：{publication}",
    "published_by": "発行：{publisher}",
    "number": "第{number}号",
    "pages": "{pages}ページ",
    "page": "{page}ページ",
    "interview_by": "聞き手：{name}",
    "disclaimer_on": "免責事項：{page}ページ参照",
    "contents": "目次",
    "continued_on": "{page}ページに続く",
    "continued_from": "{page}ページから続く",
}
