/**
 * Questions that follow a slider: one is on its way at a time, and of those that come up meanwhile only the last is
 * asked. `told` and `failed` hear every answer that was asked for, in order.
 */
export function lastWins<Q, A>(ask: (question: Q) => Promise<A>, told: (answer: A, question: Q) => void, failed: (why: unknown) => void) {
  let underWay = false;
  let waiting: { question: Q } | undefined;
  let over = false;

  async function follow(question: Q): Promise<void> {
    if (underWay) {
      waiting = { question };
      return;
    }
    underWay = true;
    try {
      const answer = await ask(question);
      if (!over) told(answer, question);
    } catch (why) {
      if (!over) failed(why);
    } finally {
      underWay = false;
    }
    const next = waiting;
    waiting = undefined;
    if (next !== undefined && !over) await follow(next.question);
  }

  return {
    follow,
    /** What is still on its way is not told any more. */
    stop: () => {
      over = true;
    },
  };
}
