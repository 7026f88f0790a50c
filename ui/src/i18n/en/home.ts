export default {
  title: "Today",
  empty: "Begin with the first loan",
  emptyText: "Record one to see its true cost and the next due date. Six fields, one minute.",
  emptyAction: "Record a loan",
  shore: "Towards the shore",
  shoreEmpty: "No plan yet",
  shoreEmptyText: "Record your loans, then work out what you can pay each month: this picture will show when the last is paid.",
};
