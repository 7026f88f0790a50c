import { describe, expect, it } from "vitest";
import { hideAmountsIn } from "./hide";

describe("hiding amounts in free words", () => {
  it.each([
    ["口头提出 18 期，每期 ¥720.00", "口头提出 18 期，每期 ¥•"],
    ["今日应还 5,099.34 元", "今日应还 • 元"],
    ["您的欠款合计 5099.34 元", "您的欠款合计 • 元"],
    ["担保费每期 128 元，服务费 1200 元", "担保费每期 • 元，服务费 • 元"],
    ["分 18 期，每期 720，罚息不收", "分 18 期，每期 •，罚息不收"],
    ["每期 720 块，分 18 期", "每期 • 块，分 18 期"],
    ["借了 1.5 万", "借了 • 万"],
    ["合计 12,345.60", "合计 •"],
    ["转出 -1418.39", "转出 -•"],
    ["还款总额12960元", "还款总额•元"],
    ["每期 ５５４．６４ 元", "每期 • 元"],
    ["共 1,200，分两次", "共 •，分两次"],
    ["人民币壹万贰仟柒佰肆拾捌元陆角捌分", "人民币•"],
    ["88.00", "•"],
  ])("%s", (words, hidden) => expect(hideAmountsIn(words, "•")).toBe(hidden));

  it.each(["2026-11-17 来电", "工号 0286", "第 8 期，共 18 期", "23:06 来电", "版本 2.10", "每月 5 日还款", "年利率 15.40%", "11.18 之前", "2026.11.18", "合同 WS260628A07"])("leaves %s alone", (words) => {
    expect(hideAmountsIn(words, "•")).toBe(words);
  });

  it("covers a bare number after a word for paying or owing, and no year, term or telephone", () => {
    const hidden = (words: string) => hideAmountsIn(words, "•");
    expect(["先还 500，行吗", "一共欠了3000", "每月给 １２００", "最少付800.5"].map(hidden)).toEqual(["先还 •，行吗", "一共欠了•", "每月给 •", "最少付•"]);
    for (const words of ["还 2026 年 3 月的", "要还 120 期", "打 12348 问过", "工号 0286", "还差 300 天"]) expect(hidden(words), words).toBe(words);
  });
});
