import { expect, it } from "vitest";
import { lastWins } from "./lastWins";

/** Answers that are given by hand, in the order of the questions. */
function byHand() {
  const open: { question: number; give: (answer: string) => void; refuse: (why: Error) => void }[] = [];
  const ask = (question: number) => new Promise<string>((give, refuse) => open.push({ question, give, refuse }));
  return { open, ask };
}
const settled = () => new Promise((done) => setTimeout(done));

it("has one question on its way and asks only the last of those that came up meanwhile", async () => {
  const { open, ask } = byHand();
  const told: string[] = [];
  const { follow } = lastWins(ask, (answer) => told.push(answer), () => {});
  for (const question of [1, 2, 3, 4]) void follow(question);
  expect(open.map((one) => one.question)).toEqual([1]);
  open[0]?.give("one");
  await settled();
  expect(open.map((one) => one.question)).toEqual([1, 4]);
  open[1]?.give("four");
  await settled();
  expect(told).toEqual(["one", "four"]);
});

it("goes on after a refusal", async () => {
  const { open, ask } = byHand();
  const [told, refused]: [string[], unknown[]] = [[], []];
  const { follow } = lastWins(ask, (answer) => told.push(answer), (why) => refused.push(why));
  void follow(1);
  void follow(2);
  open[0]?.refuse(new Error("no"));
  await settled();
  open[1]?.give("two");
  await settled();
  expect(refused).toHaveLength(1);
  expect(told).toEqual(["two"]);
});

it("tells nothing once the page is left", async () => {
  const { open, ask } = byHand();
  const told: string[] = [];
  const { follow, stop } = lastWins(ask, (answer) => told.push(answer), () => {});
  void follow(1);
  stop();
  open[0]?.give("one");
  await settled();
  expect(told).toEqual([]);
});
