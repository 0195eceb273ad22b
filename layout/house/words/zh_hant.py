"""The words of the house in Chinese in traditional characters."""

WORDS = {
    "accounts": "推薦帳號",
    "continued": "續",
    "first_published": "原載{publication}",
    "published_by": "出版：{publisher}",
    "number": "第{number}期",
    "pages": "第{pages}頁",
    "page": "第{page}頁",
    "interview_by": "採訪：{name}",
    "disclaimer_on": "免責聲明：見第{page}頁",
    "contents": "目錄",
    "continued_on": "下轉第{page}頁",
    "continued_from": "上接第{page}頁",
}
