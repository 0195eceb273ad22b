"""The words of the house in Vietnamese."""

WORDS = {
    "accounts": "Tài khoản nên theo dõi",
    "continued": "tiếp theo",
    "first_published": "Đăng lần đầu trên",
    "published_by": "nhà xuất bản:",
    "number": "số",
    "pages": "trang",
    "page": "trang",
    "interview_by": "Phỏng vấn:",
    "disclaimer_on": "Tuyên bố miễn trừ trách nhiệm: xem trang",
    "contents": "Mục lục",
    "continued_on": "xem tiếp trang",
    "continued_from": "tiếp theo trang",
}
