/** The request's fields that the form has a place for. */
export const SHOWN_FIELDS = [
  "at",
  "body",
  "details",
  "files",
  "loan_ids",
  "people",
  "summary",
  "transcript",
  "outcomes.amount",
  "outcomes.on",
  "outcomes.terms",
  "outcomes.text",
  "promises.due",
  "promises.what",
];
