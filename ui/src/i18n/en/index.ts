import type { Catalogue } from "..";
import backup from "./backup";
import cases from "./cases";
import borrow from "./borrow";
import common from "./common";
import compare from "./compare";
import complain from "./complain";
import contacts from "./contacts";
import date from "./date";
import errors from "./errors";
import evidence from "./evidence";
import explain from "./explain";
import fields from "./fields";
import firstRun from "./firstRun";
import help from "./help";
import home from "./home";
import intake from "./intake";
import keep from "./keep";
import letters from "./letters";
import limitation from "./limitation";
import loans from "./loans";
import me from "./me";
import parts from "./parts";
import plans from "./plans";
import reference from "./reference";
import rules from "./rules";
import scam from "./scam";
import shell from "./shell";
import studio from "./studio";
import unlock from "./unlock";

const en: Catalogue = {
  backup,
  cases,
  borrow,
  common,
  compare,
  complain,
  contacts,
  date,
  errors,
  evidence,
  explain,
  fields,
  firstRun,
  help,
  home,
  intake,
  keep,
  letters,
  limitation,
  loans,
  me,
  parts,
  plans,
  reference,
  rules,
  scam,
  shell,
  studio,
  unlock,
};

export default en;
