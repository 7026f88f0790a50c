export default {
  title: "沟通",
  add: "记一条",
  empty: "还没有记录",
  emptyText: "通话和短信都记在这里。",
  emptyAction: "记第一条",
  pick: "选一条记录",
  pickText: "谁、什么时候、结果和附件会显示在这里。",
};
