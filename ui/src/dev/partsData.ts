/** Figures of the invented household, as the gallery of parts shows them. */
import type { BucketPart } from "@/parts/BucketBar.vue";
import type { Explanation } from "@/parts/explanation";
import type { WaterPoint } from "@/parts/waterline";

export const dues = [
  { date: "2026-11-20", name: "乙花", note: "第 5 期，共 12 期", amount: "1100.16" },
  { date: "2026-11-25", name: "甲贷", note: "第 10 期，共 24 期", amount: "1586.13" },
  { date: "2026-11-28", name: "戊借", note: "协商中，原日期照旧", amount: "1418.39", unwritten: true },
];

export const owed: BucketPart[] = [
  { bucket: 1, label: "未还本金", amount: "12748.68" },
  { bucket: 2, label: "到期利息", amount: "305.11" },
  { bucket: 3, label: "罚息", amount: "37.51" },
  { bucket: 4, label: "违约金", amount: "60.00" },
  { bucket: 5, label: "担保费", amount: "256.00" },
];

export const cost: BucketPart[] = [
  { bucket: 2, label: "利息", amount: "2458.51" },
  { bucket: 5, label: "担保费，18 期", amount: "2304.00" },
  { bucket: 4, label: "放款时扣的服务费", amount: "1200.00" },
];

export const measures = [
  { name: "内部收益率×12", value: "0.3691" },
  { name: "按复利折算", value: "0.4384" },
  { name: "按实际日期", value: "0.4416" },
];

export const dearMeasures = [
  { name: "内部收益率×12", value: "0.5361" },
  { name: "按复利折算", value: "0.6903" },
];

export const path: WaterPoint[] = Array.from({ length: 31 }, (_, index) => {
  const fen = Math.max(0, 7527843 - index * 259044 + (index > 28 ? (index - 28) * 140000 : 0));
  const months = 10 + index;
  return {
    month: `${2026 + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, "0")}`,
    remaining: index === 30 ? "0.00" : (fen / 100).toFixed(2),
  };
});

export const explanation: Explanation = {
  title: "罚息怎么算的",
  amount: "37.51",
  note: "截至 2026-11-18",
  formula: "逾期本金 × 罚息日利率 × 逾期天数",
  inputs: [{ label: "罚息日利率", text: "15% × 1.5 ÷ 360 = 0.0625%" }],
  table: {
    columns: ["期", "逾期本金", "天数", "罚息"],
    rows: [
      ["第 8 期", "1,088.34", "43", "29.25"],
      ["第 9 期", "1,101.95", "12", "8.26"],
    ],
  },
  rounding: "每期累计后四舍五入到分，一次。",
  basis: "合同第 7 条；银发〔2003〕251 号。",
  theirs: "未提供。可请对方列出算法。",
};

export const words = {
  title: "部件与状态",
  careText: "11 月到期的，比拿得出的多 ¥1,941.68。",
  infoText: "合同早于 2026-08-01，不强制附明示表。",
  act: "要先处理",
  actText: "支付令异议，12 月 1 日前交，还剩 13 天。",
  lpr: "LPR 3.00%（2026-02-24），之后未录入，暂用此数。",
  importing: "正在导入短信",
  field: "实际收到",
  each: "每期还",
  terms: "一共几期",
  first: "第一期还款日",
  where: "在哪里借的",
  yearly: "年利率",
  open: "怎么算的",
  path: "按请求的方案，2029 年 5 月还完",
  entries: [
    { icon: "phone", time: "11 月 17 日 23:06", title: "戊借来电，响铃未接", note: "139 **** 2210，自称受托机构", tag: "22:00 以后" },
    { icon: "mail", time: "11 月 10 日 09:31", title: "发出协商还款申请书", note: "请求 30 期、减免罚息；附收支表", tag: "我方发出" },
  ],
} as const;
