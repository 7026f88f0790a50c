import { nextTick, onBeforeUnmount, watch, type Ref } from "vue";

const reachable = "a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex='0']";

/**
 * What a dialog owes its user: the focus moves in, stays in, Escape closes, and afterwards it is back where it was.
 * The page behind is inert, so neither Tab nor a screen reader strays there.
 */
export function useModal(open: Ref<boolean>, panel: Ref<HTMLElement | null | undefined>, close: () => void): void {
  let before: HTMLElement | null = null;
  const page = () => document.getElementById("app");

  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
      return;
    }
    if (event.key !== "Tab" || !panel.value) return;
    const all = [...panel.value.querySelectorAll<HTMLElement>(reachable)].filter((e) => e.getClientRects().length > 0);
    const [first, last] = [all[0], all.at(-1)];
    if (first === undefined || last === undefined) return event.preventDefault();
    const now = document.activeElement;
    if (event.shiftKey && (now === first || !panel.value.contains(now) || now === panel.value)) {
      event.preventDefault();
      last.focus();
    } else if (!event.shiftKey && (now === last || !panel.value.contains(now))) {
      event.preventDefault();
      first.focus();
    }
  };

  const enter = async () => {
    before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    page()?.setAttribute("inert", "");
    document.addEventListener("keydown", onKey, true);
    await nextTick();
    (panel.value?.querySelector<HTMLElement>("[data-autofocus]") ?? panel.value?.querySelector<HTMLElement>("h2"))?.focus({ preventScroll: true });
  };
  const leave = () => {
    document.removeEventListener("keydown", onKey, true);
    page()?.removeAttribute("inert");
    before?.focus({ preventScroll: true });
    before = null;
  };

  watch(open, (now, was) => {
    if (now) void enter();
    else if (was) leave();
  }, { immediate: true, flush: "post" });
  onBeforeUnmount(() => open.value && leave());
}
