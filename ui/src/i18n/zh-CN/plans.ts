export default {
  title: "方案",
  empty: "先算每月拿得出多少",
  emptyText: "填上收入和必要支出，就能排出对每家都拿得出的请求。",
  emptyAction: "填收支表",
  pick: "选一个方案",
  pickText: "每月要付多少、什么时候还完，会显示在这里。",
};
