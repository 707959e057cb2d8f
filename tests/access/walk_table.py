"""Who gets what at which address: domain.md section 6 as a table, one line an address and method, one column a person.

    in     sent to the sign-in page        200…409   this status, and nothing has changed
    done   done, and the reader sent on, or answered in place by a return that saves itself
                                           302       sent on, and nothing has changed

The two cities share the code dongqu: each reader means their own city's.
"""

from __future__ import annotations

PEOPLE = (
    "stranger",
    "admin",
    "office",  # belongs to 市经济和信息化局 (jingxin)
    "second",  # the office too, sent by 市发展改革局
    "clerk",  # of 市科技局 (keji)
    "town",  # 小榄镇 (xiaolan)
    "leader",
    "auditor",
    "no_role",
    "superuser",  # without a role
    "far_office",  # of 临海湾市
    "far_town",  # 临海湾市's 东区 (dongqu)
)

# Periods: 2015Q1 published; 2015Q2 open, xiaolan guzhen keji jingxin submitted, huangpu filled in by the office;
# 2015Q3 open, a file of xiaolan alone; 2015Q4 not opened. 临海湾市: 2021Q1 published, 2021Q2 open, dongqu submitted.
TABLE = """
                                          stra adm  off  sec  clk  town lead aud  none supr foff ftown
# the site itself
GET  /healthz                             200  200  200  200  200  200  200  200  200  200  200  200
POST /healthz                             200  200  200  200  200  200  200  200  200  200  200  200
GET  /no-such-page/                       in   404  404  404  404  404  404  404  404  404  404  404
POST /no-such-page/                       in   404  404  404  404  404  404  404  404  404  404  404
GET  /accounts/login/                     200  200  302  302  302  302  302  302  302  302  302  302
POST /accounts/login/                     200  200  302  302  302  302  302  302  302  302  302  302
GET  /accounts/logout/                    in   405  405  405  405  405  405  405  405  405  405  405
POST /accounts/logout/                    in   302  302  302  302  302  302  302  302  302  302  302
GET  /accounts/password/                  in   200  200  200  200  200  200  200  200  200  200  200
POST /accounts/password/                  in   200  200  200  200  200  200  200  200  200  200  200
GET  /accounts/password/done/             in   200  200  200  200  200  200  200  200  200  200  200
POST /accounts/password/done/             in   405  405  405  405  405  405  405  405  405  405  405

# accounts, the administrator's alone
GET  /admin/                              in   200  403  403  403  403  403  403  403  403  403  403
POST /admin/                              in   200  403  403  403  403  403  403  403  403  403  403
GET  /admin/login/                        in   403  403  403  403  403  403  403  403  403  403  403
POST /admin/login/                        in   403  403  403  403  403  403  403  403  403  403  403
GET  /admin/logout/                       in   405  403  403  403  403  403  403  403  403  403  403
POST /admin/logout/                       in   302  403  403  403  403  403  403  403  403  403  403
GET  /admin/password_change/              in   200  403  403  403  403  403  403  403  403  403  403
POST /admin/password_change/              in   200  403  403  403  403  403  403  403  403  403  403
GET  /admin/password_change/done/         in   200  403  403  403  403  403  403  403  403  403  403
POST /admin/password_change/done/         in   405  403  403  403  403  403  403  403  403  403  403
GET  /admin/autocomplete/                 in   403  403  403  403  403  403  403  403  403  403  403
POST /admin/autocomplete/                 in   405  403  403  403  403  403  403  403  403  403  403
GET  /admin/jsi18n/                       in   200  403  403  403  403  403  403  403  403  403  403
POST /admin/jsi18n/                       in   405  403  403  403  403  403  403  403  403  403  403
GET  /admin/r/1/1/                        in   404  403  403  403  403  403  403  403  403  403  403
POST /admin/r/1/1/                        in   404  403  403  403  403  403  403  403  403  403  403
GET  /admin/auth/                         in   200  403  403  403  403  403  403  403  403  403  403
POST /admin/auth/                         in   200  403  403  403  403  403  403  403  403  403  403
GET  /admin/auth/user/                    in   200  403  403  403  403  403  403  403  403  403  403
POST /admin/auth/user/                    in   200  403  403  403  403  403  403  403  403  403  403
GET  /admin/auth/user/add/                in   200  403  403  403  403  403  403  403  403  403  403
POST /admin/auth/user/add/                in   done 403  403  403  403  403  403  403  403  403  403
GET  /admin/auth/user/{town}/             in   200  403  403  403  403  403  403  403  403  403  403
POST /admin/auth/user/{town}/             in   200  403  403  403  403  403  403  403  403  403  403
GET  /admin/auth/user/{town}/change/      in   200  403  403  403  403  403  403  403  403  403  403
POST /admin/auth/user/{town}/change/      in   done 403  403  403  403  403  403  403  403  403  403
GET  /admin/auth/user/{town}/password/    in   200  403  403  403  403  403  403  403  403  403  403
POST /admin/auth/user/{town}/password/    in   done 403  403  403  403  403  403  403  403  403  403
GET  /admin/auth/user/{town}/history/     in   200  403  403  403  403  403  403  403  403  403  403
POST /admin/auth/user/{town}/history/     in   200  403  403  403  403  403  403  403  403  403  403
GET  /admin/auth/user/{town}/delete/      in   403  403  403  403  403  403  403  403  403  403  403
POST /admin/auth/user/{town}/delete/      in   403  403  403  403  403  403  403  403  403  403  403
GET  /admin/indicators/actual/            in   404  403  403  403  403  403  403  403  403  403  403
POST /admin/indicators/actual/            in   404  403  403  403  403  403  403  403  403  403  403

# the city's dashboard
GET  /                                    in   403  200  200  200  200  200  200  403  403  200  200
POST /                                    in   405  405  405  405  405  405  405  405  405  405  405
GET  /?period=2015Q1                      in   403  200  200  200  200  200  200  403  403  404  404
GET  /?period=2015Q2                      in   403  200  200  200  200  200  200  403  403  404  404
GET  /?period=2014Q4                      in   403  404  404  404  404  404  404  403  403  404  404
GET  /?period=2021Q1                      in   403  404  404  404  404  404  404  403  403  200  200
GET  /?plan=zhongshan-2015-2017           in   403  200  200  200  200  200  200  403  403  404  404
GET  /?plan=linhai-2021-2025              in   403  404  404  404  404  404  404  403  403  200  200
GET  /?plan=nonsense                      in   403  404  404  404  404  404  404  403  403  404  404
GET  /?screen=1                           in   403  200  200  200  200  200  200  403  403  200  200
GET  /?screen=1&period=2015Q2             in   403  200  200  200  200  200  200  403  403  404  404
GET  /revision/                           in   403  200  200  200  200  200  200  403  403  200  200
POST /revision/                           in   405  405  405  405  405  405  405  405  405  405  405
GET  /revision/?period=2015Q2             in   403  200  200  200  200  200  200  403  403  404  404
GET  /revision/?plan=linhai-2021-2025     in   403  404  404  404  404  404  404  403  403  200  200
GET  /indicators/                         in   403  200  200  200  200  200  200  403  403  200  200
POST /indicators/                         in   405  405  405  405  405  405  405  405  405  405  405
GET  /indicators/robot-firms/             in   403  200  200  200  200  200  200  403  403  404  404
POST /indicators/robot-firms/             in   405  405  405  405  405  405  405  405  405  405  405
GET  /indicators/robot-firms.xlsx         in   403  200  200  200  200  200  200  403  403  404  404
POST /indicators/robot-firms.xlsx         in   405  405  405  405  405  405  405  405  405  405  405
GET  /indicators/waste-water.xlsx         in   403  404  404  404  404  404  404  403  403  200  200
GET  /indicators/nonsense.xlsx            in   403  404  404  404  404  404  404  403  403  404  404
GET  /indicators/waste-water/             in   403  404  404  404  404  404  404  403  403  200  200
GET  /indicators/nonsense/                in   403  404  404  404  404  404  404  403  403  404  404

# towns: one's own, another's
GET  /towns/                              in   403  200  200  200  200  200  200  403  403  200  200
POST /towns/                              in   405  405  405  405  405  405  405  405  405  405  405
GET  /towns/xiaolan/                      in   403  200  200  200  200  200  200  403  403  404  404
POST /towns/xiaolan/                      in   405  405  405  405  405  405  405  405  405  405  405
GET  /towns/guzhen/                       in   403  200  200  200  404  200  200  403  403  404  404
GET  /towns/dongqu/                       in   403  200  200  200  404  200  200  403  403  200  200
GET  /towns/baisha/                       in   403  404  404  404  404  404  404  403  403  200  404
GET  /towns/zhongshan/                    in   403  404  404  404  404  404  404  403  403  404  404
GET  /towns/xiaolan/?plan=linhai-2021-2025 in  403  404  404  404  404  404  404  403  403  404  404

# one town's one indicator, as the overview's heat map shows it: the same towns, and only what is allocated to them
GET  /cells/xiaolan/industrial-investment/ in  403  200  200  200  200  200  200  403  403  404  404
POST /cells/xiaolan/industrial-investment/ in  405  405  405  405  405  405  405  405  405  405  405
GET  /cells/guzhen/industrial-investment/ in   403  200  200  200  404  200  200  403  403  404  404
GET  /cells/xiaolan/industrial-investment/?part=story&period=2015Q2 in 403 200 200 200 200 200 200 403 403 404 404
GET  /cells/xiaolan/industrial-value-added/ in 403  404  404  404  404  404  404  403  403  404  404
GET  /cells/zhongshan/industrial-investment/ in 403 404  404  404  404  404  404  403  403  404  404
GET  /cells/nowhere/industrial-investment/ in  403  404  404  404  404  404  404  403  403  404  404
GET  /cells/dongqu/industrial-output/     in   403  404  404  404  404  404  404  403  403  200  200
GET  /cells/baisha/industrial-output/     in   403  404  404  404  404  404  404  403  403  200  404
GET  /?map=industrial-investment          in   403  200  200  200  200  200  200  403  403  200  200

# the plan and its targets; downloads
GET  /plan/                               in   403  200  200  200  200  200  200  403  403  200  200
POST /plan/                               in   405  405  405  405  405  405  405  405  405  405  405
GET  /plan/?plan=linhai-2021-2025         in   403  404  404  404  404  404  404  403  403  200  200
GET  /reports/                            in   403  200  200  200  200  200  200  403  403  200  200
POST /reports/                            in   405  405  405  405  405  405  405  405  405  405  405
GET  /reports/annex1.xlsx                 in   403  200  200  200  200  200  200  403  403  200  200
POST /reports/annex1.xlsx                 in   405  405  405  405  405  405  405  405  405  405  405
GET  /reports/annex2.xlsx                 in   403  200  200  200  200  200  200  403  403  200  200
GET  /reports/annex2.xlsx?plan=zhongshan-2015-2017 in 403 200 200 200 200  200  200  403  403  404  404
GET  /reports/annex2.xlsx?period=2021Q1   in   403  404  404  404  404  404  404  403  403  200  200
GET  /reports/bulletin.docx                in   403  200  200  200  200  200  200  403  403  200  200
POST /reports/bulletin.docx                in   405  405  405  405  405  405  405  405  405  405  405
GET  /reports/half-year.docx               in   403  200  200  200  200  200  200  403  403  200  200
GET  /reports/half-year.docx?period=2016Q1 in  403  404  404  404  404  404  404  403  403  404  404
GET  /reports/bulletin.xlsx                in   403  404  404  404  404  404  404  403  403  404  404
GET  /reports/details.xlsx                in   403  200  200  200  200  200  200  403  403  200  200
GET  /reports/details.csv                 in   403  200  200  200  200  200  200  403  403  200  200
GET  /reports/annex1.docx                 in   403  404  404  404  404  404  404  403  403  404  404
GET  /reports/files.zip                   in   403  422  422  422  422  422  422  403  403  422  422
POST /reports/files.zip                   in   405  405  405  405  405  405  405  405  405  405  405
GET  /reports/files.zip?file=annex1.xlsx&file=bulletin.docx in 403 200 200 200 200 200 200 403 403 200 200
GET  /reports/files.zip?file=filing.xlsx  in   403  200  200  200  200  404  200  403  403  200  200
GET  /reports/files.zip?file=nonsense.xlsx in  403  404  404  404  404  404  404  403  403  404  404
GET  /reports/details.csv?plan=zhongshan-2015-2017 in 403 200 200 200 200  200  200  403  403  404  404
GET  /reports/board.xlsx                  in   403  200  200  200  200  200  200  403  403  200  200
GET  /reports/quarterly.xlsx              in   403  200  200  200  200  200  200  403  403  200  200
GET  /reports/ranking.xlsx                in   403  200  200  200  200  200  200  403  403  200  200
GET  /reports/filing.xlsx                 in   403  200  200  200  200  404  200  403  403  200  200
GET  /reports/filing.xlsx?period=2015Q4   in   403  404  404  404  404  404  404  403  403  404  404
GET  /reports/statement.xlsx?town=xiaolan in   403  200  200  200  200  200  200  403  403  404  404
GET  /reports/statement.xlsx?town=guzhen  in   403  200  200  200  404  200  200  403  403  404  404
GET  /reports/statement.xlsx              in   403  404  404  404  200  404  404  403  403  404  200

# bulletins: everybody reads their edition, the office publishes
GET  /reports/bulletins/2015Q1/           in   403  200  200  200  200  200  200  403  403  404  404
POST /reports/bulletins/2015Q1/           in   403  done done 403  403  403  403  403  403  404  404
GET  /reports/bulletins/2015Q2/           in   403  200  200  200  200  200  200  403  403  404  404
POST /reports/bulletins/2015Q2/           in   403  422  422  403  403  403  403  403  403  404  404
POST /reports/bulletins/2021Q1/           in   403  404  404  404  404  404  404  403  403  done 403
GET  /reports/bulletins/2015Q1/1.docx     in   403  200  200  200  200  200  200  403  403  404  404
POST /reports/bulletins/2015Q1/1.docx     in   405  405  405  405  405  405  405  405  405  405  405
GET  /reports/bulletins/2015Q1/2.docx     in   403  404  404  404  404  404  404  403  403  404  404
GET  /reports/bulletins/1999Q9/           in   403  404  404  404  404  404  404  403  403  404  404
GET  /reports/nonsense.xlsx               in   403  404  404  404  404  404  404  403  403  404  404

# returns: the office and the auditor read all, a unit's people their own
GET  /returns/                            in   403  200  200  200  200  403  200  403  403  200  200
POST /returns/                            in   405  405  405  405  405  405  405  405  405  405  405
GET  /returns/?plan=zhongshan-2015-2017   in   403  200  200  200  200  403  200  403  403  404  404
GET  /returns/2015Q2/xiaolan/             in   403  200  200  404  200  403  200  403  403  404  404
GET  /returns/2015Q2/guzhen/              in   403  200  200  404  404  403  200  403  403  404  404
GET  /returns/2015Q2/keji/                in   403  200  200  200  404  403  200  403  403  404  404
GET  /returns/2015Q2/jingxin/             in   403  200  200  404  404  403  200  403  403  404  404
GET  /returns/2015Q2/dongqu/              in   403  200  200  404  404  403  200  403  403  404  404
GET  /returns/2021Q2/dongqu/              in   403  404  404  404  404  403  404  403  403  200  200
GET  /returns/2021Q2/baisha/              in   403  404  404  404  404  403  404  403  403  200  404
GET  /returns/2015Q2/nonsense/            in   403  404  404  404  404  403  404  403  403  404  404
GET  /returns/1999Q9/xiaolan/             in   403  404  404  404  404  403  404  403  403  404  404

# filling one in: the unit's own people, and the office in its place (代填)
POST /returns/2015Q3/xiaolan/             in   403  409  409  404  done 403  403  403  403  404  404
POST /returns/2015Q3/keji/                in   403  done done done 404  403  403  403  403  404  404
POST /returns/2015Q3/guzhen/              in   403  done done 404  404  403  403  403  403  404  404
POST /returns/2015Q4/xiaolan/             in   403  409  409  404  409  403  403  403  403  404  404
POST /returns/2021Q2/baisha/              in   403  404  404  404  404  403  404  403  403  done 404

# the same while it is typed
GET  /returns/2015Q3/xiaolan/draft/       in   405  405  405  405  405  405  405  405  405  405  405
POST /returns/2015Q3/xiaolan/draft/       in   403  409  409  404  done 403  403  403  403  404  404
POST /returns/2015Q3/keji/draft/          in   403  done done done 404  403  403  403  403  404  404
POST /returns/2015Q3/guzhen/draft/        in   403  done done 404  404  403  403  403  403  404  404
POST /returns/2015Q4/xiaolan/draft/       in   403  409  409  404  409  403  403  403  403  404  404
POST /returns/2015Q2/xiaolan/draft/       in   403  409  409  404  409  403  403  403  403  404  404
POST /returns/2021Q2/baisha/draft/        in   403  404  404  404  404  403  404  403  403  done 404

# what the unit submitted, the office does not change
POST /returns/2015Q2/xiaolan/             in   403  409  409  404  409  403  403  403  403  404  404

# by workbook: whoever fills a return takes its template and sends it back; the office all towns at once.
# Evidence handed in makes xiaolan's 2015Q3 the town's own.
GET  /returns/2015Q3/xiaolan/template.xlsx in  403  409  409  404  200  403  403  403  403  404  404
POST /returns/2015Q3/xiaolan/template.xlsx in  405  405  405  405  405  405  405  405  405  405  405
GET  /returns/2015Q3/guzhen/template.xlsx in   403  200  200  404  404  403  403  403  403  404  404
GET  /returns/2015Q2/xiaolan/template.xlsx in  403  409  409  404  409  403  403  403  403  404  404
GET  /returns/2021Q2/baisha/template.xlsx in   403  404  404  404  404  403  404  403  403  200  404
GET  /returns/2015Q3/xiaolan/upload/      in   405  405  405  405  405  405  405  405  405  405  405
POST /returns/2015Q3/xiaolan/upload/      in   403  409  409  404  422  403  403  403  403  404  404
POST /returns/2015Q3/guzhen/upload/       in   403  422  422  404  404  403  403  403  403  404  404
POST /returns/2015Q2/xiaolan/upload/      in   403  409  409  404  409  403  403  403  403  404  404
GET  /returns/2015Q3/xiaolan/apply/       in   405  405  405  405  405  405  405  405  405  405  405
POST /returns/2015Q3/xiaolan/apply/       in   403  422  422  404  422  403  403  403  403  404  404
POST /returns/2015Q3/guzhen/apply/        in   403  422  422  404  404  403  403  403  403  404  404
GET  /periods/2015Q3/towns.xlsx           in   403  200  200  403  403  403  403  403  403  404  403
POST /periods/2015Q3/towns.xlsx           in   405  405  405  405  405  405  405  405  405  405  405
GET  /periods/2021Q2/towns.xlsx           in   403  404  404  403  403  403  403  403  403  200  403
GET  /periods/2015Q3/upload/              in   405  405  405  405  405  405  405  405  405  405  405
POST /periods/2015Q3/upload/              in   403  422  422  403  403  403  403  403  403  404  403
GET  /periods/2015Q3/apply/               in   405  405  405  405  405  405  405  405  405  405  405
POST /periods/2015Q3/apply/               in   403  422  422  403  403  403  403  403  403  404  403

# taking it back: the unit
GET  /returns/2015Q2/xiaolan/withdraw/    in   405  405  405  405  405  405  405  405  405  405  405
POST /returns/2015Q2/xiaolan/withdraw/    in   403  403  403  404  done 403  403  403  403  404  404
POST /returns/2015Q2/keji/withdraw/       in   403  403  403  done 404  403  403  403  403  404  404
POST /returns/2015Q2/jingxin/withdraw/    in   403  done 403  404  404  403  403  403  403  404  404
POST /returns/2021Q2/dongqu/withdraw/     in   403  404  404  404  404  403  404  403  403  403  done

# evidence: read by whoever reads the return, handed in and taken out by whoever may edit it
GET  /returns/2015Q3/xiaolan/evidence/    in   405  405  405  405  405  405  405  405  405  405  405
POST /returns/2015Q3/xiaolan/evidence/    in   403  302  302  404  done 403  403  403  403  404  404
POST /returns/2015Q3/guzhen/evidence/     in   403  done done 404  404  403  403  403  403  404  404
POST /returns/2015Q2/xiaolan/evidence/    in   403  302  302  404  302  403  403  403  403  404  404
POST /returns/2021Q2/baisha/evidence/     in   403  404  404  404  404  403  404  403  403  done 404
GET  /returns/2015Q3/xiaolan/evidence/{file}/ in 403 200 200 404  200  403  200  403  403  404  404
POST /returns/2015Q3/xiaolan/evidence/{file}/ in 405 405 405 405  405  405  405  405  405  405  405
GET  /returns/2015Q3/guzhen/evidence/{file}/  in 403 404 404 404  404  403  404  403  403  404  404
GET  /returns/2015Q2/xiaolan/evidence/{file}/ in 403 404 404 404  404  403  404  403  403  404  404
GET  /returns/2021Q2/dongqu/evidence/{file}/  in 403 404 404 404  404  403  404  403  403  404  404
GET  /returns/2015Q3/xiaolan/evidence/{file}/remove/ in 405 405 405 405 405 405 405 405 405 405 405
POST /returns/2015Q3/xiaolan/evidence/{file}/remove/ in 403 302 302 404 done 403 403 403 403 404 404
POST /returns/2015Q3/guzhen/evidence/{file}/remove/  in 403 302 302 404 404  403 403 403 403 404 404

# deciding: the office, never on its own unit's
GET  /returns/review/                     in   403  200  200  403  403  403  403  403  403  200  403
POST /returns/review/                     in   405  405  405  405  405  405  405  405  405  405  405
GET  /returns/review/approve/             in   405  405  405  405  405  405  405  405  405  405  405
POST /returns/review/approve/             in   403  done done 403  403  403  403  403  403  done 403
GET  /returns/2015Q2/xiaolan/review/      in   405  405  405  405  405  405  405  405  405  405  405
POST /returns/2015Q2/xiaolan/review/      in   403  done done 404  403  403  403  403  403  404  404
POST /returns/2015Q2/keji/review/         in   403  done done 403  404  403  403  403  403  404  404
POST /returns/2015Q2/jingxin/review/      in   403  403  done 404  404  403  403  403  403  404  404
POST /returns/2015Q2/huangpu/review/      in   403  302  302  404  404  403  403  403  403  404  404
POST /returns/2015Q3/guzhen/review/       in   403  404  404  404  404  403  404  403  403  404  404
POST /returns/2021Q2/dongqu/review/       in   403  404  404  404  404  403  404  403  403  done 403
GET  /returns/2015Q2/xiaolan/approve/     in   405  405  405  405  405  405  405  405  405  405  405
POST /returns/2015Q2/xiaolan/approve/     in   403  done done 404  403  403  403  403  403  404  404
POST /returns/2015Q2/keji/approve/        in   403  done done 403  404  403  403  403  403  404  404
POST /returns/2015Q2/jingxin/approve/     in   403  403  done 404  404  403  403  403  403  404  404
POST /returns/2015Q2/huangpu/approve/     in   403  403  done 404  404  403  403  403  403  404  404
POST /returns/2015Q3/guzhen/approve/      in   403  404  404  404  404  403  404  403  403  404  404
POST /returns/2021Q2/dongqu/approve/      in   403  404  404  404  404  403  404  403  403  done 403
GET  /returns/2015Q2/xiaolan/send-back/   in   405  405  405  405  405  405  405  405  405  405  405
POST /returns/2015Q2/xiaolan/send-back/   in   403  done done 404  403  403  403  403  403  404  404
POST /returns/2015Q2/keji/send-back/      in   403  done done 403  404  403  403  403  403  404  404
POST /returns/2015Q1/xiaolan/send-back/   in   403  done done 404  403  403  403  403  403  404  404
POST /returns/2021Q2/dongqu/send-back/    in   403  404  404  404  404  403  404  403  403  done 403
GET  /returns/2015Q3/xiaolan/reopen/      in   405  405  405  405  405  405  405  405  405  405  405
POST /returns/2015Q3/xiaolan/reopen/      in   403  done done 403  403  403  403  403  403  404  403
POST /returns/2021Q2/baisha/reopen/       in   403  404  404  403  403  403  403  403  403  done 403

# quarters: opened and published by the office alone
GET  /periods/2015Q2/                     in   403  200  200  403  403  403  403  403  403  404  403
POST /periods/2015Q2/                     in   403  done done 403  403  403  403  403  403  404  403
POST /periods/2015Q4/                     in   403  422  422  403  403  403  403  403  403  404  403
POST /periods/2021Q2/                     in   403  404  404  403  403  403  403  403  403  done 403
GET  /periods/2015Q4/open/                in   405  405  405  405  405  405  405  405  405  405  405
POST /periods/2015Q4/open/                in   403  done done 403  403  403  403  403  403  404  403
POST /periods/2021Q3/open/                in   403  404  404  403  403  403  403  403  403  done 403
GET  /periods/2015Q2/close/               in   405  405  405  405  405  405  405  405  405  405  405
POST /periods/2015Q2/close/               in   403  done done 403  403  403  403  403  403  404  403
POST /periods/2021Q2/close/               in   403  404  404  403  403  403  403  403  403  done 403
GET  /periods/2015Q3/reopen/              in   405  405  405  405  405  405  405  405  405  405  405
POST /periods/2015Q3/reopen/              in   403  done done 403  403  403  403  403  403  404  403
POST /periods/2021Q2/reopen/              in   403  404  404  403  403  403  403  403  403  done 403
GET  /periods/2015Q2/explain/             in   405  405  405  405  405  405  405  405  405  405  405
POST /periods/2015Q2/explain/             in   403  422  422  403  403  403  403  403  403  404  403

# the trail of all acts: the auditor, of their own city
GET  /audit/                              in   403  403  403  403  403  403  200  403  403  403  403
POST /audit/                              in   405  405  405  405  405  405  405  405  405  405  405
GET  /audit/?quarter=2015Q2&unit=guzhen   in   403  403  403  403  403  403  200  403  403  403  403
GET  /audit/?quarter=2021Q2               in   403  403  403  403  403  403  422  403  403  403  403
GET  /audit.xlsx                          in   403  403  403  403  403  403  200  403  403  403  403
POST /audit.xlsx                          in   405  405  405  405  405  405  405  405  405  405  405
GET  /audit.xlsx?unit=baisha              in   403  403  403  403  403  403  422  403  403  403  403
"""


def lines() -> list[tuple[str, str, dict[str, str]]]:
    """(method, address, {person: what they get}) of every line."""
    rows = []
    for line in TABLE.splitlines():
        if line.startswith(("GET", "POST")):
            method, address, *outcomes = line.split()
            rows.append((method, address, dict(zip(PEOPLE, outcomes, strict=True))))
    return rows
