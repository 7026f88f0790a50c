export default {
  title: "Loans",
  add: "Add",
  empty: "No loans yet",
  emptyText: "Where you borrowed, what you really received and what you pay each term go here.",
  emptyAction: "Record the first",
  pick: "Choose a loan",
  pickText: "What is owed, its cost, schedule and documents are shown here.",
};
