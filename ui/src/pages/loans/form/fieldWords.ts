import { hasMessage, type MessageKey } from "@/i18n";

/** The sentence for a refused field: the form's own where it knows more, else the one for the kind of refusal. */
export function sentenceFor(field: string, code: string): MessageKey {
  const keys = [`loans.form.wrong.${field.replace(".", "_")}_${code}`, `fields.${code}`];
  return keys.find((key): key is MessageKey => hasMessage(key)) ?? "fields.other";
}
