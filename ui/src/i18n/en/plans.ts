export default {
  title: "Plans",
  empty: "First: what can you pay each month",
  emptyText: "Fill in income and essential expenses to get requests you can keep with every lender.",
  emptyAction: "Fill in the worksheet",
  pick: "Choose a plan",
  pickText: "What it takes each month and when it ends are shown here.",
};
