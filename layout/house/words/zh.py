"""The words of the house in Chinese in simplified characters."""

WORDS = {
    "accounts": "推荐账号",
    "continued": "续",
    "first_published": "原载{publication}",
    "published_by": "出版：{publisher}",
    "number": "第{number}期",
    "pages": "第{pages}页",
    "page": "第{page}页",
    "interview_by": "采访：{name}",
    "disclaimer_on": "免责声明：见第{page}页",
    "contents": "目录",
    "continued_on": "下转第{page}页",
    "continued_from": "上接第{page}页",
}
