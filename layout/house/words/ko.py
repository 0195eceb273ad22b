"""The words of the house in Korean."""

WORDS = {
    "accounts": "추천 계정",
    "continued": "계속",
    "first_published": "최초 게재:",
    "published_by": "발행:",
    "number": "제{number}호",
    "pages": "{pages}쪽",
    "page": "{page}쪽",
    "interview_by": "인터뷰:",
    "disclaimer_on": "면책 조항:\u00a0{page}쪽 참조",
    "contents": "차례",
    "continued_on": "{page}쪽에 계속",
    "continued_from": "{page}쪽에서 계속",
}
