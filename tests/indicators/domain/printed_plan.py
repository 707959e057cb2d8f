"""附件1 and 附件2 as printed: what the checks of a plan's arithmetic are tried on, told apart from the fixture."""

COLUMNS = (
    "rd-institution-share industrial-investment upgrade-investment upgraded-firms equipment-value-added "
)
COLUMNS += "equipment-investment smart-leaders robot-firms motor-efficiency circular-parks"

ANNEX_2 = """
zhongshan   中山市   11  280    130    350（220）  480     120    4  80  24    1
shiqi      石岐区    21  3.50   2.15   4（3）     3.96    1.42   0  2   0.25  0
dongqu     东区     7   4.50   2.18   5（3）     5.18    1.42   0  2   0.22  0
huoju      火炬开发区（含翠亨新区） 25  77.20  33.40  40（36）   200.00  23.62  2  11  3.25  0
xiqu       西区     23  6.70   3.38   5（3）     13.40   2.36   0  2   0.28  0
nanqu      南区     14  5.80   2.90   8（4）     27.00   4.72   1  2   0.37  0
wuguishan  五桂山    14  1.50   1.00   4（2）     1.00    0.00   0  1   0.16  0
xiaolan    小榄镇    11  24.60  14.80  40（25）   41.74   4.72   0  8   3.07  0
huangpu    黄圃镇    12  14.40  6.80   20（11）   30.00   4.72   0  4   1.77  0
minzhong   民众镇    7   7.10   2.39   11（4）    3.00    9.45   0  2   0.71  0
dongfeng   东凤镇    9   18.10  8.60   20（9）    12.00   2.36   0  4   1.39  0
dongsheng  东升镇    4   6.20   3.00   24（13）   28.58   2.36   0  5   1.15  0
guzhen     古镇镇    10  10.40  2.55   10（8）    1.82    4.72   0  3   1.18  0
shaxi      沙溪镇    10  4.80   1.80   10（5）    1.53    2.36   0  2   0.80  0
tanzhou    坦洲镇    5   9.60   5.98   18（15）   20.00   11.81  0  4   0.71  0
gangkou    港口镇    10  7.50   3.20   12（7）    7.20    1.42   0  2   0.54  0
sanjiao    三角镇    8   13.50  6.00   14（8）    33.00   4.72   0  3   1.66  0
henglan    横栏镇    15  4.50   1.90   8（5）     1.69    4.72   0  2   1.10  0
nantou     南头镇    15  14.00  9.80   24（16）   15.42   2.36   1  6   1.30  0
fusha      阜沙镇    6   6.50   2.50   12（7）    5.71    4.72   0  3   0.57  0
nanlang    南朗镇    7   15.40  5.20   18（12）   8.00    7.09   0  4   0.59  1
sanxiang   三乡镇    8   5.20   3.97   15（8）    4.48    2.36   0  3   1.40  0
banfu      板芙镇    7   8.20   3.00   12（6）    5.20    9.45   0  2   0.45  0
dayong     大涌镇    1   5.30   1.50   10（6）    1.56    2.36   0  2   0.69  0
shenwan    神湾镇    2   5.50   2.00   6（4）     8.50    4.72   0  1   0.40  0
"""

# code, name, unit, kind, targets of 2015, 2016, 2017, baseline of 2014, goal; - for none.
# The last three are of the text, not of 附件1.
ANNEX_1 = """
industrial-value-added 规模以上工业增加值 亿元 FLOW 1417 1530 1653 1312 GROWTH 8
rd-intensity 研发投入占比 % RATE 1.3 1.35 1.4 1.25 RISE 0.15
hightech-output 高新技术产品产值 万亿元 FLOW 0.31 0.34 0.38 0.28 GROWTH 10
advanced-share 先进制造业占比 % RATE 37.1 37.8 38.5 36.4 RISE 2.1
hightech-share 高技术制造业占比 % RATE 17.6 18.1 18.6 17.1 RISE 1.5
rd-institution-share 研发机构比例 % RATE 11 13 15 9 RISE 6
innovation-platforms 省级以上创新平台 家 STOCK 154 159 164 149 RISE 15
industrial-investment 工业投资 亿元 FLOW 280 320 380 - TOTAL 980
upgrade-investment 工业技改投资 亿元 FLOW 130 165 205 - TOTAL 500
upgraded-firms 开展技改企业 家 FLOW 350 500 550 - TOTAL 1400
upgraded-firms-large 超5000万元企业 家 FLOW 220 220 220 - TOTAL 660
equipment-investment 装备制造业投资 亿元 FLOW 120 150 180 - TOTAL 450
equipment-value-added 装备制造业工业增加值 亿元 FLOW 480 530 620 377 GROWTH 18
robot-firms 机器换人企业 家 FLOW 80 85 85 - TOTAL 250
smart-leaders 智能制造骨干企业 家 STOCK 4 5 6 3 RISE 3
robot-output 机器人及智能装备产值 亿元 FLOW 13 16 20 10 GROWTH 26
motor-efficiency 电机能效提升 万千瓦 FLOW 24 - - - - -
circular-parks 园区循环化改造 个 FLOW 1 - - - - -
clean-audits 清洁生产审核 家 FLOW 3 3 3 - TOTAL 9
green-value-added 节能环保产业增加值 亿元 FLOW 70 80 92 - GROWTH 15
value-added-increment 工业增加值增量 亿元 STOCK - - 341 - - -
increment-upgrade 技改增加值增量 亿元 STOCK - - 100 - - -
increment-equipment 装备制造业增量 亿元 STOCK - - 243 - - -
"""

PART_OF = {
    "upgraded-firms-large": "upgraded-firms",
    "increment-upgrade": "value-added-increment",
    "increment-equipment": "value-added-increment",
}
WITHIN = {
    "upgrade-investment": "industrial-investment",
    "equipment-investment": "industrial-investment",
    "equipment-value-added": "industrial-value-added",
}

# indicator, year, value, unit: what the text of the plan states beside its annex
TEXT = """
hightech-output 2017 3726 亿元
green-value-added 2015 350 亿元
motor-efficiency 2017 48 万千瓦
industrial-investment 2015 280 亿元
value-added-increment 2017 343 亿元
"""
