"""Outsiders: countries and companies that everybody knows by name, whether or not a report speaks of them.

A question for one of them is answered by what names it, and never by what is alike.
"""

from __future__ import annotations

import re

# States that are asked about most, by the names in use.
COUNTRIES = (
    "阿富汗|阿根廷|阿联酋|埃及|埃塞俄比亚|爱尔兰|爱沙尼亚|奥地利|澳大利亚|巴基斯坦|巴拿马|巴西|白俄罗斯|保加利亚|比利时|冰岛|波兰|朝鲜|丹麦|德国|俄罗斯|厄瓜多尔|法国|"
    "菲律宾|芬兰|哥伦比亚|古巴|哈萨克斯坦|韩国|荷兰|吉尔吉斯斯坦|加拿大|柬埔寨|捷克|卡塔尔|科威特|克罗地亚|肯尼亚|拉脱维亚|老挝|立陶宛|卢森堡|罗马尼亚|马来西亚|蒙古国|孟加拉国|秘鲁|缅甸|"
    "摩洛哥|墨西哥|南非|尼泊尔|尼日利亚|挪威|葡萄牙|日本|瑞典|瑞士|塞尔维亚|沙特(?:阿拉伯)?|斯里兰卡|斯洛伐克|塔吉克斯坦|泰国|坦桑尼亚|土耳其|土库曼斯坦|委内瑞拉|文莱|乌克兰|乌兹别克斯坦|"
    "西班牙|希腊|新加坡|新西兰|匈牙利|叙利亚|伊拉克|伊朗|以色列|意大利|印度尼西亚|印尼|印度|英国|约旦|越南|智利|美国"
)
COMPANIES = (
    "特斯拉|苹果公司|谷歌|微软|亚马逊公司|英伟达|英特尔|三星电子|台积电|丰田|本田|大众汽车|宝马|奔驰|波音|空客|沃尔玛|星巴克|麦当劳|肯德基|可口可乐|耐克|"
    "华为|腾讯|微信|阿里巴巴|淘宝|支付宝|百度|京东|拼多多|抖音|字节跳动|快手|美团|滴滴|网易|小红书|哔哩哔哩|小米|荣耀手机|联想|格力|美的集团|海尔|海信|比亚迪|吉利|奇瑞|"
    "蔚来|理想汽车|小鹏|宁德时代|大疆|中兴通讯|科大讯飞|海康威视|茅台|五粮液|伊利|蒙牛|农夫山泉|万科|恒大|碧桂园|中石油|中石化|国家电网|中国移动|中国联通|中国电信|顺丰|富士康|喜茶|瑞幸"
)
COUNTRY = re.compile(COUNTRIES)
COMPANY = re.compile(COMPANIES)


def unnamed_country(asked: str, said: str) -> str | None:
    """Return a country that a question names and what is said does not.

    >>> unnamed_country("日本去年GDP多少", "全县地区生产总值52亿元")
    '日本'
    """
    return _unnamed(COUNTRY, asked, said)


def unnamed_company(asked: str, said: str) -> str | None:
    """Return a well-known company that a question names and what is said does not.

    >>> unnamed_company("特斯拉卖了多少辆车", "新能源汽车上牌3万辆")
    '特斯拉'
    """
    return _unnamed(COMPANY, asked, said)


def _unnamed(names: re.Pattern[str], asked: str, said: str) -> str | None:
    return next((found[0] for found in names.finditer(asked) if found[0] not in said), None)
