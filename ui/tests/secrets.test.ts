import { expect, it } from "vitest";
import type { Commands } from "@/ipc/types";
import { no } from "@/dev/answer";
import { serve, settled } from "./filling";

// A form for a secret says what is missing or wrong at its field, and the focus is there.
const wrong = async () => no<never>("wrong_secret", "the secret does not open this vault");
const forms: [path: string, form: string, refused: Partial<Commands>][] = [
  ["/me/passphrase", "change-passphrase", { changePassphrase: wrong }],
  ["/me/recovery-code", "new-code", { newRecoveryCode: wrong }],
  ["/me/backup/make", "make-backup", { makeBackup: wrong }],
  ["/me/backup/verify", "verify-backup", { verifyChosenBackup: wrong }],
];

it.each(forms)("%s takes the focus to the field that is amiss", async (path, id, refused) => {
  const { show } = serve(refused);
  await show(path);
  const form = () => document.getElementById(id) as HTMLFormElement;
  const secret = (n = 0) => form().querySelectorAll<HTMLInputElement>("input")[n];
  const send = async () => {
    form().dispatchEvent(new Event("submit", { cancelable: true }));
    await settled();
  };
  const fill = (n: number, text: string) => {
    const field = secret(n);
    if (field === undefined) return;
    field.value = text;
    field.dispatchEvent(new Event("input"));
  };
  await send();
  expect(secret()?.getAttribute("aria-invalid"), "nothing typed").toBe("true");
  expect(document.activeElement).toBe(secret());
  for (let n = 0; n < form().querySelectorAll("input").length; n += 1) fill(n, "海边 清晨 散步 八个字");
  await settled();
  (document.activeElement as HTMLElement | null)?.blur();
  await send();
  expect(secret()?.getAttribute("aria-invalid"), "refused").toBe("true");
  expect(document.activeElement, "the focus is in the field").toBe(secret());
});
