import { hasMessage, type MessageKey } from "@/i18n";

/**
 * The words for a kind of file that the importer names: `alipay_csv` is known by its first part, since the container
 * says nothing about whose statement it is. Undefined for what has no words.
 */
export function formatKey(code: string | null | undefined): MessageKey | undefined {
  const kind = (code ?? "").replace(/_(csv|xlsx?|ndjson|json|zip)$/, "");
  const key = `intake.formats.${kind}`;
  return kind !== "" && hasMessage(key) ? (key as MessageKey) : undefined;
}
