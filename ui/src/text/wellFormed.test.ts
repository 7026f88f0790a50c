import { expect, test } from "vitest";
import { oddEmail, oddIdentity, oddPhone, oddPlace } from "./wellFormed";

// Invented: an area code that is not given out (999999), so that no person has these numbers.
test("an identity number is held against its check, its day and its length", () => {
  for (const right of ["", "999999199001010016", "９９９９９９１９９００１０１００１６", "999999 19900101 0016", "99999919900101018X", "99999919900101018x", "999999900101001", "310***********1234", "E12345678"])
    expect(oddIdentity(right), right).toBe(undefined);
  expect(oddIdentity("999999199001010015")).toBe("parts.odd.identityCheck");
  expect(oddIdentity("999999199002300015")).toBe("parts.odd.identityDay");
  for (const short of ["12345", "99999919900101001", "9999991990010100155", "999999X99001010015"]) expect(oddIdentity(short), short).toBe("parts.odd.identity");
});

test("a mobile number that lacks or has a digit too many looks odd, a bank's hotline does not", () => {
  for (const right of ["", "13900002210", "139 0000 2210", "+86 139 0000 2210", "008613900002210", "95588", "12378", "400-800-1234", "021-58880000 转 8", "(0571) 88880000-12", "+1 212 555 0100", "10690000123456", "1390****210"])
    expect(oddPhone(right), right).toBe(undefined);
  for (const odd of ["1390000221", "139000022100", "+86 1390000221"]) expect(oddPhone(odd), odd).toBe("parts.odd.mobile");
  for (const odd of ["abc", "12", "问客服"]) expect(oddPhone(odd), odd).toBe("parts.odd.phone");
});

test("an address of mail has one @ and a dotted name", () => {
  for (const right of ["", "kefu@example.com", "ｋｅｆｕ@example.com.cn", "a.b+c@mail.example.cn"]) expect(oddEmail(right), right).toBe(undefined);
  for (const odd of ["kefu", "kefu@", "@example.com", "kefu@example", "ke fu@example.com", "kefu@example..com", "a@b@example.com"]) expect(oddEmail(odd), odd).toBe("parts.odd.email");
});

test("only what has a form is held against one", () => {
  expect(oddPlace("email", "95588")).toBe("parts.odd.email");
  expect(oddPlace("hotline", "kefu@example.com")).toBe("parts.odd.phone");
  expect(oddPlace("post", "某市某路 8 号")).toBe(undefined);
});
