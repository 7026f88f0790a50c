import { expect, it } from "vitest";
import { formatKey } from "./format";

it("knows a file by whose it is, whatever container it comes in", () => {
  expect(["sms_backup", "sms_ie_ndjson", "alipay_csv", "icbc_xls", "table_xlsx", "never_heard", "", null].map(formatKey)).toEqual([
    "intake.formats.sms_backup", "intake.formats.sms_ie", "intake.formats.alipay", "intake.formats.icbc", "intake.formats.table", undefined, undefined, undefined,
  ]);
});
