import type { MessageKey } from "@/i18n";
import type { ContractView, CostPart, CostView, LoanListView, ReferenceLine, StatementView, TermRow } from "@/ipc/types";
import type { Explanation } from "@/parts/explanation";
import { plainPercent } from "@/parts/gauge";
import { useSession } from "@/stores/session";
import { groupYuan, HIDDEN_DIGITS, showPercent } from "@/text/amount";
import { useText } from "@/text/useText";
import { rowsBehind, shownBuckets, type BucketName } from "./buckets";

/** 怎么算的: words around the façade's own figures. Nothing is computed here, and nothing said that the views do not hold. */
export function useExplain() {
  const session = useSession();
  const { t, money, english } = useText();
  const figure = (amount: string) => (session.amountsHidden ? HIDDEN_DIGITS : groupYuan(amount));
  const termName = (row: TermRow) => (row.term === 0 ? t("loans.owed.stated") : t("loans.owed.term", { n: row.term }));

  const lineWords = (line: ReferenceLine) =>
    t("loans.explain.line", { line: plainPercent(line.limit), title: english.value ? line.title_en : line.title, source: line.source });

  function partName(part: CostPart): string {
    const key = `loans.cost.part.${part.kind}` as MessageKey;
    const name = t(key);
    if (part.when === "upfront") return t("loans.cost.part.upfront", { name });
    return part.terms === null ? name : t("loans.cost.part.terms", { name, n: part.terms });
  }

  /** The yearly cost by every measure. `rows` are the contract's, when they are at hand; `lines` what it is held beside. */
  function cost(view: CostView, rows: TermRow[] = [], lines: ReferenceLine[] = []): Explanation {
    const measures: [MessageKey, MessageKey, string | null][] = [
      ["loans.cost.nominal", "loans.explain.nominal", view.apr_nominal],
      ["loans.cost.effective", "loans.explain.effective", view.apr_effective],
      ["loans.cost.xirr", "loans.explain.xirr", view.xirr],
      ["loans.cost.simple", "loans.explain.simple", view.apr_simple],
    ];
    const known = measures.flatMap(([name, how, value]) => (value === null ? [] : [{ name: t(name), how: t(how), value: showPercent(value) }]));
    const [first, last] = [rows[0], rows.at(-1)];
    const paid =
      first === undefined || last === undefined
        ? []
        : [
            {
              label: t("loans.explain.payments"),
              text: rows.every((row) => row.payable === first.payable)
                ? t("loans.explain.paymentsSame", { amount: money(first.payable), n: rows.length })
                : t("loans.explain.paymentsVary", { first: money(first.payable), last: money(last.payable), n: rows.length }),
            },
          ];
    return {
      title: t("loans.explain.cost"),
      figure: view.apr_nominal === null ? t("loans.cost.noRate") : showPercent(view.apr_nominal),
      note: t("loans.cost.nominal"),
      formula: t("loans.explain.costFormula"),
      inputs: [
        { label: t("loans.explain.received"), text: money(view.received) },
        ...paid,
        ...known.map((measure) => ({ label: measure.name, text: t("loans.explain.measure", { value: measure.value, how: measure.how }) })),
      ],
      basis: lines.length === 0 ? undefined : lines.map(lineWords).join(t("loans.explain.lineBreak")),
      rounding: t("loans.explain.costRounding"),
      theirs: t("loans.explain.theirs"),
    };
  }

  function total(view: CostView): Explanation {
    return {
      title: t("loans.explain.total"),
      amount: view.total_cost,
      formula: t("loans.explain.totalFormula"),
      table: {
        columns: [t("loans.explain.part"), t("loans.explain.amount")],
        rows: [...view.parts.map((part) => [partName(part), figure(part.amount)]), [t("loans.explain.sum"), figure(view.total_cost)]],
      },
      rounding: t("loans.explain.totalRounding"),
    };
  }

  function list(view: LoanListView): Explanation {
    return {
      title: t("loans.explain.loans"),
      amount: view.total,
      note: t("loans.explain.asOf", { date: view.as_of }),
      formula: t("loans.explain.loansFormula"),
      table: {
        columns: [t("loans.explain.loan"), t("loans.explain.unpaid")],
        rows: [...view.loans.map((card) => [card.name, figure(card.owed)]), [t("loans.explain.sum"), figure(view.total)]],
      },
    };
  }

  function owed(statement: StatementView): Explanation {
    const { outstanding } = statement;
    return {
      title: t("loans.explain.owed"),
      amount: outstanding.total,
      note: t("loans.explain.asOf", { date: statement.as_of }),
      formula: t("loans.explain.owedFormula"),
      inputs: [{ label: t("loans.explain.order"), text: t("loans.explain.orderText") }],
      table: {
        columns: [t("loans.explain.part"), t("loans.explain.amount")],
        rows: [
          ...shownBuckets(outstanding).map((name) => [t(`loans.owed.${name}`), figure(outstanding[name])]),
          [t("loans.explain.sum"), figure(outstanding.total)],
        ],
      },
      rounding: t("loans.explain.scheduleRounding"),
    };
  }

  function formulaOf(name: BucketName, contract: ContractView): MessageKey {
    switch (name) {
      case "principal":
        return "loans.explain.principalFormula";
      case "interest":
        return "loans.explain.interestFormula";
      case "fees":
        return "loans.explain.feesFormula";
      case "penalty":
        return contract.penalty?.on_total ? "loans.explain.penaltyTotalFormula" : "loans.explain.penaltyFormula";
      case "compound":
        return "loans.explain.compoundFormula";
      case "late_fee":
        return "loans.explain.lateFeeFormula";
      case "enforcement_cost":
        return "loans.explain.otherFormula";
    }
  }

  /** The daily rate, and how it follows from the contract's when it does. */
  function dailyRate(contract: ContractView): { label: string; text: string }[] {
    const { penalty, rate } = contract;
    if (penalty === null) return [];
    const result = showPercent(penalty.per_day, 4);
    const text =
      penalty.times === null || rate === null
        ? result
        : t("loans.explain.perDayTimes", { rate: showPercent(rate), times: penalty.times, days: penalty.days_in_year, result });
    return [{ label: t("loans.explain.perDay"), text }];
  }

  /** One bucket of a statement, row by row. */
  function bucket(name: BucketName, statement: StatementView, contract: ContractView): Explanation {
    const rows = rowsBehind(statement, name);
    const label = t(`loans.owed.${name}`);
    const late = name === "penalty" || name === "compound";
    const stated = rows.some((row) => row.term === 0) && contract.terms === null;
    const of = (row: TermRow) => figure(row.unpaid_parts[name]);
    return {
      title: t("loans.explain.bucket", { name: label }),
      amount: statement.outstanding[name],
      note: t("loans.explain.asOf", { date: statement.as_of }),
      formula: stated ? t("loans.explain.statedFormula") : t(formulaOf(name, contract)),
      inputs: late && !stated ? dailyRate(contract) : [],
      table: late
        ? {
            columns: [t("loans.explain.term"), t("loans.explain.latePrincipal"), t("loans.explain.days"), label],
            rows: rows.map((row) => [termName(row), figure(row.unpaid_parts.principal), String(row.overdue_days), of(row)]),
          }
        : { columns: [t("loans.explain.term"), label], rows: rows.map((row) => [termName(row), of(row)]) },
      rounding: t(late ? "loans.explain.penaltyRounding" : "loans.explain.scheduleRounding"),
      theirs: late ? t("loans.explain.theirs") : undefined,
    };
  }

  return { partName, cost, total, list, owed, bucket };
}
