import common from "./common";
import contacts from "./contacts";
import date from "./date";
import errors from "./errors";
import fields from "./fields";
import firstRun from "./firstRun";
import home from "./home";
import keep from "./keep";
import limitation from "./limitation";
import loans from "./loans";
import me from "./me";
import parts from "./parts";
import plans from "./plans";
import reference from "./reference";
import scam from "./scam";
import shell from "./shell";
import studio from "./studio";
import unlock from "./unlock";

export default {
  common,
  contacts,
  date,
  errors,
  fields,
  firstRun,
  home,
  keep,
  limitation,
  loans,
  me,
  parts,
  plans,
  reference,
  scam,
  shell,
  studio,
  unlock,
};
