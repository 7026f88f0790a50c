import { nextTick } from "vue";

/**
 * Whether a field of the form already says that it cannot be read; the first one takes the focus. What is typed last is
 * taken over first, as if its field had been left.
 */
export async function fieldInTrouble(form: HTMLElement | null | undefined): Promise<boolean> {
  if (document.activeElement instanceof HTMLElement && form?.contains(document.activeElement) === true && document.activeElement.matches("input, textarea, select")) {
    document.activeElement.dispatchEvent(new FocusEvent("blur"));
  }
  await nextTick();
  const field = form?.querySelector<HTMLElement>("[aria-invalid='true']");
  field?.focus();
  return field != null;
}
