export default {
  title: "Contacts",
  add: "Add",
  empty: "No records yet",
  emptyText: "Calls and messages are kept here.",
  emptyAction: "Record the first",
  pick: "Choose a record",
  pickText: "Who, when, the result and its files are shown here.",
};
