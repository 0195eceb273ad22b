"""The words of the house in Armenian."""

WORDS = {
    "accounts": "Առաջարկվող հաշիվներ",
    "continued": "շարունակություն",
    "first_published": "Առաջին հրապարակումը՝",
    "published_by": "հրատարակիչ՝",
    "number": "համար",
    "pages": "էջ",
    "page": "էջ",
    "interview_by": "Հարցազրույցը՝",
    "disclaimer_on": "Պատասխանատվության մերժում. տե՛ս էջ",
    "contents": "Բովանդակություն",
    "continued_on": "շարունակությունը՝ էջ",
    "continued_from": "սկիզբը՝ էջ",
}
