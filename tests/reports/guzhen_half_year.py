"""The half-year of 古镇镇, four of its eleven targets reported, worked by hand for several pages' tests.

2015 targets: 研发机构 10%, 工业投资 10.40, 技改 2.55, 企业 10（8）, 装备增加值 1.82, 装备投资 4.72, 骨干企业 0,
机器换人 3, 电机 1.18, 园区 0. So eight columns are scored: those above zero, the part apart.
"""

GUZHEN_2015Q2 = {
    ("industrial-investment", "guzhen"): "5.20",  # of 10.40: 50.0%, ratio 1, GREEN
    ("upgrade-investment", "guzhen"): "1.20",  # of 2.55: 47.1%, ratio 1.20 / 1.275 = 0.941, YELLOW
    ("upgraded-firms", "guzhen"): "4",  # of 10: 40.0%, ratio 4 / 5 = 0.8, RED
    ("upgraded-firms-large", "guzhen"): "2",
    ("robot-firms", "guzhen"): "1",  # of 3: 1.5 due, rounded down to 1: ratio 1, GREEN
}

# (1 + 1.20 / 1.275 + 0.8 + 1 + four not reported) / 8 = 3.741176 / 8
SCORE = "46.8"
