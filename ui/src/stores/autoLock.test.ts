import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { leaveOf, shouldLock, type Leaving } from "./autoLock";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A window that stands in front, in a vault that locks when it is left; `change` says what is different. */
function window(change: Partial<Leaving> = {}) {
  const lock = vi.fn();
  const seen: Leaving = { choice: () => "immediately", held: () => false, dialog: () => false, hidden: () => false, focused: () => false, lock, ...change };
  return { leave: leaveOf(seen), lock };
}

describe("leaving the window", () => {
  it("locks at once when it is hidden", () => {
    const { leave, lock } = window({ hidden: () => true });
    leave();
    expect(lock).toHaveBeenCalledOnce();
  });

  it("locks a moment after another window took the focus", () => {
    const { leave, lock } = window();
    leave();
    expect(lock).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(lock).toHaveBeenCalledOnce();
  });

  it("does not lock for a dialog of our own, told a moment later, and locks when that closed elsewhere", () => {
    let open = false;
    const { leave, lock } = window({ dialog: () => open });
    leave();
    vi.advanceTimersByTime(50);
    open = true;
    vi.advanceTimersByTime(60_000);
    expect(lock).not.toHaveBeenCalled();
    // Closed, and the focus did not come back.
    open = false;
    leave();
    vi.advanceTimersByTime(1000);
    expect(lock).toHaveBeenCalledOnce();
  });

  it("does not lock when the focus comes back, during a call, or where it is not chosen", () => {
    let focused = false;
    const back = window({ focused: () => focused });
    back.leave();
    focused = true;
    const others = [window({ held: () => true, hidden: () => true }), window({ choice: () => "one_minute", hidden: () => true }), window({ choice: () => undefined })];
    others.forEach(({ leave }) => leave());
    vi.advanceTimersByTime(60_000);
    [back, ...others].forEach(({ lock }) => expect(lock).not.toHaveBeenCalled());
  });
});

describe("time without use", () => {
  it("locks after as long as is chosen, and after a sleep", () => {
    expect([shouldLock("one_minute", 59_999, 5000), shouldLock("one_minute", 60_000, 5000), shouldLock("immediately", 9e9, 5000)]).toEqual([false, true, false]);
    expect(shouldLock("fifteen_minutes", 0, 5 * 60_000)).toBe(true);
  });
});
