// Plotly's package for Python carries no Chinese: the few words and dates that our charts can show.

const MONTHS = Array.from({ length: 12 }, (_, index) => `${index + 1}月`);
const DAYS = ["日", "一", "二", "三", "四", "五", "六"];

export const CHINESE = {
  moduleType: "locale",
  name: "zh-CN",
  dictionary: {
    "Preparing image - this may take a few seconds": "正在生成图片，请稍候",
    "Image download succeeded": "图片已下载",
    "Sorry, there was a problem downloading your image!": "图片未能下载，请重试",
  },
  format: {
    days: DAYS.map((day) => `星期${day}`),
    shortDays: DAYS.map((day) => `周${day}`),
    months: MONTHS,
    shortMonths: MONTHS,
    periods: ["上午", "下午"],
    dateTime: "%Y年%-m月%-d日 %X",
    date: "%Y年%-m月%-d日",
    time: "%H:%M:%S",
    year: "%Y年",
    month: "%Y年%-m月",
    dayMonth: "%-m月%-d日",
    dayMonthYear: "%Y年%-m月%-d日",
    decimal: ".",
    thousands: ",",
    grouping: [3],
    currency: ["¥", ""],
  },
};
