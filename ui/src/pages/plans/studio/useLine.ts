import { hasMessage, type MessageKey, type Words } from "@/i18n";
import type { PlanLine } from "@/ipc/types";
import { useText } from "@/text/useText";

/** Puts one of the engine's reasons into words; a reason that has none yet is named by its code. */
export function useLine(): (line: PlanLine) => string {
  const { t, money, month } = useText();
  return (line) => {
    const words: Words = {
      loan: line.loan ?? "",
      month: line.month === null ? "" : month(line.month),
      amount: line.amount === null ? "" : money(line.amount),
      other: line.other === null ? "" : money(line.other),
      n: line.count ?? 0,
      code: line.code,
    };
    const none = line.other === "0.00" && hasMessage(`studio.line.${line.code}_none`) ? "_none" : "";
    const key = `studio.line.${line.code}${none}`;
    return t(hasMessage(key) ? (key as MessageKey) : "studio.line.unknown", words);
  };
}
