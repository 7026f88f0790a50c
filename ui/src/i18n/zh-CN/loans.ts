export default {
  title: "借款",
  add: "记一笔",
  empty: "还没有借款",
  emptyText: "在哪里借的、实际收到多少、每期还多少，都记在这里。",
  emptyAction: "记第一笔",
  pick: "选一笔借款",
  pickText: "欠款、成本、计划和材料会显示在这里。",
};
