export default {
  title: "今天",
  empty: "从第一笔借款开始",
  emptyText: "记下一笔，就能看到真实成本和下一个还款日。只要六项，一分钟。",
  emptyAction: "记一笔借款",
  shore: "往岸边走",
  shoreEmpty: "还没有方案",
  shoreEmptyText: "记下借款，再算出每月拿得出多少，这里会画出什么时候还完。",
};
