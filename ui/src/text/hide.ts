/** 壹 … 玖, 零, 拾 佰 仟 万 亿: amounts in capitals as contracts and letters write them. */
const CAPITALS = "[\\u58f9\\u8d30\\u53c1\\u8086\\u4f0d\\u9646\\u67d2\\u634c\\u7396\\u96f6\\u62fe\\u4f70\\u4edf\\u4e07\\u4ebf]";
/** 元 or 圆, then 整, or 角 and 分. */
const IN_CAPITALS = new RegExp(`${CAPITALS}+[\\u5143\\u5706](?:${CAPITALS}\\u89d2)?(?:${CAPITALS}\\u5206)?`, "g");
/** One digit, narrow or full-width. */
const D = "[\\d\\uff10-\\uff19]";
const NUMBER = `${D}(?:[,，]?${D})*(?:[.．]${D}+)?`;
const AFTER_SIGN = new RegExp(`([¥￥]\\s*[-\\u2212]?)${NUMBER}(?:\\s*万)?`, "g");
const BEFORE_UNIT = new RegExp(`${NUMBER}(?=\\s*(?:万?元|块|万))`, "g");
const A_TERM = new RegExp(`([期月]\\s*)(?=${D}(?:${D}|[,，]){2})${NUMBER}`, "g");
/** A bare number after a word for paying or owing, and no year, no term and no count of anything: 先还 500, 欠了 3000. */
const AFTER_PAYING = new RegExp(`([\\u8fd8\\u4ed8\\u7ed9\\u4ea4\\u6b20\\u5dee\\u5c11\\u6536\\u51cf\\u514d\\u51d1][\\u4e86\\u5230\\u6e05\\u6b3e\\u60a8\\u6211]?\\s*)(?=${D}(?:${D}|[,，]){2})${NUMBER}(?!${D})(?!\\s*[年月日期天号个分点\\u6b21\\u7b14\\u6761%％-])`, "g");
/** With thousands apart or two decimals, and neither a rate nor part of a date, a version or a longer number. */
const GROUPED = /(?<!\d)(?<!\d[.-])\d{1,3}(?:,\d{3})+(?:\.\d{2})?(?![\d,]|\.\d|\s*[%％])/g;
const TO_THE_FEN = /(?<!\d)(?<!\d[.-])\d{3,}\.\d{2}(?!\d|\.\d|-\d|\s*[%％])/g;
/** A cell of a table, and nothing else. */
const ALONE = /^[-\u2212]?\d[\d,]*\.\d{2}$/;

/** What free words say about money, when amounts are to be hidden: ¥720.00, 5,099.34 元, 720 块, 每期 720, 壹仟元整. */
export function hideAmountsIn(words: string, dots: string): string {
  if (ALONE.test(words.trim())) return dots;
  return words
    .replace(AFTER_SIGN, `$1${dots}`)
    .replace(BEFORE_UNIT, dots)
    .replace(A_TERM, `$1${dots}`)
    .replace(AFTER_PAYING, `$1${dots}`)
    .replace(IN_CAPITALS, dots)
    .replace(GROUPED, dots)
    .replace(TO_THE_FEN, dots);
}
