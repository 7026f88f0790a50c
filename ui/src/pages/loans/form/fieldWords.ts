import { hasMessage, type MessageKey } from "@/i18n";
import { fieldSentence } from "@/ipc/useFieldErrors";

/** The sentence for a refused field: the form's own where it knows more, else the one for the kind of refusal. */
export function sentenceFor(field: string, code: string): MessageKey {
  const own = `loans.form.wrong.${field.replace(".", "_")}_${code}`;
  return hasMessage(own) ? (own as MessageKey) : fieldSentence(field, code);
}
