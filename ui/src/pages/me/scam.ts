/** The questions in the order they are asked. */
export const questions = ["fee", "personal", "code", "channel", "forge", "silent", "promise", "urgent"] as const;

export type Question = (typeof questions)[number];
export type Answers = Partial<Record<Question, "yes" | "no">>;

/** How many were answered and how many of them are signs of a scam; one is enough to stop. */
export function verdict(answers: Answers): { answered: number; signs: number; complete: boolean } {
  const given = questions.map((each) => answers[each]);
  const answered = given.filter((each) => each !== undefined).length;
  const signs = given.filter((each) => each === "yes").length;
  return { answered, signs, complete: answered === questions.length };
}
